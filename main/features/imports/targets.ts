import type { Membership } from '../../../shared/features/people/model.ts';
import { defaultPortalSetting, type Property, type Unit } from '../../../shared/features/properties/model.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import { type Known, membershipKey } from './known.ts';
import type { Wish } from './plan.ts';
import type { ImportRow } from './rows.ts';

type Values = ImportRow['values'];

const text = (values: Values, field: string): string => String(values[field] ?? '');

/** The value of a field, or null; for rows that are made new. */
const optional = <T>(values: Values, field: string): T | null => (values[field] ?? null) as T | null;

/** Only the fields that the file has columns for: an import leaves alone what it does not know. */
function given<T extends object>(values: Values, all: T): Partial<T> {
  return Object.fromEntries(Object.entries(all).filter(([field]) => field in values)) as Partial<T>;
}

export function propertyEdit(known: Known, values: Values): Wish {
  const number = text(values, 'propertyNumber');
  const existing = known.property(number);
  const id = existing ?? known.naturalId('property', number);
  const fields = {
    name: text(values, 'name'),
    kind: text(values, 'kind') as Property['kind'],
    street: optional<string>(values, 'street'),
    houseNumber: optional<string>(values, 'houseNumber'),
    postalCode: optional<string>(values, 'postalCode'),
    city: optional<string>(values, 'city'),
    yearBuilt: optional<number>(values, 'yearBuilt'),
    iban: optional<string>(values, 'iban'),
  };
  known.remember('property', number, id);
  const set =
    existing === null ? { number, ...fields, photo: null, online: false, deleted: false } : given(values, fields);
  const settings: readonly Edit[] =
    existing === null
      ? [{ entity: 'portalSetting', id, set: { propertyId: id, ...newPortalSetting(), deleted: false } }]
      : [];
  return { key: number, edits: [{ entity: 'property', id, set }, ...settings], isNew: existing === null };
}

function newPortalSetting() {
  const { directoryGroups, messageGroups, ...others } = defaultPortalSetting;
  return { ...others, directoryGroups: [...directoryGroups], messageGroups: [...messageGroups] };
}

export function unitEdits(known: Known, values: Values): Wish {
  const propertyNumber = text(values, 'propertyNumber');
  const number = text(values, 'unitNumber');
  const propertyId = known.property(propertyNumber);
  if (propertyId === null) return { problem: 'unknown-property', field: 'propertyNumber' };
  const existing = known.unit(propertyId, number);
  const id = existing ?? known.naturalId('unit', propertyNumber, number);
  const share = optional<readonly [number, number | null]>(values, 'share');
  const fields = {
    location: optional<string>(values, 'location'),
    usage: text(values, 'usage') as Unit['usage'],
    areaHundredths: optional<number>(values, 'area'),
    roomsTenths: optional<number>(values, 'rooms'),
    shareNumerator: share?.[0] ?? null,
    shareDenominator: share?.[1] ?? null,
  };
  known.remember('unit', `${propertyId} ${number}`, id);
  const renamed = {
    ...values,
    areaHundredths: values.area,
    roomsTenths: values.rooms,
    shareNumerator: values.share,
    shareDenominator: values.share,
  };
  const present = Object.fromEntries(Object.entries(renamed).filter(([, value]) => value !== undefined)) as Values;
  const set = existing === null ? { propertyId, number, ...fields, deleted: false } : given(present, fields);
  const rent = rentEdit(known, values, id, propertyNumber, number);
  return {
    key: `${propertyNumber} ${number}`,
    edits: [{ entity: 'unit', id, set }, ...rent],
    isNew: existing === null,
  };
}

/** The target rent without dates; an empty cell takes nothing away, since rents with dates may stand beside it. */
function rentEdit(
  known: Known,
  values: Values,
  unitId: string,
  propertyNumber: string,
  number: string,
): readonly Edit[] {
  const cents = optional<number>(values, 'targetRent');
  if (cents === null) return [];
  const id = known.unitRent(unitId) ?? known.naturalId('unitRent', propertyNumber, number);
  known.remember('unitRent', unitId, id);
  return [{ entity: 'unitRent', id, set: { unitId, cents, from: null, to: null, deleted: false } }];
}

export function personEdit(known: Known, values: Values): Wish {
  const number = text(values, 'personNumber');
  if ([values.firstName, values.lastName, values.company].every((value) => value === null || value === undefined)) {
    return { problem: 'missing-value', field: 'lastName' };
  }
  const existing = known.person(number);
  const id = existing ?? known.naturalId('person', number);
  const fields = {
    salutation: optional<string>(values, 'salutation'),
    title: optional<string>(values, 'title'),
    firstName: optional<string>(values, 'firstName'),
    lastName: optional<string>(values, 'lastName'),
    company: optional<string>(values, 'company'),
    street: optional<string>(values, 'street'),
    postalCode: optional<string>(values, 'postalCode'),
    city: optional<string>(values, 'city'),
    email: optional<string>(values, 'email'),
    phone: optional<string>(values, 'phone'),
    mobile: optional<string>(values, 'mobile'),
  };
  known.remember('person', number, id);
  const set = existing === null ? { number, ...fields, deleted: false } : given(values, fields);
  return { key: number, edits: [{ entity: 'person', id, set }], isNew: existing === null };
}

export function membershipEdit(known: Known, values: Values): Wish {
  const propertyNumber = text(values, 'propertyNumber');
  const unitNumber = optional<string>(values, 'unitNumber');
  const personNumber = text(values, 'personNumber');
  const propertyId = known.property(propertyNumber);
  if (propertyId === null) return { problem: 'unknown-property', field: 'propertyNumber' };
  const unitId = unitNumber === null ? null : known.unit(propertyId, unitNumber);
  if (unitNumber !== null && unitId === null) return { problem: 'unknown-unit', field: 'unitNumber' };
  const personId = known.person(personNumber);
  if (personId === null) return { problem: 'unknown-person', field: 'personNumber' };
  const group = text(values, 'group') as Membership['group'];
  const from = optional<string>(values, 'from');
  const to = optional<string>(values, 'to');
  if (from !== null && to !== null && to < from) return { problem: 'period-reversed', field: 'to' };
  const key = { propertyId, unitId, personId, group, from };
  const existing = known.membership(key);
  const natural = [propertyNumber, unitNumber ?? '', personNumber, group, from ?? ''];
  const id = existing ?? known.naturalId('membership', ...natural);
  known.remember('membership', membershipKey(key), id);
  const later = given(values, { to, accountNumber: optional<string>(values, 'accountNumber') });
  const set =
    existing === null
      ? {
          personId,
          propertyId,
          unitId,
          group,
          from,
          to,
          accountNumber: optional<string>(values, 'accountNumber'),
          deleted: false,
        }
      : later;
  return { key: natural.join(' '), edits: [{ entity: 'membership', id, set }], isNew: existing === null };
}
