import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { among, grouped } from '../../db/list.ts';

const { account, activityPerson, membership, person } = entityTables;

/** What the rules of access ask: memberships of people that are not deleted, links, accounts. */

const spanColumns = {
  personId: membership.personId,
  propertyId: membership.propertyId,
  unitId: membership.unitId,
  group: membership.group,
  from: membership.from,
  to: membership.to,
};

function spansWhere(db: ReadDatabase, condition: SQL) {
  return db
    .select(spanColumns)
    .from(membership)
    .innerJoin(person, and(eq(person.id, membership.personId), eq(person.deleted, false)))
    .where(and(condition, eq(membership.deleted, false)))
    .all();
}

/** All memberships of these properties, past and future ones included. */
export function membersAt(db: ReadDatabase, propertyIds: readonly string[]) {
  return grouped(spansWhere(db, among(membership.propertyId, propertyIds)), (row) => row.propertyId);
}

/** All memberships of these people. */
export function membershipsOf(db: ReadDatabase, personIds: readonly string[]) {
  return grouped(spansWhere(db, among(membership.personId, personIds)), (row) => row.personId);
}

/** The persons linked to each activity. */
export function linkedPeople(db: ReadDatabase, activityIds: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const rows = db
    .select({ activityId: activityPerson.activityId, personId: activityPerson.personId })
    .from(activityPerson)
    .innerJoin(person, and(eq(person.id, activityPerson.personId), eq(person.deleted, false)))
    .where(and(among(activityPerson.activityId, activityIds), eq(activityPerson.deleted, false)))
    .all();
  const groups = grouped(rows, (row) => row.activityId);
  return new Map([...groups].map(([id, links]) => [id, links.map((link) => link.personId)]));
}

/** Those of the people who have an account that opens the portal. */
export function registeredAmong(db: ReadDatabase, personIds: readonly string[]): ReadonlySet<string> {
  const rows = db
    .select({ personId: account.personId })
    .from(account)
    .where(
      and(
        among(account.personId, personIds),
        eq(account.deleted, false),
        sql`${account.registeredAt} is not null and ${account.disabledAt} is null`,
      ),
    )
    .all();
  return new Set(rows.map((row) => row.personId));
}
