import { existsSync, rmSync } from 'node:fs';
import { uptime } from 'node:os';
import type Database from 'better-sqlite3';
import { type Column, getTableColumns } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { type EntityName, entityNames, findEntity } from '../../shared/sync/entities.ts';
import { type SnapshotHead, snapshotFields, snapshotHead } from '../../shared/sync/snapshot.ts';
import { type DeskDatabase, type OpenOptions, openDatabase } from '../db/database.ts';
import { entityTables } from '../db/entity-tables.ts';
import { metaKeys, openMeta } from '../db/meta.ts';
import { copiedRows, latestReading } from './bootstrap-rows.ts';

/**
 * The database that a bootstrap builds beside the real one: encrypted with the same key, filled chunk by chunk, indexed
 * last, and put in the place of the real one only when it is whole. A process that ends meanwhile finds it again.
 */
export interface Building {
  /** Null until `begin`. */
  readonly head: () => SnapshotHead | null;
  /** Starts over with the rows of a snapshot. */
  readonly begin: (head: SnapshotHead, viewerUrl: string) => void;
  /** The next chunk that is wanted. */
  readonly nextChunk: () => number;
  readonly rows: () => number;
  /** Takes the unpacked rows of a chunk; they are kept with the next `keep`. */
  readonly insert: (entity: string, text: string) => void;
  /** What was inserted survives the process from here on. */
  readonly keep: () => void;
  /** Indexes and checks. @throws Error where rows are missing or the file is not sound */
  readonly finish: () => void;
  /** Names of what the viewer holds and this version does not know: entities, and `entity.field`. */
  readonly unknown: () => readonly string[];
  readonly database: DeskDatabase;
  readonly close: () => void;
}

/** Where the database under construction lies. */
export const buildingPath = (database: string): string => `${database}.new`;

