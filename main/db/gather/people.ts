import { and, eq, type SQL, sql } from 'drizzle-orm';
import { displayName, sortName } from '../../../shared/features/people/model.ts';
import type { ReadDatabase } from '../database.ts';
import { entityTables } from '../entity-tables.ts';
import { among, textOrder } from '../list.ts';

const { account, person } = entityTables;

interface Names {
  /** "Anna Bauer". */
  readonly display: string;
  /** "Bauer, Anna". */
  readonly sort: string;
}

/** Names of people, deleted ones included: what somebody wrote stays theirs. */
export function personNames(db: ReadDatabase, ids: readonly string[]): ReadonlyMap<string, Names> {
  const rows = db
    .select({
      id: person.id,
      title: person.title,
      firstName: person.firstName,
      lastName: person.lastName,
      company: person.company,
    })
    .from(person)
    .where(among(person.id, ids))
    .all();
  return new Map(rows.map((row) => [row.id, { display: displayName(row), sort: sortName(row) }]));
}

/** How lists sort people: as `sortName` shows them. */
export const personOrder: readonly SQL[] = [
  textOrder(sql`coalesce(nullif(${person.lastName}, ''), nullif(${person.firstName}, ''), ${person.company})`),
  textOrder(person.firstName),
];

/** The texts by which a person is found. */
export const personTexts = [
  person.firstName,
  person.lastName,
  person.company,
  person.number,
  person.email,
  person.phone,
  person.mobile,
  person.city,
] as const;

/** Joins a person's account; there is one per person, since its id comes from theirs. */
export const accountOfPerson = and(eq(account.personId, person.id), eq(account.deleted, false));

/**
 * The state of an account at an instant in SQL, `accountState` in words: `none` where the joined account is missing.
 */
export function accountStateAt(now: string): SQL<'none' | 'invited' | 'expired' | 'registered' | 'disabled'> {
  return sql`case
    when ${account.id} is null then 'none'
    when ${account.disabledAt} is not null then 'disabled'
    when ${account.registeredAt} is not null then 'registered'
    when ${account.expiresAt} <= ${now} then 'expired'
    else 'invited' end`;
}
