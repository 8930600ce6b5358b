import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { ReadDatabase } from '../database.ts';
import { entityTables } from '../entity-tables.ts';
import { among } from '../list.ts';

const { activity, entry, status } = entityTables;

/**
 * Per activity what its entries say, as a subquery to join: how many there are, the newest, the newest of a resident, and
 * whether any shows in the portal.
 * @param activityIds only these; all where none are given
 */
export function entryFacts(db: ReadDatabase, activityIds?: readonly string[]) {
  return db
    .select({
      activityId: sql<string>`${entry.activityId}`.as('facts_activity_id'),
      count: sql<number>`count(*)`.as('facts_count'),
      newestStamp: sql<string | null>`max(${entry.stamp})`.as('facts_newest_stamp'),
      newestResident: sql<string | null>`max(iif(${entry.authorKind} = 'resident', ${entry.stamp}, null))`.as(
        'facts_newest_resident',
      ),
      inPortal: sql<number>`max(${entry.released} or ${entry.authorKind} = 'resident')`.as('facts_in_portal'),
    })
    .from(entry)
    .where(and(eq(entry.deleted, false), activityIds === undefined ? undefined : among(entry.activityId, activityIds)))
    .groupBy(entry.activityId)
    .as('facts');
}

export type EntryFacts = ReturnType<typeof entryFacts>;

/** Whether the joined status closes the activity, and the close stands (`closeStands`). */
export function isClosedSql(facts: EntryFacts): SQL<number> {
  return sql<number>`(coalesce(${status.isClosed}, 0) = 1
    and (${facts.newestResident} is null or coalesce(${activity.statusSeen}, '') >= ${facts.newestResident}))`;
}

/** Whether the activity belongs into *Neu* (`isNew`). */
export function isNewSql(facts: EntryFacts): SQL<number> {
  return sql<number>`(${facts.newestResident} is not null
    and coalesce(${activity.handledThrough}, '') < ${facts.newestResident})`;
}

/** The newest resident entry that this desk knows; null where no resident has written. */
export function newestResidentStamp(db: ReadDatabase, activityId: string): string | null {
  const row = db
    .select({ stamp: sql<string | null>`max(${entry.stamp})` })
    .from(entry)
    .where(and(eq(entry.activityId, activityId), eq(entry.authorKind, 'resident'), eq(entry.deleted, false)))
    .get();
  return row?.stamp ?? null;
}
