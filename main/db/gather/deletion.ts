import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import type { EntityName } from '../../../shared/sync/entities.ts';
import { deletedField } from '../../../shared/sync/entity.ts';
import { type RowClock, stampOf } from '../../../shared/sync/merge.ts';
import type { ReadDatabase } from '../database.ts';
import { entityTables } from '../entity-tables.ts';
import { type StoredRow, storedRow, storedRows } from '../lookup.ts';

/**
 * Deleting takes along what hangs on a row (the units and memberships of a property), in the same action; the changes of
 * one action share one clock reading. Restoring brings back exactly what was deleted with it: rows that were deleted
 * before stay deleted. This holds on every desk, since the clock travels with the rows.
 */

type SyncedTable = SQLiteTable & Readonly<Record<'id' | 'deleted' | 'clock', SQLiteColumn>>;

/** Ids of the rows that a condition finds and that are not deleted. */
export function liveIds(db: ReadDatabase, entity: EntityName, condition: SQL): readonly string[] {
  const table = entityTables[entity] as unknown as SyncedTable;
  return idsWhere(db, table, and(condition, eq(table.deleted, false)));
}

/** Ids of the rows that a condition finds and that were deleted by the action that deleted `row`. */
export function deletedWith(
  db: ReadDatabase,
  entity: EntityName,
  condition: SQL,
  row: { readonly clock: RowClock },
): readonly string[] {
  const table = entityTables[entity] as unknown as SyncedTable;
  const hlc = stampOf(row.clock, deletedField)?.hlc ?? '';
  const own = sql`coalesce(${table.clock} ->> '$.groups.deleted.hlc', ${table.clock} ->> '$.row.hlc')`;
  return idsWhere(db, table, and(condition, eq(table.deleted, true), sql`${own} = ${hlc}`));
}

function idsWhere(db: ReadDatabase, table: SyncedTable, condition: SQL | undefined): readonly string[] {
  const rows = db.select({ id: table.id }).from(table).where(condition).all();
  return rows.map((row) => String(row.id));
}

/** The edits that delete rows, or restore them. */
export function deletionEdits(entity: EntityName, ids: readonly string[], deleted: boolean): readonly Edit[] {
  return [...new Set(ids)].map((id) => ({ entity, id, set: { deleted } }) as Edit);
}

/**
 * Those of the rows that are deleted; the others need no restoring.
 * @throws OperationError `not-found` for an id that never was
 */
export function rowsToRestore<N extends EntityName>(
  db: ReadDatabase,
  entity: N,
  ids: readonly string[],
): StoredRow<N>[] {
  const unique = [...new Set(ids)];
  const rows = storedRows(db, entity, unique);
  if (rows.length !== unique.length) throw new OperationError('not-found', { field: 'ids' });
  return rows.filter((row) => row.deleted);
}

/**
 * What a row belongs to has to be there before the row comes back.
 * @throws OperationError `not-possible-now` with the field that names it
 */
export function requireParent(db: ReadDatabase, entity: EntityName, id: string, field: string): void {
  const parent = storedRow(db, entity, id);
  if (parent === null || parent.deleted) throw new OperationError('not-possible-now', { field });
}
