import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Membership, Person } from '../../../../shared/features/people/model.ts';
import { type Agrees, companyColumns, companyKeys, type Proof, syncColumns } from '../../db/columns.ts';

export const personTable = pgTable(
  'person',
  {
    ...companyColumns,
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
  },
  (table) => [...companyKeys('person', table)],
);
export type PersonProof = Proof<Agrees<typeof personTable.$inferSelect, Person>>;

export const membershipTable = pgTable(
  'membership',
  {
    ...companyColumns,
    personId: uuid('person_id').notNull(),
    propertyId: uuid('property_id').notNull(),
    unitId: uuid('unit_id'),
    group: text('group').$type<Membership['group']>().notNull(),
    from: text('from'),
    to: text('to'),
    accountNumber: text('account_number'),
    ...syncColumns,
  },
  (table) => [
    ...companyKeys('membership', table),
    index('membership_person_id').on(table.organisationId, table.personId),
    index('membership_property_id').on(table.organisationId, table.propertyId),
    index('membership_unit_id').on(table.organisationId, table.unitId),
  ],
);
export type MembershipProof = Proof<Agrees<typeof membershipTable.$inferSelect, Membership>>;
