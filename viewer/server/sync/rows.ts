import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { JsonValue } from '../../../shared/sync/changes.ts';
import { type EntityName, entityNames } from '../../../shared/sync/entities.ts';
import type { RowClock, RowState } from '../../../shared/sync/merge.ts';
import type { Transaction } from '../context.ts';
import { insertRows, isAmong } from '../db/bulk.ts';
import { entityTables } from '../db/entity-tables.ts';
import { readErased } from './erase.ts';

/** The rows that a commit works on: read in bulk, merged in memory, written in bulk. */
export interface WorkingRows {
  readonly get: (entity: EntityName, id: string) => RowState | null;
  readonly set: (entity: EntityName, id: string, state: RowState) => void;
  /** Whether the row was erased for good: nothing may be written to it. */
  readonly isErased: (entity: string, id: string) => boolean;
  /** Forgets a row that was erased just now. */
  readonly erase: (entity: EntityName, id: string) => void;
  /** Reads what is not known yet. */
  readonly load: (wanted: readonly { readonly entity: string; readonly entityId: string }[]) => Promise<void>;
  /** Writes what changed since the last flush. */
  readonly flush: () => Promise<void>;
}

const insertBatch = 500;

/** @param erasedRows how many rows of the company were erased: for none nobody looks */
export function openWorkingRows(tx: Transaction, organisationId: string, erasedRows?: number): WorkingRows {
  const erased = new Set<string>();
  const rows = new Map<EntityName, Map<string, RowState | null>>(entityNames.map((name) => [name, new Map()]));
  const dirty = new Map<EntityName, Set<string>>(entityNames.map((name) => [name, new Set()]));
  const known = (entity: EntityName) => rows.get(entity) ?? new Map<string, RowState | null>();
  return {
    get: (entity, id) => known(entity).get(id) ?? null,
    set: (entity, id, state) => {
      known(entity).set(id, state);
      dirty.get(entity)?.add(id);
    },
    isErased: (entity, id) => erased.has(`${entity} ${id}`),
    erase: (entity, id) => {
      erased.add(`${entity} ${id}`);
      rows.get(entity)?.set(id, null);
      dirty.get(entity)?.delete(id);
    },
    load: async (wanted) => {
      if (erasedRows !== 0) {
        const ids = [...new Set(wanted.map((row) => row.entityId))];
        for (const row of await readErased(tx, organisationId, ids)) erased.add(row);
      }
      for (const entity of entityNames) {
        const have = known(entity);
        const ids = [
          ...new Set(wanted.flatMap((row) => (row.entity === entity && !have.has(row.entityId) ? [row.entityId] : []))),
        ];
        if (ids.length === 0) continue;
        for (const id of ids) have.set(id, null);
        for (const [id, state] of await readStates(tx, organisationId, entity, ids)) have.set(id, state);
      }
    },
    flush: async () => {
      for (const entity of entityNames) {
        const ids = [...(dirty.get(entity) ?? [])];
        dirty.get(entity)?.clear();
        for (let start = 0; start < ids.length; start += insertBatch) {
          const states = ids.slice(start, start + insertBatch).flatMap((id): (readonly [string, RowState])[] => {
            const state = known(entity).get(id);
            return state === null || state === undefined ? [] : [[id, state]];
          });
          await writeStates(tx, organisationId, entity, states);
        }
      }
    },
  };
}

/** Rows with their clocks, by id. */
export async function readStates(
  tx: Transaction,
  organisationId: string,
  entity: EntityName,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RowState>> {
  const table = entityTables[entity];
  const found = (await tx
    .select()
    .from(table as PgTable)
    .where(and(eq(table.organisationId, organisationId), isAmong(table.id, ids)))) as readonly Record<
    string,
    JsonValue
  >[];
  return new Map(
    found.map((row) => {
      const { id, organisationId: _company, clock, ...fields } = row;
      return [id as string, { fields, clock: clock as unknown as RowClock }];
    }),
  );
}

async function writeStates(
  tx: Transaction,
  organisationId: string,
  entity: EntityName,
  states: readonly (readonly [string, RowState])[],
): Promise<void> {
  if (states.length === 0) return;
  const table = entityTables[entity];
  const updates = Object.entries(getTableColumns(table)).flatMap(([field, column]) =>
    field === 'id' || field === 'organisationId' ? [] : [sql.raw(`"${column.name}" = excluded."${column.name}"`)],
  );
  await insertRows(
    tx,
    table,
    states.map(([id, state]) => ({ ...state.fields, organisationId, id, clock: state.clock })),
    sql`on conflict (organisation_id, id) do update set ${sql.join(updates, sql`, `)}`,
  );
}
