import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Device, Group, Organisation, Staff } from '../../../shared/features/settings/model.ts';
import { type Agrees, type Proof, syncColumns } from '../../db/columns.ts';

export const organisationTable = sqliteTable('organisation', {
  id: text('id').primaryKey(),
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
});
export type OrganisationProof = Proof<Agrees<typeof organisationTable.$inferSelect, Organisation>>;

export const staffTable = sqliteTable('staff', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull(),
  role: text('role').$type<Staff['role']>().notNull(),
  position: text('position'),
  phone: text('phone'),
  photo: text('photo'),
  active: integer('active', { mode: 'boolean' }).notNull(),
  ...syncColumns,
});
export type StaffProof = Proof<Agrees<typeof staffTable.$inferSelect, Staff>>;

export const deviceTable = sqliteTable(
  'device',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    staffId: text('staff_id').notNull(),
    appVersion: text('app_version').notNull(),
    pairedAt: text('paired_at').notNull(),
    lastContactAt: text('last_contact_at'),
    revokedAt: text('revoked_at'),
    ...syncColumns,
  },
  (table) => [index('device_staff_id').on(table.staffId)],
);
export type DeviceProof = Proof<Agrees<typeof deviceTable.$inferSelect, Device>>;

export const groupTable = sqliteTable('resident_group', {
  id: text('id').primaryKey(),
  key: text('key').$type<Group['key']>().notNull(),
  label: text('label').notNull(),
  ...syncColumns,
});
export type GroupProof = Proof<Agrees<typeof groupTable.$inferSelect, Group>>;
