import { and, desc, eq } from 'drizzle-orm';
import type { Hlc } from '../../../shared/sync/clock.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { among, grouped } from '../../db/list.ts';

const { entry } = entityTables;

/** Stamps of the residents' entries by activity, newest first. */
export function residentStamps(db: ReadDatabase, activityIds: readonly string[]): ReadonlyMap<string, readonly Hlc[]> {
  const rows = db
    .select({ activityId: entry.activityId, stamp: entry.stamp })
    .from(entry)
    .where(and(among(entry.activityId, activityIds), eq(entry.authorKind, 'resident'), eq(entry.deleted, false)))
    .orderBy(desc(entry.stamp))
    .all();
  const groups = grouped(rows, (row) => row.activityId);
  return new Map([...groups].map(([id, list]) => [id, list.map((row) => row.stamp)]));
}

/**
 * How far the company has handled an activity once it has answered with an entry: through the newest resident entry that
 * the answer could know, never back.
 * @param stamps of the residents' entries, newest first
 */
export function handledByAnswer(handledThrough: Hlc | null, stamps: readonly Hlc[], answer: Hlc): Hlc | null {
  const known = stamps.find((stamp) => stamp < answer) ?? null;
  return known === null || (handledThrough !== null && handledThrough >= known) ? handledThrough : known;
}

/**
 * How far it is handled when somebody says so, or takes that back: then the newest resident entry alone is *Neu* again.
 * @param stamps of the residents' entries, newest first
 */
export function handledByHand(handledThrough: Hlc | null, stamps: readonly Hlc[], handled: boolean): Hlc | null {
  const [newest, before] = stamps;
  if (newest === undefined) return handledThrough;
  if (!handled) return before ?? null;
  return handledThrough !== null && handledThrough >= newest ? handledThrough : newest;
}
