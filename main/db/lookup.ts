import { type Column, eq, getTableColumns } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { OperationError } from '../../shared/lib/errors.ts';
import type { EntityName, EntityRow } from '../../shared/sync/entities.ts';
import type { RowClock } from '../../shared/sync/merge.ts';
import type { ReadDatabase } from './database.ts';
import { entityTables } from './entity-tables.ts';
import { among, inOrder } from './list.ts';

type SyncedTable = SQLiteTable & { readonly id: Column; readonly deleted: Column };

/** A row with its bookkeeping. */
export type StoredRow<N extends EntityName> = EntityRow<N> & { readonly deleted: boolean; readonly clock: RowClock };

/** The row, deleted or not; null where there is none. */
export function storedRow<N extends EntityName>(db: ReadDatabase, entity: N, id: string): StoredRow<N> | null {
  const table = entityTables[entity] as unknown as SyncedTable;
  return (db.select().from(table).where(eq(table.id, id)).get() as StoredRow<N> | undefined) ?? null;
}

/** The rows there are, deleted or not, in the order of the ids. */
export function storedRows<N extends EntityName>(db: ReadDatabase, entity: N, ids: readonly string[]): StoredRow<N>[] {
  const table = entityTables[entity] as unknown as SyncedTable;
  const rows = db.select().from(table).where(among(table.id, ids)).all() as StoredRow<N>[];
  return inOrder(ids, rows);
}

/**
 * The row, not deleted.
 * @throws OperationError `not-found` with the field that named it
 */
export function liveRow<N extends EntityName>(db: ReadDatabase, entity: N, id: string, field = 'id'): EntityRow<N> {
  const row = storedRow(db, entity, id);
  if (row === null || row.deleted) throw new OperationError('not-found', { field });
  return plain(row);
}

/**
 * All of the rows, not deleted, each once.
 * @throws OperationError `not-found` where one is missing
 */
export function liveRows<N extends EntityName>(
  db: ReadDatabase,
  entity: N,
  ids: readonly string[],
  field = 'ids',
): EntityRow<N>[] {
  const unique = [...new Set(ids)];
  const rows = storedRows(db, entity, unique).filter((row) => !row.deleted);
  if (rows.length !== unique.length) throw new OperationError('not-found', { field });
  return rows.map((row) => plain(row));
}

/** `liveRow` for a reference that may be empty. */
export function checkReference(
  db: ReadDatabase,
  entity: EntityName,
  id: string | null | undefined,
  field: string,
): void {
  if (id !== null && id !== undefined) liveRow(db, entity, id, field);
}

/** A row without its bookkeeping. */
export function plain<N extends EntityName>(row: StoredRow<N>): EntityRow<N> {
  const { deleted: _deleted, clock: _clock, ...fields } = row;
  return fields as unknown as EntityRow<N>;
}

/** The columns of a table that are the model's: without deletion and clock. */
export function modelColumns<T extends SQLiteTable>(table: T): Omit<T['_']['columns'], 'deleted' | 'clock'> {
  const { deleted: _deleted, clock: _clock, ...columns } = getTableColumns(table) as Record<string, Column>;
  return columns as unknown as Omit<T['_']['columns'], 'deleted' | 'clock'>;
}
