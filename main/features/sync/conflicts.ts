import type { Output } from '../../../shared/contract/registry.ts';
import type { Conflict } from '../../../shared/features/sync/model.ts';
import { instantText } from '../../../shared/lib/dates.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { JsonValue } from '../../../shared/sync/changes.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import { sameValue } from '../../../shared/sync/merge.ts';
import { liveRows, storedRow } from '../../db/lookup.ts';
import type { DeskContext } from '../../service/context.ts';
import { refusedEdits, refusedWith } from './deeds.ts';
import { readConflict } from './journal.ts';
import { obstacleError, planRestoring } from './restoring.ts';
import { rowFacts } from './row-facts.ts';

/** What settling did, so that it can be taken back while the program runs. */
interface Settled {
  /** What a restore wrote, and what stood there before. */
  readonly written: readonly { readonly wrote: Edit; readonly before: Edit }[];
  readonly refused: readonly string[];
}

/** Deeds that can be taken back; older ones are forgotten. */
const remembered = 1000;
const settledBy = new WeakMap<DeskContext, Map<string, Settled>>();

/** One entry of the journal, and whether its lost value can come back. @throws OperationError `not-found` */
export function showConflict(context: DeskContext, id: string): Output<'sync.conflict'> {
  const { entry, shown } = readConflict(context.db, id);
  const plan = planRestoring(context, entry);
  const also = plan.obstacle === null ? rowFacts(context.db, plan.alsoRestores) : [];
  return { ...shown, obstacle: plan.obstacle, alsoRestores: also.map(({ entity, name }) => ({ entity, name })) };
}

/**
 * Settles journal entries. `restore` writes the lost value again, as a new change that has seen the one that won; all of
 * them in one action, or none.
 * @throws OperationError `not-found`; `not-possible-now` with the obstacle as `reason`, or `row-deleted` where a deleted
 *   row would have to come back and `withRows` does not say so; `rejected-role`; what writing throws
 */
export function resolveConflicts(
  context: DeskContext,
  {
    ids,
    restore,
    withRows,
  }: { readonly ids: readonly string[]; readonly restore: boolean; readonly withRows: boolean },
): void {
  const open = liveRows(context.db, 'conflict', ids).filter((conflict) => conflict.resolvedAt === null);
  const plans = open.map((conflict) =>
    restore ? restoring(context, conflict, withRows) : settling(context, conflict),
  );
  const settled = plans.map(
    (plan): Settled => ({
      refused: plan.refused,
      written: plan.edits.map((wrote) => ({ wrote, before: standing(context, wrote) })),
    }),
  );
  const resolvedAt = instantText(context.now());
  context.write([
    ...plans.flatMap((plan) => plan.edits),
    ...open.map(({ id }): Edit => ({ entity: 'conflict', id, set: { resolvedAt } })),
  ]);
  context.sync.dismissRefused(plans.flatMap((plan) => plan.refused));
  const memory = settledBy.get(context) ?? new Map<string, Settled>();
  settledBy.set(context, memory);
  for (const [index, { id }] of open.entries()) memory.set(id, settled[index] ?? { written: [], refused: [] });
  for (const id of [...memory.keys()].slice(0, Math.max(0, memory.size - remembered))) memory.delete(id);
}

/**
 * Takes settling back: entries are open again, and what a restore wrote is undone where nobody has changed it since.
 * @throws OperationError `not-found`; what writing throws
 */
export function reopenConflicts(context: DeskContext, ids: readonly string[]): void {
  const memory = settledBy.get(context);
  const rows = liveRows(context.db, 'conflict', ids).filter((conflict) => conflict.resolvedAt !== null);
  const done = rows.flatMap(({ id }) => memory?.get(id) ?? []);
  context.write([
    ...done
      .flatMap(({ written }) => written)
      .filter(({ wrote }) => stands(context, wrote))
      .map(({ before }) => before)
      .reverse(),
    ...rows.map(({ id }): Edit => ({ entity: 'conflict', id, set: { resolvedAt: null } })),
  ]);
  context.sync.recallRefused(done.flatMap(({ refused }) => refused));
  for (const { id } of rows) memory?.delete(id);
}

function restoring(context: DeskContext, conflict: Conflict, withRows: boolean) {
  const plan = planRestoring(context, conflict);
  if (plan.obstacle !== null) throw obstacleError(conflict, plan.obstacle);
  if (plan.alsoRestores.length > 0 && !withRows)
    throw new OperationError('not-possible-now', { field: conflict.group, reason: 'row-deleted' });
  return { edits: [...plan.edits, ...refusedEdits(context.db, plan.refused)], refused: plan.refused };
}

/** A refused deed of this desk is settled together with its entry in the journal. */
function settling({ db }: DeskContext, conflict: Conflict) {
  return { edits: [], refused: conflict.kind === 'rejected' ? refusedWith(db, [conflict.lostChangeId]) : [] };
}

/** The edit that brings back what stands now, where another one is about to be written; a new row goes again. */
function standing({ db }: DeskContext, { entity, id, set }: Edit): Edit {
  const row = storedRow(db, entity, id) as Readonly<Record<string, JsonValue>> | null;
  const before =
    row === null ? { deleted: true } : Object.fromEntries(Object.keys(set).map((field) => [field, row[field]]));
  return { entity, id, set: before } as Edit;
}

function stands({ db }: DeskContext, { entity, id, set }: Edit): boolean {
  const row = storedRow(db, entity, id) as Readonly<Record<string, JsonValue>> | null;
  const wrote = set as Readonly<Record<string, JsonValue>>;
  return row !== null && Object.keys(wrote).every((field) => sameValue(row[field] ?? null, wrote[field] ?? null));
}
