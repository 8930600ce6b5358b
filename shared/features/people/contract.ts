import { z } from 'zod';
import { defineOperations, idInput, idsInput, listFields, nothing, page } from '../../contract/define.ts';
import { calendarDate, id } from '../../lib/schemas.ts';
import { rowSchema } from '../../sync/entity.ts';
import { atProperty } from '../properties/contract.ts';
import { groupKey } from '../properties/model.ts';
import { membershipEntity, personEntity } from './model.ts';

export const personRow = rowSchema(personEntity);
export const membershipRow = rowSchema(membershipEntity);

export const accountStates = ['none', 'invited', 'expired', 'registered', 'disabled'] as const;

const personListRow = personRow
  .pick({ id: true, number: true, email: true, phone: true, mobile: true, city: true })
  .extend({
    /** "Bauer, Anna". */
    name: z.string(),
    accountState: z.enum(accountStates),
    /** Current memberships, short: property number, unit number, group. */
    places: z.array(
      z.strictObject({
        propertyId: id,
        propertyNumber: z.string(),
        unitNumber: z.string().nullable(),
        group: groupKey,
      }),
    ),
  });

export const membershipListRow = membershipRow.extend({
  personName: z.string(),
  propertyNumber: z.string(),
  propertyName: z.string(),
  unitNumber: z.string().nullable(),
  current: z.boolean(),
});

/** What neighbours see: contact data only where the person consented. */
export const neighbour = z.strictObject({
  accountId: id,
  name: z.string(),
  groups: z.array(groupKey),
  units: z.array(z.string()),
  photo: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
});

export const peopleOperations = defineOperations({
  list: {
    summary: 'People, a window of the list.',
    input: z.strictObject({
      propertyId: id.optional(),
      group: groupKey.optional(),
      accountState: z.enum(accountStates).optional(),
      ...listFields,
    }),
    output: page(personListRow),
    audience: 'staff',
    desk: true,
  },
  get: {
    summary: 'One person with all memberships.',
    input: idInput,
    output: z.strictObject({
      person: personRow,
      memberships: z.array(membershipListRow),
      accountState: z.enum(accountStates),
    }),
    audience: 'staff',
    desk: true,
  },
  save: {
    summary: 'Creates a person (no id) or changes the fields given.',
    input: z.strictObject({ id: id.optional(), fields: personRow.omit({ id: true }).partial() }),
    output: idInput,
    audience: 'staff',
    desk: true,
  },
  remove: { summary: 'Deletes people, restorable.', input: idsInput, output: nothing, audience: 'staff', desk: true },
  restore: { summary: 'Restores deleted people.', input: idsInput, output: nothing, audience: 'staff', desk: true },
  listMemberships: {
    summary: 'Memberships of a property, a unit or a person.',
    input: z.strictObject({
      propertyId: id.optional(),
      unitId: id.optional(),
      personId: id.optional(),
      /** Only those that hold on this day. */
      on: calendarDate.optional(),
      ...listFields,
    }),
    output: page(membershipListRow),
    audience: 'staff',
    desk: true,
  },
  saveMembership: {
    summary:
      'Creates a membership (no id) or changes the fields given; a period that ends before it begins is refused.',
    input: z.strictObject({ id: id.optional(), fields: membershipRow.omit({ id: true }).partial() }),
    output: idInput,
    audience: 'staff',
    desk: true,
  },
  removeMemberships: {
    summary: 'Deletes memberships, restorable.',
    input: idsInput,
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  restoreMemberships: {
    summary: 'Restores deleted memberships.',
    input: idsInput,
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  directory: {
    summary: 'Who is registered at a property, as far as they consented.',
    input: atProperty,
    output: z.array(neighbour),
    audience: 'resident',
    http: { method: 'GET', path: '/api/portal/organisations/:organisationId/properties/:propertyId/directory' },
  },
});
