import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Edit } from '../../../shared/sync/edit.ts';
import type { GroupOutcome } from '../../../shared/sync/merge.ts';
import type { Transaction } from '../context.ts';
import { changeLogTable } from '../db/schema.ts';
import { conflictTable } from '../features/sync/table.ts';
import type { CommittedChange } from './consequences.ts';
import { conflictEdits, type JournalEntry } from './journal.ts';

interface Place {
  readonly tx: Transaction;
  readonly organisationId: string;
}

type Parts = Place & { readonly now: () => number; readonly newId: () => string };

/**
 * What was recovered and what somebody wrote since the restore did not know of each other: told, like any conflict. What
 * was unseen among the recovered, or before the restore, was told when it happened, and that comes back itself.
 */
export async function newConflicts(
  parts: Parts,
  unseen: readonly { readonly item: CommittedChange; readonly outcome: GroupOutcome }[],
  committed: readonly CommittedChange[],
): Promise<readonly Edit[]> {
  const other = ({ won, lost, kept }: GroupOutcome) => (won ? lost : kept)?.stamp.change ?? '';
  const ids = [...new Set(unseen.map(({ outcome }) => other(outcome)))];
  if (ids.length === 0) return [];
  const recovered = await parts.tx
    .select({ changeId: changeLogTable.changeId })
    .from(changeLogTable)
    .where(
      and(
        eq(changeLogTable.organisationId, parts.organisationId),
        inArray(changeLogTable.changeId, ids),
        isNotNull(changeLogTable.recoveredBy),
      ),
    );
  const old = new Set([...recovered.map(({ changeId }) => changeId), ...committed.map(({ change }) => change.id)]);
  const fresh = unseen.filter(({ outcome }) => !old.has(other(outcome)));
  const told = new Set(
    [
      ...(await toldOf(
        parts,
        fresh.map(({ outcome }) => outcome.lost?.stamp.change ?? ''),
      )),
      ...committed.flatMap(({ entity, after }) => (entity === 'conflict' ? [after.fields] : [])),
    ].map(pairOf),
  );
  const merges = fresh
    .filter(({ outcome: { group, lost, kept } }) => {
      const pair = { lostChangeId: lost?.stamp.change ?? '', keptChangeId: kept.stamp.change, group };
      return !told.has(pairOf(pair));
    })
    .map(({ item, outcome }) => ({ entity: item.entity, id: item.id, state: item.after, outcomes: [outcome] }));
  return conflictEdits(parts, merges, [], { changesetId: '', verdict: 'applied', code: null, field: null, stamps: [] });
}

/** A conflict by what lost against what, in which group. */
function pairOf(row: Readonly<Record<string, unknown>>): string {
  return [row.lostChangeId, row.keptChangeId, row.group].join(' ');
}

/** Journal entries about changes that lost. */
async function toldOf({ tx, organisationId }: Place, lost: readonly string[]) {
  if (lost.length === 0) return [];
  return tx
    .select({
      id: conflictTable.id,
      lostChangeId: conflictTable.lostChangeId,
      keptChangeId: conflictTable.keptChangeId,
      group: conflictTable.group,
    })
    .from(conflictTable)
    .where(
      and(
        eq(conflictTable.organisationId, organisationId),
        inArray(conflictTable.lostChangeId, [...new Set(lost)]),
        eq(conflictTable.deleted, false),
      ),
    );
}

/** A journal entry, unless it came back to a restored viewer before what it tells of was refused once more. */
export async function unlessTold(place: Place, entry: JournalEntry): Promise<readonly Edit[]> {
  const told = await toldOf(place, [String(entry.set.lostChangeId)]);
  return told.some((row) => pairOf(row) === pairOf(entry.set)) ? [] : [entry];
}

/** What was told anew, and whose first telling came back after it: once is enough. */
export async function toldTwice(parts: Place, committed: readonly CommittedChange[]): Promise<readonly Edit[]> {
  const back = committed.filter(({ entity, before }) => entity === 'conflict' && before === null);
  const pairs = new Set(back.map(({ after }) => pairOf(after.fields)));
  const own = new Set(back.map(({ id }) => id));
  const all = await toldOf(
    parts,
    back.map(({ after }) => String(after.fields.lostChangeId)),
  );
  return all
    .filter((row) => pairs.has(pairOf(row)) && !own.has(row.id))
    .map(({ id }) => ({ entity: 'conflict', id, set: { deleted: true } }));
}
