import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Membership, Person } from '../../../shared/features/people/model.ts';
import { type Agrees, type Proof, syncColumns } from '../../db/columns.ts';

export const personTable = sqliteTable('person', {
  id: text('id').primaryKey(),
  number: text('number'),
  salutation: text('salutation'),
  title: text('title'),
  firstName: text('first_name'),
  lastName: text('last_name'),
  company: text('company'),
  street: text('street'),
  postalCode: text('postal_code'),
  city: text('city'),
  email: text('email'),
  phone: text('phone'),
  mobile: text('mobile'),
  ...syncColumns,
});
export type PersonProof = Proof<Agrees<typeof personTable.$inferSelect, Person>>;

export const membershipTable = sqliteTable(
  'membership',
  {
    id: text('id').primaryKey(),
    personId: text('person_id').notNull(),
    propertyId: text('property_id').notNull(),
    unitId: text('unit_id'),
    group: text('group').$type<Membership['group']>().notNull(),
    from: text('from'),
    to: text('to'),
    accountNumber: text('account_number'),
    ...syncColumns,
  },
  (table) => [
    index('membership_person_id').on(table.personId),
    index('membership_property_id').on(table.propertyId),
    index('membership_unit_id').on(table.unitId),
  ],
);
export type MembershipProof = Proof<Agrees<typeof membershipTable.$inferSelect, Membership>>;
