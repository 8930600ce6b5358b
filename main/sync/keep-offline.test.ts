import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { blobId } from '../../shared/features/files/model.ts';
import { formatHlc } from '../../shared/sync/clock.ts';
import { changeFromEdit, type Edit } from '../../shared/sync/edit.ts';
import { entities } from '../../shared/sync/entities.ts';
import { mergeChange } from '../../shared/sync/merge.ts';
import { idOf, row } from '../../tests/access/rows.ts';
import { type DeskDatabase, openDatabase } from '../db/database.ts';
import { createFileRecorder, openFileUse } from '../db/local-files.ts';
import { openMeta } from '../db/meta.ts';
import { openRows } from '../db/rows.ts';
import type { MetaStore } from '../service/context.ts';
import { fileKeys, type KeepOffline, openKeepOffline } from './keep-offline.ts';

let folder: string;
let database: DeskDatabase;
let meta: MetaStore;
let keep: KeepOffline;
let clock: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'treppenhaus-keep-'));
  database = openDatabase({ path: join(folder, 'desk.sqlite'), key: randomBytes(32) });
  meta = openMeta(database.sqlite);
  keep = openKeepOffline(database.sqlite, meta);
  clock = Date.UTC(2026, 0, 1);
  meta.set(fileKeys.limit, 1000);
});
afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

const later = (milliseconds: number): number => {
  clock += milliseconds;
  return clock;
};
const now = () => new Date(later(60_000)).toISOString();

function arrive(...edits: readonly Edit[]): void {
  const rows = openRows(database.sqlite);
  for (const edit of edits) {
    const current = rows.read(edit.entity, edit.id);
    const hlc = formatHlc(later(1000));
    const change = changeFromEdit(entities[edit.entity], current, edit, { id: randomUUID(), hlc });
    if (change !== null)
      rows.write(edit.entity, edit.id, mergeChange(entities[edit.entity], current, change, 'a').state);
  }
}

const hash = (name: string) => Buffer.from(name.padEnd(32, '.')).toString('hex');
const named = (sha256: string) => Buffer.from(sha256, 'hex').toString().replace(/\.+$/, '');

/** A document of a property with a file, which the viewer holds unless told otherwise. */
function file(name: string, property: string, size: number, held = true): void {
  const sha256 = hash(name);
  arrive(
    row('document', name, { propertyId: idOf(property), title: name, createdAt: now() }),
    row('attachment', `file ${name}`, { parent: 'document', parentId: idOf(name), sha256, size, createdAt: now() }),
  );
  if (held) holds(name, size);
}
function holds(name: string, size: number): void {
  const sha256 = hash(name);
  arrive({
    ...row('blob', name, { sha256, size, mediaType: 'text/plain', availableAt: now() }),
    id: blobId(sha256),
  } as Edit);
}
function here(name: string, size: number, upload: 'waiting' | null = null): void {
  createFileRecorder(database.sqlite, () => clock)(
    { sha256: hash(name), fileName: name, mediaType: 'text/plain', size },
    upload,
  );
}
const use = (name: string) => {
  later(60_000);
  openFileUse(database.sqlite, () => clock)(hash(name));
};
const mode = (property: string, how: 'all' | 'opened') =>
  database.sqlite.prepare('insert or replace into property_files values (?, ?)').run(idOf(property), how);
function plan() {
  keep.stale();
  const { missing, spare } = keep.plan();
  return { missing: missing.map(named), spare: spare.map(({ sha256 }) => named(sha256)) };
}

test('the newest that fit are fetched', () => {
  for (const name of ['one', 'two', 'three', 'four']) file(name, 'house', 400);
  expect(plan()).toEqual({ missing: ['four', 'three'], spare: [] });
  meta.set(fileKeys.limit, 1200);
  expect(plan().missing).toEqual(['four', 'three', 'two']);
});

test('the files of a pinned property come first and come all, and the others make room', () => {
  file('new', 'house', 600);
  for (const name of ['a', 'b', 'c']) file(name, 'pinned', 400);
  file('newer', 'house', 600);
  here('newer', 600);
  mode('pinned', 'all');
  expect(plan()).toEqual({ missing: ['c', 'b', 'a'], spare: ['newer'] });
});

test('of a property whose files are only opened nothing is fetched, and what was opened stays while it fits', () => {
  file('plan', 'field', 400);
  file('bill', 'field', 400);
  mode('field', 'opened');
  expect(plan()).toEqual({ missing: [], spare: [] });
  use('plan');
  here('plan', 400);
  expect(plan()).toEqual({ missing: [], spare: [] });
  for (const name of ['x', 'y']) file(name, 'house', 400);
  expect(plan()).toEqual({ missing: ['y', 'x'], spare: ['plan'] });
});

test('the least used makes room first', () => {
  for (const name of ['a', 'b', 'c', 'd']) {
    file(name, 'house', 400);
    here(name, 400);
  }
  expect(plan().spare).toEqual(['a', 'b']);
  use('a');
  use('c');
  expect(plan().spare).toEqual(['b', 'd']);
});

test('what is on its way up, not yet held by the viewer, or of no property never makes room', () => {
  meta.set(fileKeys.limit, 10);
  file('waiting', 'house', 400);
  here('waiting', 400, 'waiting');
  file('unheld', 'house', 400, false);
  here('unheld', 400);
  arrive(
    row('activity', 'matter', { propertyId: null }),
    row('entry', 'entry', { activityId: idOf('matter') }),
    row('attachment', 'letter', { parent: 'entry', parentId: idOf('entry'), sha256: hash('letter'), size: 400 }),
    { ...row('organisation', 'company', { logo: hash('logo') }) },
    row('property', 'house', { photo: hash('photo') }),
    row('staff', 'vera', { photo: hash('vera') }),
  );
  for (const name of ['letter', 'logo', 'photo', 'vera']) {
    holds(name, 400);
    here(name, 400);
  }
  file('spare', 'house', 400);
  here('spare', 400);
  expect(plan()).toEqual({ missing: [], spare: ['spare'] });
  expect(keep.used()).toBe(2800);
});

test('what nothing refers to is not fetched, and makes room before all others', () => {
  holds('orphan', 100);
  expect(plan().missing).toEqual([]);
  file('old', 'house', 700);
  file('deleted', 'house', 400);
  here('old', 700);
  here('deleted', 400);
  arrive({ entity: 'attachment', id: idOf('file deleted'), set: { deleted: true } });
  expect(plan().spare).toEqual(['deleted']);
});

test('a file at two properties is kept as the one that keeps more', () => {
  file('shared', 'field', 400);
  arrive(
    row('document', 'second', { propertyId: idOf('house') }),
    row('attachment', 'again', { parent: 'document', parentId: idOf('second'), sha256: hash('shared'), size: 400 }),
  );
  mode('field', 'opened');
  expect(plan().missing).toEqual(['shared']);
});
