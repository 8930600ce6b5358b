import { bigint, boolean, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type {
  EmergencyContact,
  PortalSetting,
  Property,
  Unit,
  UnitRent,
} from '../../../../shared/features/properties/model.ts';
import { type Agrees, companyColumns, companyKeys, type Proof, syncColumns } from '../../db/columns.ts';

export const propertyTable = pgTable(
  'property',
  {
    ...companyColumns,
    number: text('number').notNull(),
    name: text('name').notNull(),
    kind: text('kind').$type<Property['kind']>().notNull(),
    street: text('street'),
    houseNumber: text('house_number'),
    postalCode: text('postal_code'),
    city: text('city'),
    yearBuilt: integer('year_built'),
    iban: text('iban'),
    photo: text('photo'),
    online: boolean('online').notNull(),
    ...syncColumns,
  },
  (table) => [...companyKeys('property', table)],
);
export type PropertyProof = Proof<Agrees<typeof propertyTable.$inferSelect, Property>>;

export const unitTable = pgTable(
  'unit',
  {
    ...companyColumns,
    propertyId: uuid('property_id').notNull(),
    number: text('number').notNull(),
    location: text('location'),
    usage: text('usage').$type<Unit['usage']>().notNull(),
    areaHundredths: integer('area_hundredths'),
    roomsTenths: integer('rooms_tenths'),
    shareNumerator: integer('share_numerator'),
    shareDenominator: integer('share_denominator'),
    ...syncColumns,
  },
  (table) => [...companyKeys('unit', table), index('unit_property_id').on(table.organisationId, table.propertyId)],
);
export type UnitProof = Proof<Agrees<typeof unitTable.$inferSelect, Unit>>;

export const unitRentTable = pgTable(
  'unit_rent',
  {
    ...companyColumns,
    unitId: uuid('unit_id').notNull(),
    cents: bigint('cents', { mode: 'number' }).notNull(),
    from: text('from'),
    to: text('to'),
    ...syncColumns,
  },
  (table) => [...companyKeys('unit_rent', table), index('unit_rent_unit_id').on(table.organisationId, table.unitId)],
);
export type UnitRentProof = Proof<Agrees<typeof unitRentTable.$inferSelect, UnitRent>>;

export const portalSettingTable = pgTable(
  'portal_setting',
  {
    ...companyColumns,
    propertyId: uuid('property_id').notNull(),
    residentsMayPost: text('residents_may_post').$type<PortalSetting['residentsMayPost']>().notNull(),
    postsNeedApproval: boolean('posts_need_approval').notNull(),
    directoryGroups: jsonb('directory_groups').$type<PortalSetting['directoryGroups']>().notNull(),
    messageGroups: jsonb('message_groups').$type<PortalSetting['messageGroups']>().notNull(),
    topicIds: jsonb('topic_ids').$type<PortalSetting['topicIds']>(),
    ...syncColumns,
  },
  (table) => [
    ...companyKeys('portal_setting', table),
    index('portal_setting_property_id').on(table.organisationId, table.propertyId),
  ],
);
export type PortalSettingProof = Proof<Agrees<typeof portalSettingTable.$inferSelect, PortalSetting>>;

export const emergencyContactTable = pgTable(
  'emergency_contact',
  {
    ...companyColumns,
    propertyId: uuid('property_id').notNull(),
    kind: text('kind').$type<EmergencyContact['kind']>().notNull(),
    name: text('name').notNull(),
    phone: text('phone').notNull(),
    note: text('note'),
    position: integer('position').notNull(),
    ...syncColumns,
  },
  (table) => [
    ...companyKeys('emergency_contact', table),
    index('emergency_contact_property_id').on(table.organisationId, table.propertyId),
  ],
);
export type EmergencyContactProof = Proof<Agrees<typeof emergencyContactTable.$inferSelect, EmergencyContact>>;
