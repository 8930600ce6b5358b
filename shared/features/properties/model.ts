import { z } from 'zod';
import { calendarDate, cents, id, line, requiredLine, sha256, text } from '../../lib/schemas.ts';
import { defineEntity, type RowOf } from '../../sync/entity.ts';

export const propertyKinds = ['weg', 'rental', 'individual-ownership', 'commercial'] as const;
export const unitUsages = ['flat', 'commercial', 'parking', 'other'] as const;

/** Objekt: a house or estate. */
export const propertyEntity = defineEntity(
  'property',
  {
    number: requiredLine(40),
    name: requiredLine(200),
    kind: z.enum(propertyKinds),
    street: line().nullable(),
    houseNumber: line(20).nullable(),
    postalCode: line(12).nullable(),
    city: line().nullable(),
    yearBuilt: z.int().min(1000).max(2200).nullable(),
    iban: line(42).nullable(),
    photo: sha256.nullable(),
    /** Whether residents see it in the portal. */
    online: z.boolean(),
  },
  { groups: { address: ['street', 'houseNumber', 'postalCode', 'city'] }, secret: { iban: 'tail' } },
);
export type Property = RowOf<typeof propertyEntity>;

/** Einheit: flat, shop, parking space. */
export const unitEntity = defineEntity(
  'unit',
  {
    propertyId: id,
    number: requiredLine(40),
    location: line().nullable(),
    usage: z.enum(unitUsages),
    /** Hundredths of a square metre. */
    areaHundredths: z.int().min(0).nullable(),
    /** Tenths of a room: 2.5 rooms are 25. */
    roomsTenths: z.int().min(0).nullable(),
    /** Co-ownership share (Miteigentumsanteil), numerator/denominator. */
    shareNumerator: z.int().min(0).nullable(),
    shareDenominator: z.int().min(1).nullable(),
  },
  { groups: { share: ['shareNumerator', 'shareDenominator'] } },
);
export type Unit = RowOf<typeof unitEntity>;

/** Sollmiete: the target rent of a unit, for vacancies. */
export const unitRentEntity = defineEntity(
  'unitRent',
  { unitId: id, cents, from: calendarDate.nullable(), to: calendarDate.nullable() },
  { groups: { period: ['from', 'to'] } },
);
export type UnitRent = RowOf<typeof unitRentEntity>;

export const whoMayPost = ['nobody', 'owners', 'everybody'] as const;

/** The four fixed groups (roles as audiences). */
export const groupKeys = ['tenant', 'owner', 'house-owner', 'service-provider'] as const;
export type GroupKey = (typeof groupKeys)[number];
export const groupKey = z.enum(groupKeys);
const groupKeyList = z.array(groupKey).max(groupKeys.length);

/** Portal settings of a property; its id is the property's id. */
export const portalSettingEntity = defineEntity('portalSetting', {
  propertyId: id,
  residentsMayPost: z.enum(whoMayPost),
  postsNeedApproval: z.boolean(),
  /** Groups that see the directory. */
  directoryGroups: groupKeyList,
  /** Groups that may write messages. */
  messageGroups: groupKeyList,
  /** Topics offered; null offers all. */
  topicIds: z.array(id).max(500).nullable(),
});
export type PortalSetting = RowOf<typeof portalSettingEntity>;

/** What a property starts with: service providers write messages only. */
export const defaultPortalSetting = {
  residentsMayPost: 'nobody',
  postsNeedApproval: true,
  directoryGroups: ['tenant', 'owner', 'house-owner'],
  messageGroups: ['tenant', 'owner', 'house-owner', 'service-provider'],
  topicIds: null,
} as const;

export const emergencyContactKinds = [
  'heating',
  'lift',
  'locksmith',
  'caretaker',
  'electricity',
  'water',
  'other',
] as const;

/** Whom residents call now; kept per property, shown to all current members. */
export const emergencyContactEntity = defineEntity('emergencyContact', {
  propertyId: id,
  kind: z.enum(emergencyContactKinds),
  name: requiredLine(),
  phone: requiredLine(60),
  note: text(500).nullable(),
  position: z.int(),
});
export type EmergencyContact = RowOf<typeof emergencyContactEntity>;
