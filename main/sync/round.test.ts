import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Input } from '../../shared/contract/registry.ts';
import { clampHlc, formatHlc } from '../../shared/sync/clock.ts';
import type { Edit } from '../../shared/sync/edit.ts';
import { type DeskDatabase, openDatabase } from '../db/database.ts';
import { metaKeys, openMeta } from '../db/meta.ts';
import { openRows } from '../db/rows.ts';
import { createWriter } from '../db/write.ts';
import { openQueue } from './queue.ts';
import type { Remote } from './remote.ts';
import { createRound, type RoundDeps } from './round.ts';

const rightTime = Date.UTC(2026, 10, 23, 12);
const tenYears = 10 * 365 * 24 * 3600_000;
let folder: string;
let database: DeskDatabase;
let time: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'treppenhaus-round-'));
  database = openDatabase({ path: join(folder, 'desk.sqlite'), key: Buffer.alloc(32, 1) });
  time = rightTime;
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

function openParts(more: Partial<RoundDeps> = {}) {
  const { sqlite } = database;
  const [meta, rows] = [openMeta(sqlite), openRows(sqlite)];
  const queue = openQueue(sqlite, rows);
  const identity = { organisationId: v7(), staffId: v7(), deviceId: v7() };
  const nothing = () => undefined;
  const now = () => time;
  const writer = createWriter({
    sqlite,
    rows,
    meta,
    identity: () => identity,
    now,
    newId: () => v7(),
    committed: nothing,
  });
  const round = createRound({
    sqlite,
    rows,
    meta,
    queue,
    now,
    changed: nothing,
    progressed: nothing,
    restored: nothing,
    ...more,
  });
  return { meta, rows, queue, writer, round };
}

const topic = (id: string, name: string): Edit => ({
  entity: 'topic',
  id,
  set: { name, icon: null, offered: true, position: 1 },
});

/** A viewer that takes everything, by its own clock. */
const viewer = (async (name: string, input: never) => {
  if (name === 'sync.pull') return { epoch: v7(), head: 0, reset: false, changes: [], cursor: 0, more: false };
  const verdicts = (input as Input<'sync.push'>).changesets.map((changeset) => ({
    changesetId: changeset.id,
    verdict: 'applied',
    code: null,
    field: null,
    stamps: changeset.changes.map((change) => ({ changeId: change.id, hlc: clampHlc(change.hlc, rightTime) })),
  }));
  return { epoch: v7(), head: 0, verdicts };
}) as unknown as Remote;

test('a clock that ran years ahead and was set right does not stay ahead', async () => {
  const { meta, rows, writer, round } = openParts();
  const id = v7();
  time = rightTime + tenYears;
  writer.write([topic(id, 'Aufzug')]);
  await round(viewer);
  const limit = formatHlc(rightTime + 60_000, 0xffff);
  expect((rows.read('topic', id)?.clock.row?.hlc ?? '') <= limit).toBe(true);
  time = rightTime;
  writer.write([topic(id, 'Treppe')]);
  expect(String(meta.get(metaKeys.hlc)) <= limit).toBe(true);
  expect(rows.read('topic', id)?.fields.name).toBe('Treppe');
});

test('what a viewer does not judge stays in the queue, and ends the round', async () => {
  const { queue, writer, round } = openParts();
  writer.write([topic(v7(), 'Aufzug')]);
  const silent = (async () => ({
    epoch: v7(),
    head: 0,
    verdicts: [{ changesetId: v7(), verdict: 'applied' }],
  })) as never;
  await expect(round(silent)).rejects.toMatchObject({ code: 'internal' });
  expect(queue.pendingChanges()).toBe(1);
});

test('a desk is not behind by what it pushed itself, also after a restart', async () => {
  const epoch = v7();
  let others = 0;
  let log = 0;
  const answering = (async (name: string, input: never) => {
    if (name === 'sync.pull') return { epoch, head: log + others, reset: false, changes: [], cursor: 0, more: false };
    const { changesets } = input as Input<'sync.push'>;
    log += changesets.flatMap(({ changes }) => changes).length;
    const verdicts = changesets.map(({ id }) => ({ changesetId: id, verdict: 'applied', stamps: [] }));
    return { epoch, head: log, verdicts };
  }) as unknown as Remote;
  const missing: number[] = [];
  const looking = (count: number): boolean => missing.push(count) > 0;
  const { meta, writer, round } = openParts({ farBehind: looking });
  meta.set(metaKeys.epoch, epoch);
  for (const name of ['Aufzug', 'Treppe', 'Keller']) writer.write([topic(v7(), name)]);
  await round(answering);
  others = 7;
  await openParts({ farBehind: looking }).round(answering);
  // Two of them pulled: the third is still its own.
  meta.set(metaKeys.cursor, 2);
  await round(answering);
  // Another epoch is another log.
  meta.set(metaKeys.epoch, v7());
  await round(answering);
  expect(missing).toEqual([0, 7, 7, 8]);
});

test('what waits is counted without reading it', () => {
  const plan = database.sqlite
    .prepare("explain query plan select sum(change_count) from outbox where state = 'pending'")
    .all();
  expect(JSON.stringify(plan)).toContain('COVERING INDEX outbox_state');
});

test('a desk whose rows are being loaded asks where the viewer stands, and brings back what a restored one lost', async () => {
  const { meta, queue, writer, round } = openParts({ holdsPull: () => true });
  const epoch = v7();
  writer.write([topic(v7(), 'Aufzug')]);
  const asked: string[] = [];
  const restored = (async (name: string, input: Input<'sync.push'>) => {
    asked.push(name);
    if (name === 'sync.recover') return { epoch, head: 0, open: true, taken: 0 };
    const isLost = input.at !== undefined && input.at.epoch !== epoch;
    return isLost ? { epoch, head: 0, verdicts: [], reset: true } : viewer(name as never, input as never);
  }) as unknown as Remote;
  await round(viewer);
  expect(queue.pendingChanges()).toBe(0);
  meta.set(metaKeys.epoch, v7());
  await round(restored);
  expect(asked).toEqual(['sync.push', 'sync.recover', 'sync.push']);
  expect([meta.get(metaKeys.epoch), queue.pendingChanges()]).toEqual([epoch, 0]);
});
