import { z } from 'zod';
import { defineOperations, idInput, idsInput, listFields, nothing, page } from '../../contract/define.ts';
import { id } from '../../lib/schemas.ts';
import { rowSchema } from '../../sync/entity.ts';
import { emergencyContactEntity, groupKey, portalSettingEntity, propertyEntity, unitEntity } from './model.ts';

export const propertyRow = rowSchema(propertyEntity);
export const unitRow = rowSchema(unitEntity);
export const portalSettingRow = rowSchema(portalSettingEntity);
export const emergencyContactRow = rowSchema(emergencyContactEntity);

const propertyListRow = propertyRow
  .pick({
    id: true,
    number: true,
    name: true,
    kind: true,
    street: true,
    houseNumber: true,
    postalCode: true,
    city: true,
    online: true,
    photo: true,
  })
  .extend({ unitCount: z.int(), personCount: z.int() });

const unitListRow = unitRow.extend({
  /** Current members, sorted: "Bauer, Anna". */
  occupants: z.array(z.strictObject({ personId: id, name: z.string(), group: groupKey })),
});

/** What a resident sees of a property. */
export const residentProperty = propertyRow
  .pick({
    id: true,
    name: true,
    kind: true,
    street: true,
    houseNumber: true,
    postalCode: true,
    city: true,
    photo: true,
  })
  .extend({
    organisationId: id,
    organisationName: z.string(),
    /** The resident's groups there, and the units they belong to. */
    groups: z.array(groupKey),
    units: z.array(z.strictObject({ id, number: z.string(), location: z.string().nullable() })),
    /** What is open to them there beside documents and their own messages; whatever is not answers `not-found`. */
    may: z.strictObject({
      /** Board and emergency contacts: current members. */
      board: z.boolean(),
      directory: z.boolean(),
      /** Open a new activity. */
      write: z.boolean(),
    }),
    unread: z.strictObject({ notices: z.int(), documents: z.int(), messages: z.int() }),
  });
export type ResidentProperty = z.infer<typeof residentProperty>;

export const atProperty = z.strictObject({ organisationId: id, propertyId: id });

export const propertiesOperations = defineOperations({
  list: {
    summary: 'Properties, a window of the list.',
    input: z.strictObject(listFields),
    output: page(propertyListRow),
    audience: 'staff',
    desk: true,
  },
  get: {
    summary: 'One property with its portal settings and counts.',
    input: idInput,
    output: z.strictObject({
      property: propertyRow,
      settings: portalSettingRow,
      counts: z.strictObject({
        units: z.int(),
        people: z.int(),
        documents: z.int(),
        notices: z.int(),
        openActivities: z.int(),
        accounts: z.int(),
      }),
    }),
    audience: 'staff',
    desk: true,
  },
  save: {
    summary: 'Creates a property (no id) or changes the fields given.',
    input: z.strictObject({ id: id.optional(), fields: propertyRow.omit({ id: true }).partial() }),
    output: idInput,
    audience: 'staff',
    desk: true,
  },
  remove: {
    summary: 'Deletes properties, restorable.',
    input: idsInput,
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  restore: { summary: 'Restores deleted properties.', input: idsInput, output: nothing, audience: 'staff', desk: true },
  listUnits: {
    summary: 'Units of a property, or of all.',
    input: z.strictObject({ propertyId: id.optional(), ...listFields }),
    output: page(unitListRow),
    audience: 'staff',
    desk: true,
  },
  saveUnit: {
    summary: 'Creates a unit (no id) or changes the fields given.',
    input: z.strictObject({ id: id.optional(), fields: unitRow.omit({ id: true }).partial() }),
    output: idInput,
    audience: 'staff',
    desk: true,
  },
  removeUnits: {
    summary: 'Deletes units, restorable.',
    input: idsInput,
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  restoreUnits: { summary: 'Restores deleted units.', input: idsInput, output: nothing, audience: 'staff', desk: true },
  saveSettings: {
    summary: 'Changes the portal settings of a property.',
    input: z.strictObject({ propertyId: id, fields: portalSettingRow.omit({ id: true, propertyId: true }).partial() }),
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  listContacts: {
    summary: 'Emergency contacts of a property.',
    input: z.strictObject({ propertyId: id }),
    output: z.array(emergencyContactRow),
    audience: 'staff',
    desk: true,
  },
  saveContact: {
    summary: 'Creates (no id) or changes an emergency contact.',
    input: z.strictObject({ id: id.optional(), fields: emergencyContactRow.omit({ id: true }).partial() }),
    output: idInput,
    audience: 'staff',
    desk: true,
  },
  removeContacts: {
    summary: 'Deletes emergency contacts.',
    input: idsInput,
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  restoreContacts: {
    summary: 'Restores emergency contacts.',
    input: idsInput,
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  mine: {
    summary: 'The properties that are online and that the signed-in person belongs to, over all companies.',
    input: nothing,
    output: z.array(residentProperty),
    audience: 'resident',
    http: { method: 'GET', path: '/api/portal/properties' },
  },
  contacts: {
    summary: 'Emergency contacts for current members.',
    input: atProperty,
    output: z.array(emergencyContactRow.pick({ id: true, kind: true, name: true, phone: true, note: true })),
    audience: 'resident',
    http: { method: 'GET', path: '/api/portal/organisations/:organisationId/properties/:propertyId/contacts' },
  },
});
