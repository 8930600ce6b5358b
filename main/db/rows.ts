import type Database from 'better-sqlite3';
import { type Column, getTableColumns } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import type { JsonValue } from '../../shared/sync/changes.ts';
import { type EntityName, entityNames } from '../../shared/sync/entities.ts';
import type { RowClock, RowState } from '../../shared/sync/merge.ts';
import { entityTables } from './entity-tables.ts';

/** Reads and writes any entity's row with its clock, by prepared statements made from the tables. */
export interface RowStore {
  readonly read: (entity: EntityName, id: string) => RowState | null;
  readonly write: (entity: EntityName, id: string, state: RowState) => void;
  /** Only for a row the server says it never accepted. */
  readonly forget: (entity: EntityName, id: string) => void;
}

interface Access {
  readonly fields: readonly (readonly [string, Column])[];
  readonly select: Database.Statement<[string], Record<string, unknown>>;
  readonly upsert: Database.Statement<unknown[]>;
  readonly erase: Database.Statement<[string]>;
}

export function openRows(sqlite: Database.Database): RowStore {
  const accesses = new Map<EntityName, Access>(entityNames.map((name) => [name, prepare(sqlite, name)]));
  const access = (entity: EntityName): Access => {
    const found = accesses.get(entity);
    if (found === undefined) throw new Error(`No table for ${entity}`);
    return found;
  };
  return {
    read: (entity, id) => {
      const { fields, select } = access(entity);
      const row = select.get(id);
      if (row === undefined) return null;
      const values: Record<string, JsonValue> = {};
      let clock: RowClock = { row: null, groups: {} };
      for (const [field, column] of fields) {
        const raw = row[column.name];
        const value = raw === null ? null : column.mapFromDriverValue(raw);
        if (field === 'clock') clock = value as RowClock;
        else values[field] = value as JsonValue;
      }
      return { fields: values, clock };
    },
    write: (entity, id, state) => {
      const { fields, upsert } = access(entity);
      upsert.run(
        id,
        ...fields.map(([field, column]) => {
          const value = field === 'clock' ? state.clock : (state.fields[field] ?? null);
          return value === null ? null : column.mapToDriverValue(value);
        }),
      );
    },
    forget: (entity, id) => void access(entity).erase.run(id),
  };
}

function prepare(sqlite: Database.Database, entity: EntityName): Access {
  const table = entityTables[entity];
  const name = `"${getTableConfig(table).name}"`;
  const columns: Readonly<Record<string, Column>> = getTableColumns(table);
  const fields = Object.entries(columns).filter(([field]) => field !== 'id');
  const names = fields.map(([, column]) => `"${column.name}"`);
  const marks = names.map(() => '?').join(', ');
  const updates = names.map((column) => `${column} = excluded.${column}`).join(', ');
  return {
    fields,
    select: sqlite.prepare<[string], Record<string, unknown>>(`select * from ${name} where id = ?`),
    upsert: sqlite.prepare(
      `insert into ${name} (id, ${names.join(', ')}) values (?, ${marks}) on conflict (id) do update set ${updates}`,
    ),
    erase: sqlite.prepare<[string]>(`delete from ${name} where id = ?`),
  };
}
