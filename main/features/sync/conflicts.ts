import type { Conflict } from '../../../shared/features/sync/model.ts';
import { instantText } from '../../../shared/lib/dates.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import { type EntityName, findEntity } from '../../../shared/sync/entities.ts';
import { newestResidentStamp } from '../../db/gather/activities.ts';
import { liveRows, storedRow } from '../../db/lookup.ts';
import type { DeskContext } from '../../service/context.ts';
import { requireManager } from '../../service/rights.ts';

/**
 * Settles journal entries. `restore` writes the lost value again, as a new change that has seen the one that won; all of
 * them in one action, or none.
 * @throws OperationError `not-found`; `not-possible-now` for what only the server writes or what this version does not know;
 *   what writing throws
 */
export function resolveConflicts(context: DeskContext, ids: readonly string[], restore: boolean): void {
  const open = liveRows(context.db, 'conflict', ids).filter((conflict) => conflict.resolvedAt === null);
  const resolvedAt = instantText(context.now());
  context.write([
    ...(restore ? open.map((conflict) => restoringEdit(context, conflict)) : []),
    ...open.map(({ id }): Edit => ({ entity: 'conflict', id, set: { resolvedAt } })),
  ]);
}

function restoringEdit(context: DeskContext, conflict: Conflict): Edit {
  const definition = findEntity(conflict.entity);
  if (definition === undefined || definition.writers === 'server') throw impossible(conflict);
  if (definition.writers === 'manager') requireManager(context);
  const entity = definition.name as EntityName;
  const exists = storedRow(context.db, entity, conflict.entityId) !== null;
  const lost = lostFields(conflict);
  const unknown = Object.keys(lost).some((field) => definition.groupOf[field] === undefined);
  // A new row names all its fields; of one that is there, the server's own stay as they are.
  const whole = Object.keys(definition.shape).every((field) => field in lost);
  const kept = Object.entries(lost).filter(
    ([field]) => !exists || !definition.serverOnly.has(definition.groupOf[field] ?? ''),
  );
  if (unknown || kept.length === 0 || (!exists && !whole)) throw impossible(conflict);
  const set = { ...Object.fromEntries(kept), ...seenBy(context, conflict) };
  // The journal holds any entity's fields; the writer checks them against its model.
  return { entity, id: conflict.entityId, set } as Edit;
}

function lostFields(conflict: Conflict): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(conflict.lostValue);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Written by a version that this one does not understand.
  }
  throw impossible(conflict);
}

/** What whoever restores has seen beyond the value: the deletion, the messages before which a close did not stand. */
function seenBy({ db }: DeskContext, conflict: Conflict): Readonly<Record<string, unknown>> {
  if (conflict.kind === 'edited-and-deleted') return { deleted: false };
  if (conflict.kind !== 'close-unseen') return {};
  const stamp = newestResidentStamp(db, conflict.entityId);
  return { statusSeen: stamp, handledThrough: stamp };
}

function impossible(conflict: Conflict): OperationError {
  return new OperationError('not-possible-now', { field: conflict.group });
}
