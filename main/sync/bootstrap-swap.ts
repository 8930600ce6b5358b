import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { OperationError } from '../../shared/lib/errors.ts';
import type { Change } from '../../shared/sync/changes.ts';
import { laterHlc } from '../../shared/sync/clock.ts';
import { type EntityName, entities, entityNames, findEntity } from '../../shared/sync/entities.ts';
import { mergeChange } from '../../shared/sync/merge.ts';
import type { OpenOptions } from '../db/database.ts';
import { metaKeys, metaNumber, metaText, openMeta } from '../db/meta.ts';
import { openRows } from '../db/rows.ts';
import type { MetaStore } from '../service/context.ts';
import { type Building, buildingPath, tableName } from './bootstrap-store.ts';
import { beginLogGap } from './log-gap.ts';

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
      const loadedEpoch = metaText(meta, metaKeys.epoch);
      const hlc = metaText(meta, metaKeys.hlc);
      // What it pulled while it caught up is fetched again with what the snapshot skipped, in the log's order.
      sqlite.exec('delete from pulled_changeset');
      for (const table of localTables(sqlite)) copyTable(sqlite, table);
      copyPositions(sqlite);
      const before = metaText(meta, metaKeys.hlc);
      const latest = hlc === null ? before : laterHlc(before, hlc);
      if (latest !== null) meta.set(metaKeys.hlc, latest);
      const knownEpoch = metaText(meta, metaKeys.epoch);
      const knownCursor = metaNumber(meta, metaKeys.cursor, 0);
      for (const [key, value] of position) meta.set(key, value);
      if (knownEpoch !== null && knownEpoch !== loadedEpoch) {
        // The viewer was restored: the next round has to learn it, and bring back what only this desk still has.
        meta.set(metaKeys.epoch, knownEpoch);
        meta.set(metaKeys.cursor, 0);
        meta.set(metaKeys.logGaps, []);
      } else if (loadedEpoch !== null) {
        beginLogGap(sqlite, meta, { epoch: loadedEpoch, from: knownCursor, to: metaNumber(meta, metaKeys.cursor, 0) });
      }
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

/** Positions of the history that are given or kept free, so that none is given twice. */
function copyPositions(sqlite: Database.Database): void {
  sqlite.exec(`delete from main.sqlite_sequence where name = 'pulled_changeset';
    insert into main.sqlite_sequence (name, seq)
      select name, seq from old.sqlite_sequence where name = 'pulled_changeset'`);
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
