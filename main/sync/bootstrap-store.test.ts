import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { entities } from '../../shared/sync/entities.ts';
import { type SnapshotHead, snapshotFields } from '../../shared/sync/snapshot.ts';
import { openDatabase } from '../db/database.ts';
import { isDiskFull } from '../db/disk-full.ts';
import { metaKeys, openMeta } from '../db/meta.ts';
import { openRows } from '../db/rows.ts';
import { buildingPath, knowsNow, openBuilding } from './bootstrap-store.ts';
import { swapIn, takeOver } from './bootstrap-swap.ts';

const key = Buffer.alloc(32, 7);
const url = 'http://viewer.example';
const now = '2026-11-23T10:00:00.000Z';
let folder: string;
let place: { readonly path: string; readonly key: Buffer };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'treppenhaus-building-'));
  place = { path: join(folder, 'desk.sqlite'), key };
});
afterEach(() => rm(folder, { recursive: true }));

const clock = (hlc = '001763906700123-0000') =>
  `{"row": {"by": "server", "hlc": "${hlc}", "change": "${v7()}"}, "groups": {}}`;

function headOf(rows: number, more: readonly string[] = []): SnapshotHead {
  const fields = [...snapshotFields(entities.status)];
  fields.splice(2, 0, ...more);
  return { id: v7(), epoch: v7(), head: 40, tables: [{ entity: 'status', fields, rows }] };
}

const status = (id: string, more = '') => `${id}\tNeu\t${more}1\t0\t3\t0\t${clock()}\n`;

test('leaves out what this version does not know, and says what it was', () => {
  const building = openBuilding(place, url);
  const head = headOf(1, ['colour']);
  building.begin(
    { ...head, tables: [...head.tables, { entity: 'ledger', fields: ['id', 'cents', 'deleted', 'clock'], rows: 5 }] },
    url,
  );
  const id = v7();
  building.insert('status', status(id, 'rot\t'));
  building.insert('ledger', `${v7()}\t500\t0\t${clock()}\n`.repeat(5));
  building.keep();
  building.finish();
  expect(building.unknown()).toEqual(['status.colour', 'ledger']);
  expect(openRows(building.database.sqlite).read('status', id)?.fields).toMatchObject({
    name: 'Neu',
    isNew: true,
    position: 3,
  });
  building.close();
  expect(knowsNow(['status.colour', 'ledger'])).toBe(false);
  expect(knowsNow(['ledger', 'status.name'])).toBe(true);
  expect(knowsNow(['person'])).toBe(true);
});

test('goes on where an earlier process was, and only where that can be', () => {
  const first = openBuilding(place, url);
  const head = headOf(2);
  first.begin(head, url);
  first.insert('status', status(v7()));
  first.keep();
  first.insert('status', status(v7()));
  first.close();
  const second = openBuilding(place, url);
  expect(second.head()).toEqual(head);
  expect([second.nextChunk(), second.rows()]).toEqual([1, 1]);
  // Of another start of the system: what the disk holds of it nobody knows.
  second.database.sqlite.exec('update bootstrap set booted = booted - 100000');
  second.close();
  const third = openBuilding(place, url);
  expect(third.head()).toBeNull();
  third.begin(head, url);
  third.close();
  const other = openBuilding(place, 'http://other.example');
  expect(other.head()).toBeNull();
  other.close();
  writeFileSync(buildingPath(place.path), 'half a file');
  const after = openBuilding(place, url);
  expect(after.head()).toBeNull();
  after.close();
});

test('refuses to finish where rows are missing', () => {
  const building = openBuilding(place, url);
  building.begin(headOf(3), url);
  building.insert('status', status(v7()) + status(v7()));
  building.keep();
  expect(() => building.finish()).toThrow('2 of 3 rows of status');
  building.close();
});

test('a full disk is said as one, and what was there stays', () => {
  openDatabase(place).close();
  const before = readFileSync(place.path);
  const building = openBuilding(place, url);
  building.begin(headOf(20_000), url);
  const { sqlite } = building.database;
  const pages = sqlite.pragma('page_count', { simple: true }) as number;
  sqlite.pragma(`max_page_count = ${pages + 20}`);
  let failure: unknown = null;
  try {
    for (let chunk = 0; chunk < 20; chunk += 1)
      building.insert('status', Array.from({ length: 1000 }, () => status(v7())).join(''));
    building.keep();
  } catch (error) {
    failure = error;
  }
  expect(isDiskFull(failure)).toBe(true);
  building.close();
  expect(readFileSync(place.path).equals(before)).toBe(true);
});

