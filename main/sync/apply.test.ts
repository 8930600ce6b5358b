import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LoggedChange } from '../../shared/sync/changes.ts';
import { formatHlc } from '../../shared/sync/clock.ts';
import { type DeskDatabase, openDatabase } from '../db/database.ts';
import { openMeta } from '../db/meta.ts';
import { openRows } from '../db/rows.ts';
import { createApply, createReplay } from './apply.ts';

const id = '01a20000-0000-7000-8000-000000000001';
const position = { epoch: '01a20000-0000-7000-8000-00000000000e', cursor: 2 };

let folder: string;
let database: DeskDatabase;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apply-'));
  database = openDatabase({ path: join(folder, 'desk.sqlite'), key: randomBytes(32) });
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const topic = (seq: number, set: LoggedChange['change']['set'], entity = 'topic'): LoggedChange => ({
  seq,
  changesetId: id,
  importId: null,
  author: { kind: 'server' },
  change: { id: `01a20000-0000-7000-8000-00000000000${seq}`, entity, entityId: id, set, base: {}, hlc: formatHlc(seq) },
});

test('what this version does not know is parked, blocks nothing, and is merged once a version knows it', () => {
  const { sqlite } = database;
  const deps = { sqlite, rows: openRows(sqlite), meta: openMeta(sqlite) };
  const whole = { name: 'Schlüssel', icon: null, offered: true, position: 1, deleted: false };
  const unknown = topic(2, { name: 'Später' }, 'topicOfTomorrow');
  expect(createApply(deps)([topic(1, whole), unknown], position)).toEqual({ entities: ['topic'] });
  expect(deps.rows.read('topic', id)?.fields).toEqual(whole);
  expect(createReplay(deps)()).toEqual({ entities: [] });
  // The upgrade: what was called so is a topic now.
  const known = JSON.stringify(topic(2, { name: 'Später' }));
  sqlite.prepare('update parked_change set change = ?').run(known);
  expect(createReplay(deps)()).toEqual({ entities: ['topic'] });
  expect(deps.rows.read('topic', id)?.fields).toMatchObject({ name: 'Später' });
  expect(sqlite.prepare('select count(*) as n from parked_change').get()).toEqual({ n: 0 });
});

test('a change with a field this version does not know is parked whole, and what comes after it goes on', () => {
  const { sqlite } = database;
  const deps = { sqlite, rows: openRows(sqlite), meta: openMeta(sqlite) };
  const whole = { name: 'Schlüssel', icon: null, offered: true, position: 1, deleted: false };
  const newer = topic(2, { name: 'Neu', colour: '#ff0000' });
  const after = topic(3, { position: 2 });
  createApply(deps)([topic(1, whole), newer, after], { ...position, cursor: 3 });
  expect(deps.rows.read('topic', id)?.fields).toEqual({ ...whole, position: 2 });
  expect(
    sqlite
      .prepare('select change from parked_change')
      .pluck()
      .all()
      .map(String)
      .map((text) => JSON.parse(text)),
  ).toEqual([newer]);
  expect(deps.meta.get('mark')).toEqual({ cursor: 3, change: after.change.id });
});

test('the log’s clock of a change counts, a later one too: a restored viewer judged it a second time', () => {
  const { sqlite } = database;
  const deps = { sqlite, rows: openRows(sqlite), meta: openMeta(sqlite) };
  const whole = { name: 'Schlüssel', icon: null, offered: true, position: 1, deleted: false };
  const first = topic(1, whole);
  const again = { ...first, change: { ...first.change, hlc: formatHlc(60_000) } };
  createApply(deps)([first], { ...position, cursor: 1 });
  expect(createApply(deps)([again], { ...position, cursor: 1 })).toEqual({ entities: ['topic'] });
  expect(deps.rows.read('topic', id)?.clock.row?.hlc).toBe(again.change.hlc);
  expect(createApply(deps)([again], { ...position, cursor: 1 })).toEqual({ entities: [] });
});
