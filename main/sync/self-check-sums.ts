import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { type Column, getTableColumns } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import type { JsonValue } from '../../shared/sync/changes.ts';
import { rowText, type TableSum, tableSum } from '../../shared/sync/checksum.ts';
import { type EntityName, entities } from '../../shared/sync/entities.ts';
import type { RowClock } from '../../shared/sync/merge.ts';
import { snapshotFields } from '../../shared/sync/snapshot.ts';
import { keyDatabase, type OpenOptions } from '../db/database.ts';
import { entityTables } from '../db/entity-tables.ts';
import { metaKeys, metaNumber, metaText, openMeta } from '../db/meta.ts';

/** A moment of the desk's database, however it changes meanwhile. */
export interface Moment {
  readonly epoch: string | null;
  readonly cursor: number;
  readonly pending: number;
  /** Entities that have changes which this version could not merge. */
  readonly parked: ReadonlySet<string>;
  readonly sum: (entity: EntityName, signal: AbortSignal) => Promise<TableSum>;
  readonly close: () => void;
}

/** Rows between two looks at what else there is to do. */
const rowsAtOnce = 500;

/** Opens a second connection that reads, and holds on to this moment until it is closed. */
export function openMoment(place: OpenOptions): Moment {
  const sqlite = new Database(place.path, { readonly: true });
  try {
    keyDatabase(sqlite, place.key);
    sqlite.exec('begin');
    const meta = openMeta(sqlite);
    const pending = sqlite.prepare("select count(*) from outbox where state = 'pending'").pluck().get() as number;
    const parked = sqlite.prepare("select distinct change ->> '$.change.entity' from parked_change").pluck().all();
    return {
      epoch: metaText(meta, metaKeys.epoch),
      cursor: metaNumber(meta, metaKeys.cursor, 0),
      pending,
      parked: new Set(parked as string[]),
      sum: (entity, signal) => sumOf(sqlite, entity, signal),
      close: () => sqlite.close(),
    };
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

async function sumOf(sqlite: Database.Database, entity: EntityName, signal: AbortSignal): Promise<TableSum> {
  const table = entityTables[entity];
  const columns = Object.entries<Column>(getTableColumns(table));
  const fields = snapshotFields(entities[entity]);
  const sum = tableSum(entity, (text) => createHash('sha256').update(text).digest('hex'));
  const page = sqlite.prepare<[string, number], Record<string, unknown>>(
    `select * from "${getTableConfig(table).name}" where id > ? order by id limit ?`,
  );
  for (let last = ''; ; ) {
    signal.throwIfAborted();
    const rows = page.all(last, rowsAtOnce);
    for (const row of rows) {
      const values = Object.fromEntries(
        columns.map(([field, column]): [string, JsonValue] => {
          const raw = row[column.name] ?? null;
          return [field, raw === null ? null : (column.mapFromDriverValue(raw) as JsonValue)];
        }),
      );
      const { id, clock, ...own } = values;
      sum.add(rowText(fields, id as string, { fields: own, clock: clock as unknown as RowClock }));
    }
    if (rows.length < rowsAtOnce) return sum.result();
    last = String(rows.at(-1)?.id);
    await breathe();
  }
}