/** What a bootstrap of another start left behind. */
export function removeBuilding(database: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${buildingPath(database)}${suffix}`, { force: true });
}

interface State {
  readonly head: string;
  readonly viewer_url: string;
  readonly next_chunk: number;
  readonly rows: number;
  readonly hlc: string;
  readonly booted: number;
}

/** Seconds by which the start of the system may seem to move. */
const bootTolerance = 30;
/** Pages of decrypted data (kilobytes). */
const cacheKilobytes = 32 * 1024;

/**
 * Opens the database under construction: the one of an earlier start where it can go on, else an empty one.
 * @throws OperationError `disk-full`
 */
export function openBuilding(options: OpenOptions, viewerUrl: string): Building {
  const found = existsSync(buildingPath(options.path)) ? reopen(options, viewerUrl) : null;
  return found ?? createBuilding(options, null);
}

/** Null where nothing can be made of what is there: it goes. */
function reopen(options: OpenOptions, viewerUrl: string): Building | null {
  let database: DeskDatabase | null = null;
  try {
    database = openScratch(options);
    const state = database.sqlite.prepare<[], State>('select * from bootstrap').get();
    // Nothing is synced to the disk while it is built: only a process may have ended, not the system.
    const sameRun = state !== undefined && Math.abs(state.booted - bootedAt()) < bootTolerance;
    if (sameRun && state.viewer_url === viewerUrl) return createBuilding(options, { database, state });
  } catch {
    // Half a file, another key, or already finished by a process that ended before the swap.
  }
  database?.close();
  removeBuilding(options.path);
  return null;
}

function bootedAt(): number {
  return Date.now() / 1000 - uptime();
}

/** A killed process loses nothing by what is not synced; a lost system loses the file, and `reopen` knows. */
function openScratch(options: OpenOptions): DeskDatabase {
  return openDatabase({ ...options, path: buildingPath(options.path), scratch: true });
}

function createBuilding(
  options: OpenOptions,
  found: { readonly database: DeskDatabase; readonly state: State } | null,
): Building {
  if (found === null) removeBuilding(options.path);
  const database = found?.database ?? openScratch(options);
  const { sqlite } = database;
  sqlite.pragma(`cache_size = -${cacheKilobytes}`);
  sqlite.exec(
    `create table if not exists bootstrap
     (head text not null, viewer_url text not null, next_chunk integer not null, rows integer not null, hlc text not null, booted real not null);
     create table if not exists bootstrap_index (name text primary key, statement text not null)`,
  );
  let head = found === null ? null : snapshotHead.parse(JSON.parse(found.state.head));
  let next = found?.state.next_chunk ?? 0;
  let rows = found?.state.rows ?? 0;
  let hlc = found?.state.hlc ?? '';
  let inserts = head === null ? new Map<string, Insert>() : insertsFor(sqlite, head);
  const update = sqlite.prepare('update bootstrap set next_chunk = ?, rows = ?, hlc = ?');
  return {
    database,
    head: () => head,
    nextChunk: () => next,
    rows: () => rows,
    unknown: () => (head === null ? [] : unknownNames(head)),
    begin: (given, viewerUrl) => {
      sqlite.transaction(() => {
        for (const entity of entityNames) sqlite.exec(`delete from "${tableName(entity)}"`);
        sqlite.exec('delete from bootstrap');
        sqlite
          .prepare('insert into bootstrap values (?, ?, 0, 0, ?, ?)')
          .run(JSON.stringify(given), viewerUrl, '', bootedAt());
        putIndexesAside(sqlite);
      })();
      [head, next, rows, hlc] = [given, 0, 0, ''];
      inserts = insertsFor(sqlite, given);
    },
    insert: (entity, text) => {
      if (!sqlite.inTransaction) sqlite.exec('begin immediate');
      const insert = inserts.get(entity);
      if (insert !== undefined) {
        const inserted = insert(text, hlc);
        rows += inserted.rows;
        hlc = inserted.hlc;
      }
      next += 1;
    },
    keep: () => {
      if (!sqlite.inTransaction) return;
      update.run(next, rows, hlc);
      sqlite.exec('commit');
    },
    finish: () => {
      if (head === null) throw new Error('There is nothing to finish');
      sqlite.transaction(() => {
        for (const { statement } of sqlite
          .prepare<[], { statement: string }>('select statement from bootstrap_index')
          .all()) {
          sqlite.exec(statement);
        }
        sqlite.exec('delete from bootstrap_index');
      })();
      const meta = openMeta(sqlite);
      meta.set(metaKeys.epoch, head.epoch);
      meta.set(metaKeys.cursor, head.head);
      if (hlc !== '') meta.set(metaKeys.hlc, hlc);
      check(sqlite, head);
    },
    close: () => {
      if (sqlite.inTransaction) sqlite.exec('rollback');
      database.close();
    },
  };
}

/** Writes the rows of a chunk; answers how many, and the latest reading of their clocks and the given one. */
type Insert = (text: string, hlc: string) => { readonly rows: number; readonly hlc: string };

/** Rows in one statement: fewer ways into SQLite, a quarter less time. */
const rowsAtOnce = 20;

/** Prepared inserts per entity; what this version does not know is left out. */
function insertsFor(sqlite: Database.Database, head: SnapshotHead): Map<string, Insert> {
  const inserts = new Map<string, Insert>();
  for (const { entity, fields } of head.tables) {
    if (findEntity(entity) === undefined) continue;
    const columns: Readonly<Record<string, Column>> = getTableColumns(entityTables[entity as EntityName]);
    const known = fields.flatMap((field, index) => {
      const column = columns[field];
      return column === undefined ? [] : [{ name: `"${column.name}"`, index }];
    });
    const into = `insert into "${tableName(entity as EntityName)}" (${known.map(({ name }) => name).join(', ')}) values`;
    const marks = `(${known.map(() => '?').join(', ')})`;
    const one = sqlite.prepare<unknown[]>(`${into} ${marks}`);
    const many = sqlite.prepare<unknown[]>(`${into} ${Array(rowsAtOnce).fill(marks).join(', ')}`);
    const clock = fields.indexOf('clock');
    inserts.set(entity, (text, before) => {
      let rows = 0;
      let hlc = before;
      let waiting: (string | null)[] = [];
      for (const values of copiedRows(text)) {
        hlc = latestReading(values[clock] ?? '', hlc);
        for (const { index } of known) waiting.push(values[index] ?? null);
        rows += 1;
        if (rows % rowsAtOnce > 0) continue;
        many.run(waiting);
        waiting = [];
      }
      for (let at = 0; at < waiting.length; at += known.length) one.run(waiting.slice(at, at + known.length));
      return { rows, hlc };
    });
  }
  return inserts;
}

function unknownNames(head: SnapshotHead): readonly string[] {
  return head.tables.flatMap(({ entity, fields }) => {
    const definition = findEntity(entity);
    if (definition === undefined) return [entity];
    const known = new Set(snapshotFields(definition));
    return fields.flatMap((field) => (known.has(field) ? [] : [`${entity}.${field}`]));
  });
}

/** Whether this version knows what an earlier one had to leave out. */
export function knowsNow(names: readonly string[]): boolean {
  return names.some((name) => {
    const [entity = '', field] = name.split('.');
    const definition = findEntity(entity);
    return definition !== undefined && (field === undefined || snapshotFields(definition).includes(field));
  });
}

/** Name of an entity's table in SQL. */
export function tableName(entity: EntityName): string {
  return getTableConfig(entityTables[entity]).name;
}

/** Rows go in faster without; those of constraints stay. */
function putIndexesAside(sqlite: Database.Database): void {
  const names = new Set(entityNames.map(tableName));
  const indexes = sqlite
    .prepare<[], { name: string; tbl_name: string; sql: string }>(
      "select name, tbl_name, sql from sqlite_master where type = 'index' and sql is not null",
    )
    .all();
  const keep = sqlite.prepare('insert or ignore into bootstrap_index values (?, ?)');
  for (const { name, tbl_name: table, sql } of indexes) {
    if (!names.has(table)) continue;
    keep.run(name, sql);
    sqlite.exec(`drop index "${name}"`);
  }
}

/** @throws Error with what is wrong */
function check(sqlite: Database.Database, head: SnapshotHead): void {
  for (const { entity, rows } of head.tables) {
    if (findEntity(entity) === undefined) continue;
    const found = sqlite
      .prepare(`select count(*) from "${tableName(entity as EntityName)}"`)
      .pluck()
      .get();
    if (found !== rows) throw new Error(`${String(found)} of ${rows} rows of ${entity}`);
  }
  const verdict = sqlite.pragma('quick_check(1)', { simple: true });
  if (verdict !== 'ok') throw new Error(`The new database is not sound: ${String(verdict)}`);
}