test('takes over every table that is only this desk’s, and has all indexes of a migrated database', () => {
  const old = openDatabase(place);
  const indexes = old.sqlite
    .prepare<[], string>("select name from sqlite_master where type = 'index' order by name")
    .pluck();
  const expected = indexes.all();
  const meta = openMeta(old.sqlite);
  meta.set(metaKeys.deviceId, 'device');
  meta.set(metaKeys.hlc, '001763906700999-0000');
  meta.set(metaKeys.cursor, 12);
  meta.set(metaKeys.mark, { cursor: 12, change: 'x' });
  meta.set(metaKeys.bootstrap, { reason: 'asked', cancelled: false });
  old.sqlite.exec(`insert into local_file (sha256, file_name, media_type, size, created_at) values ('a', 'a.pdf', 'application/pdf', 1, '${now}');
    insert into parked_change (seq, change) values (39, '{}'), (41, '{}');
    insert into sync_history (started_at, ended_at) values ('${now}', '${now}')`);
  const tables = old.sqlite
    .prepare<[], string>("select name from sqlite_master where type = 'table' and name not like 'sqlite!_%' escape '!'")
    .pluck()
    .all();
  const building = openBuilding(place, url);
  const head = headOf(1);
  building.begin(head, url);
  building.insert('status', status(v7()));
  building.keep();
  building.finish();
  takeOver(building, place, now);
  building.close();
  old.close();
  swapIn(place.path);
  const fresh = openDatabase(place);
  expect(
    fresh.sqlite.prepare("select name from sqlite_master where type = 'index' order by name").pluck().all(),
  ).toEqual(expected);
  const all = fresh.sqlite
    .prepare<[], string>("select name from sqlite_master where type = 'table' and name not like 'sqlite!_%' escape '!'")
    .pluck()
    .all();
  expect(all.sort()).toEqual(tables.sort());
  const facts = openMeta(fresh.sqlite);
  expect(
    [metaKeys.deviceId, metaKeys.hlc, metaKeys.cursor, metaKeys.epoch, metaKeys.mark, metaKeys.bootstrap].map((name) =>
      facts.get(name),
    ),
  ).toEqual(['device', '001763906700999-0000', 40, head.epoch, null, null]);
  expect(fresh.sqlite.prepare('select sha256 from local_file').pluck().all()).toEqual(['a']);
  expect(fresh.sqlite.prepare('select seq from parked_change').pluck().all()).toEqual([41]);
  expect(fresh.sqlite.prepare('select count(*) from sync_history').pluck().get()).toBe(1);
  expect(fresh.sqlite.prepare('select count(*) from status').pluck().get()).toBe(1);
  fresh.close();
  expect(existsSync(buildingPath(place.path))).toBe(false);
});

test('does not hide a restore of the viewer that the desk has not heard of', () => {
  const old = openDatabase(place);
  const epoch = v7();
  openMeta(old.sqlite).set(metaKeys.epoch, epoch);
  openMeta(old.sqlite).set(metaKeys.cursor, 12);
  const building = openBuilding(place, url);
  building.begin(headOf(0), url);
  building.finish();
  takeOver(building, place, now);
  const facts = openMeta(building.database.sqlite);
  expect([metaKeys.epoch, metaKeys.cursor].map((name) => facts.get(name))).toEqual([epoch, 0]);
  building.close();
  old.close();
});

test('does not swap while somebody has the old database open', () => {
  const old = openDatabase(place);
  openMeta(old.sqlite).set('x', 1);
  const building = openBuilding(place, url);
  building.begin(headOf(0), url);
  building.finish();
  takeOver(building, place, now);
  building.close();
  expect(() => swapIn(place.path)).toThrow('not-possible-now');
  expect(openMeta(old.sqlite).get('x')).toBe(1);
  old.close();
});
