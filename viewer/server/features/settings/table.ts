import { boolean, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Device, Group, Organisation, Staff } from '../../../../shared/features/settings/model.ts';
import { type Agrees, companyColumns, companyKeys, type Proof, syncColumns } from '../../db/columns.ts';

export const organisationTable = pgTable(
  'organisation',
  {
    ...companyColumns,
    name: text('name').notNull(),
    street: text('street'),
    postalCode: text('postal_code'),
    city: text('city'),
    email: text('email'),
    phone: text('phone'),
    website: text('website'),
    logo: text('logo'),
    colour: text('colour'),
    formerMemberMonths: integer('former_member_months').notNull(),
    ...syncColumns,
  },
  (table) => [...companyKeys('organisation', table)],
);
export type OrganisationProof = Proof<Agrees<typeof organisationTable.$inferSelect, Organisation>>;

export const staffTable = pgTable(
  'staff',
  {
    ...companyColumns,
    name: text('name').notNull(),
    email: text('email').notNull(),
    role: text('role').$type<Staff['role']>().notNull(),
    position: text('position'),
    phone: text('phone'),
    photo: text('photo'),
    active: boolean('active').notNull(),
    ...syncColumns,
  },
  (table) => [...companyKeys('staff', table)],
);
export type StaffProof = Proof<Agrees<typeof staffTable.$inferSelect, Staff>>;

export const deviceTable = pgTable(
  'device',
  {
    ...companyColumns,
    name: text('name').notNull(),
    staffId: uuid('staff_id').notNull(),
    appVersion: text('app_version').notNull(),
    pairedAt: text('paired_at').notNull(),
    lastContactAt: text('last_contact_at'),
    revokedAt: text('revoked_at'),
    ...syncColumns,
  },
  (table) => [...companyKeys('device', table), index('device_staff_id').on(table.organisationId, table.staffId)],
);
export type DeviceProof = Proof<Agrees<typeof deviceTable.$inferSelect, Device>>;

export const groupTable = pgTable(
  'resident_group',
  {
    ...companyColumns,
    key: text('key').$type<Group['key']>().notNull(),
    label: text('label').notNull(),
    ...syncColumns,
  },
  (table) => [...companyKeys('resident_group', table)],
);
export type GroupProof = Proof<Agrees<typeof groupTable.$inferSelect, Group>>;
