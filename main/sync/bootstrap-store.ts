import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { uptime } from 'node:os';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { type Column, getTableColumns } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { OperationError } from '../../shared/lib/errors.ts';
import type { Change } from '../../shared/sync/changes.ts';
import { laterHlc } from '../../shared/sync/clock.ts';
import { type EntityName, entities, entityNames, findEntity } from '../../shared/sync/entities.ts';
import { mergeChange } from '../../shared/sync/merge.ts';
import { type SnapshotHead, snapshotFields, snapshotHead } from '../../shared/sync/snapshot.ts';
import { type DeskDatabase, type OpenOptions, openDatabase } from '../db/database.ts';
import { entityTables } from '../db/entity-tables.ts';
import { metaKeys, metaText, openMeta } from '../db/meta.ts';
import { openRows } from '../db/rows.ts';
import type { MetaStore } from '../service/context.ts';
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

function tableName(entity: EntityName): string {
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

/**
 * Takes over what only this desk has (queue, own files, settings, history …) and puts what waits in the queue on top of
 * the rows, in one transaction. Nothing may write to the old database from here on.
 */
export function takeOver(building: Building, old: OpenOptions, now: string): void {
  const { sqlite } = building.database;
  sqlite.prepare('attach ? as old key ?').run(old.path, `x'${old.key.toString('hex')}'`);
  try {
    sqlite.transaction(() => {
      const meta = openMeta(sqlite);
      const position = [metaKeys.epoch, metaKeys.cursor, metaKeys.mark].map(
        (key) => [key, meta.get(key) ?? null] as const,
      );
      const hlc = metaText(meta, metaKeys.hlc);
      for (const table of localTables(sqlite)) copyTable(sqlite, table);
      const before = metaText(meta, metaKeys.hlc);
      const latest = hlc === null ? before : laterHlc(before, hlc);
      if (latest !== null) meta.set(metaKeys.hlc, latest);
      for (const [key, value] of position) meta.set(key, value);
      meta.set(metaKeys.leftOut, [...building.unknown()]);
      noteRepair(meta, now);
      meta.set(metaKeys.bootstrap, null);
      // Parked before the snapshot was made: its rows hold it, as far as this version knows the fields.
      sqlite.prepare('delete from parked_change where seq <= ?').run(building.head()?.head ?? 0);
      putPendingOnTop(sqlite);
      sqlite.exec('drop table bootstrap; drop table bootstrap_index');
    })();
  } finally {
    sqlite.exec('detach old');
  }
}

/** What a comparison has found is mended with this. */
function noteRepair(meta: MetaStore, now: string): void {
  const found = meta.get(metaKeys.selfCheck);
  const wish = meta.get(metaKeys.bootstrap);
  const isRepair = wish !== null && typeof wish === 'object' && 'reason' in wish && wish.reason === 'mismatch';
  if (isRepair && found !== null && typeof found === 'object' && !Array.isArray(found)) {
    meta.set(metaKeys.selfCheck, { ...found, repairedAt: now });
  }
}

/** Every table but those of the entities, whose rows the snapshot brought, and the migrations' own. */
function localTables(sqlite: Database.Database): readonly string[] {
  const synced = new Set<string>(entityNames.map(tableName));
  return sqlite
    .prepare<[], string>("select name from sqlite_master where type = 'table' and name not like 'sqlite!_%' escape '!'")
    .pluck()
    .all()
    .filter((name) => !synced.has(name) && !name.startsWith('__drizzle') && !name.startsWith('bootstrap'));
}

/** What the new database has already (changes that were parked while it caught up) stays. */
function copyTable(sqlite: Database.Database, table: string): void {
  const columns = sqlite
    .prepare<[], { name: string }>(`pragma old.table_info("${table}")`)
    .all()
    .map(({ name }) => `"${name}"`)
    .join(', ');
  const how = table === 'parked_change' ? 'insert or ignore' : 'insert or replace';
  sqlite.exec(`${how} into main."${table}" (${columns}) select ${columns} from old."${table}"`);
}

function putPendingOnTop(sqlite: Database.Database): void {
  const rows = openRows(sqlite);
  const waiting = sqlite
    .prepare<[], { staff_id: string; changes: string }>(
      "select staff_id, changes from outbox where state = 'pending' order by device_seq",
    )
    .all();
  for (const { staff_id: staffId, changes } of waiting) {
    for (const change of JSON.parse(changes) as Change[]) {
      const definition = findEntity(change.entity);
      if (definition === undefined) continue;
      const entity = change.entity as EntityName;
      const { state } = mergeChange(definition, rows.read(entity, change.entityId), change, `staff:${staffId}`);
      const whole = Object.keys(entities[entity].shape).every((field) => field in state.fields);
      if (whole) rows.write(entity, change.entityId, state);
    }
  }
}

/**
 * Puts the finished database in the place of the closed one: one rename, so that whoever opens it next finds the old one
 * or the new one whole.
 * @throws OperationError `not-possible-now` where the old one is still open somewhere
 */
export function swapIn(path: string): void {
  const fresh = buildingPath(path);
  const file = openSync(fresh, 'r+');
  fsyncSync(file);
  closeSync(file);
  // A log of the old database would be played into the new one.
  if (existsSync(`${path}-wal`)) throw new OperationError('not-possible-now', { reason: 'in-use' });
  rmSync(`${path}-shm`, { force: true });
  renameSync(fresh, path);
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
