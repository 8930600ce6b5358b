import { calendarDate, email, id, line } from '../../lib/schemas.ts';
import { defineEntity, type RowOf } from '../../sync/entity.ts';
import { groupKey } from '../properties/model.ts';

/** Person or company the administrators deal with. */
export const personEntity = defineEntity(
  'person',
  {
    number: line(40).nullable(),
    salutation: line(40).nullable(),
    title: line(60).nullable(),
    firstName: line(120).nullable(),
    lastName: line(120).nullable(),
    company: line(200).nullable(),
    street: line().nullable(),
    postalCode: line(12).nullable(),
    city: line().nullable(),
    email: email.nullable(),
    phone: line(60).nullable(),
    mobile: line(60).nullable(),
  },
  {
    groups: {
      name: ['salutation', 'title', 'firstName', 'lastName', 'company'],
      address: ['street', 'postalCode', 'city'],
    },
  },
);
export type Person = RowOf<typeof personEntity>;

/** Zuordnung: a person's role at a property or unit, inclusive calendar days. */
export const membershipEntity = defineEntity(
  'membership',
  {
    personId: id,
    propertyId: id,
    unitId: id.nullable(),
    group: groupKey,
    from: calendarDate.nullable(),
    to: calendarDate.nullable(),
    /** Personenkonto as the accounting names it. */
    accountNumber: line(40).nullable(),
  },
  { groups: { period: ['from', 'to'] } },
);
export type Membership = RowOf<typeof membershipEntity>;

type NameParts = Pick<Person, 'title' | 'firstName' | 'lastName' | 'company'>;

/** "Dr. Anna Bauer", or the company's name; a title alone is no name. */
export function displayName(person: NameParts): string {
  const names = [person.firstName, person.lastName].filter((part) => part !== null && part !== '');
  if (names.length === 0 && person.company !== null && person.company !== '') return person.company;
  return [person.title, ...names].filter((part) => part !== null && part !== '').join(' ');
}

/** "Bauer, Anna": how lists sort and show people. */
export function sortName(person: NameParts): string {
  const given = [person.title, person.firstName].filter((part) => part !== null && part !== '').join(' ');
  if (person.lastName === null || person.lastName === '') return displayName(person);
  return given === '' ? person.lastName : `${person.lastName}, ${given}`;
}
