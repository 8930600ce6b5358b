import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type {
  EmergencyContact,
  PortalSetting,
  Property,
  Unit,
  UnitRent,
} from '../../../shared/features/properties/model.ts';
import { type Agrees, type Proof, syncColumns } from '../../db/columns.ts';

export const propertyTable = sqliteTable('property', {
  id: text('id').primaryKey(),
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
  online: integer('online', { mode: 'boolean' }).notNull(),
  ...syncColumns,
});
export type PropertyProof = Proof<Agrees<typeof propertyTable.$inferSelect, Property>>;

export const unitTable = sqliteTable(
  'unit',
  {
    id: text('id').primaryKey(),
    propertyId: text('property_id').notNull(),
    number: text('number').notNull(),
    location: text('location'),
    usage: text('usage').$type<Unit['usage']>().notNull(),
    areaHundredths: integer('area_hundredths'),
    roomsTenths: integer('rooms_tenths'),
    shareNumerator: integer('share_numerator'),
    shareDenominator: integer('share_denominator'),
    ...syncColumns,
  },
  (table) => [index('unit_property_id').on(table.propertyId)],
);
export type UnitProof = Proof<Agrees<typeof unitTable.$inferSelect, Unit>>;

export const unitRentTable = sqliteTable(
  'unit_rent',
  {
    id: text('id').primaryKey(),
    unitId: text('unit_id').notNull(),
    cents: integer('cents').notNull(),
    from: text('from'),
    to: text('to'),
    ...syncColumns,
  },
  (table) => [index('unit_rent_unit_id').on(table.unitId)],
);
export type UnitRentProof = Proof<Agrees<typeof unitRentTable.$inferSelect, UnitRent>>;

export const portalSettingTable = sqliteTable(
  'portal_setting',
  {
    id: text('id').primaryKey(),
    propertyId: text('property_id').notNull(),
    residentsMayPost: text('residents_may_post').$type<PortalSetting['residentsMayPost']>().notNull(),
    postsNeedApproval: integer('posts_need_approval', { mode: 'boolean' }).notNull(),
    directoryGroups: text('directory_groups', { mode: 'json' }).$type<PortalSetting['directoryGroups']>().notNull(),
    messageGroups: text('message_groups', { mode: 'json' }).$type<PortalSetting['messageGroups']>().notNull(),
    topicIds: text('topic_ids', { mode: 'json' }).$type<PortalSetting['topicIds']>(),
    ...syncColumns,
  },
  (table) => [index('portal_setting_property_id').on(table.propertyId)],
);
export type PortalSettingProof = Proof<Agrees<typeof portalSettingTable.$inferSelect, PortalSetting>>;

export const emergencyContactTable = sqliteTable(
  'emergency_contact',
  {
    id: text('id').primaryKey(),
    propertyId: text('property_id').notNull(),
    kind: text('kind').$type<EmergencyContact['kind']>().notNull(),
    name: text('name').notNull(),
    phone: text('phone').notNull(),
    note: text('note'),
    position: integer('position').notNull(),
    ...syncColumns,
  },
  (table) => [index('emergency_contact_property_id').on(table.propertyId)],
);
export type EmergencyContactProof = Proof<Agrees<typeof emergencyContactTable.$inferSelect, EmergencyContact>>;
