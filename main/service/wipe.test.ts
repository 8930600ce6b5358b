import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../db/database.ts';
import { type Keyring, serviceStart } from './key.ts';
import { lockFolder } from './lock.ts';
import { type DeskPlace, deskPlace } from './place.ts';
import { finishWipe, forgetWipe, orderWipe, wipedAt } from './wipe.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };
const now = Date.UTC(2026, 10, 23, 13);
const keyring: Keyring = {
  encrypt: (text) => Buffer.from(text).reverse(),
  decrypt: (sealed) => Buffer.from(sealed).reverse().toString(),
};
let folder: string;
let place: DeskPlace;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'treppenhaus-wipe-'));
  place = deskPlace(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A desk with a database and a file, its key kept one way or the other. */
async function desk(how: Keyring | null): Promise<Buffer> {
  const start = await serviceStart(place, how, log);
  if ('refusal' in start) throw new Error(start.refusal.code);
  const key = Buffer.from(start.key);
  mkdirSync(join(place.dataDir, 'blobs', 'aa'), { recursive: true });
  writeFileSync(join(place.dataDir, 'blobs', 'aa', 'photo'), 'photo of a cellar');
  writeFileSync(place.incarnationFile, '{}');
  openDatabase({ path: place.database, key }).close();
  return key;
}

describe.each([
  ['a file', null],
  ['the keyring', keyring],
])('a wipe of a desk with its key in %s', (_name, how) => {
  test('leaves neither key nor data, and a new start is empty with another key', async () => {
    const before = await desk(how);
    writeFileSync(`${place.keyFile}.half-written`, readFileSync(place.keyFile));
    orderWipe(place, now);
    finishWipe(place);
    expect(readdirSync(folder).sort()).toEqual(['desk', 'wiped.json']);
    expect(readdirSync(place.dataDir).filter((name) => !name.startsWith('desk.lock'))).toEqual([]);
    expect(wipedAt(place.wipeFile)).toBe('2026-11-23T13:00:00.000Z');
    const start = await serviceStart(place, how, log);
    expect('key' in start && before.equals(Buffer.from(start.key))).toBe(false);
    expect(start).toMatchObject({ keyProtection: how === null ? 'file' : 'system' });
  });

  test.each(['only ordered', 'key gone', 'data half gone', 'all gone'])('goes on after a kill: %s', async (moment) => {
    const before = await desk(how);
    orderWipe(place, now);
    if (moment !== 'only ordered') rmSync(place.keyFile);
    if (moment === 'data half gone') rmSync(join(place.dataDir, 'blobs'), { recursive: true });
    if (moment === 'all gone') rmSync(place.dataDir, { recursive: true });
    const start = await serviceStart(place, how, log);
    if ('refusal' in start) throw new Error(start.refusal.code);
    expect(before.equals(Buffer.from(start.key))).toBe(false);
    expect(existsSync(place.database)).toBe(false);
    expect(existsSync(join(place.dataDir, 'blobs'))).toBe(false);
    // Nothing that is made from now on is deleted by the old order.
    const key = Buffer.from(start.key);
    mkdirSync(place.dataDir, { recursive: true });
    openDatabase({ path: place.database, key }).close();
    const again = await serviceStart(place, how, log);
    expect('key' in again && key.equals(Buffer.from(again.key))).toBe(true);
    expect(existsSync(place.database)).toBe(true);
    expect(wipedAt(place.wipeFile)).not.toBeNull();
    forgetWipe(place);
    expect(wipedAt(place.wipeFile)).toBeNull();
  });
});

describe('a wipe', () => {
  test('deletes nothing without an order, nor for a mark that is none', async () => {
    await desk(null);
    finishWipe(place);
    writeFileSync(place.wipeFile, '{"done":false');
    finishWipe(place);
    expect(existsSync(place.keyFile)).toBe(true);
    expect(existsSync(place.database)).toBe(true);
  });

  test('overwrites the key before its file goes', async () => {
    await desk(null);
    // A second name of the same bytes on the disk.
    linkSync(place.keyFile, join(folder, 'bytes'));
    orderWipe(place, now);
    finishWipe(place);
    expect(readFileSync(join(folder, 'bytes')).every((byte) => byte === 0)).toBe(true);
  });

  test('waits with the data, not with the key, while another process works on them, and says so', async () => {
    await desk(null);
    orderWipe(place, now);
    const lock = lockFolder(place.dataDir);
    expect(await serviceStart(place, null, log)).toMatchObject({
      refusal: { code: 'not-possible-now', details: { reason: 'in-use' } },
    });
    expect(existsSync(place.keyFile)).toBe(false);
    expect(existsSync(place.database)).toBe(true);
    lock.release();
    expect(await serviceStart(place, null, log)).toMatchObject({ keyProtection: 'file' });
    expect(existsSync(place.database)).toBe(false);
  });

  test('ordered twice keeps its first time', () => {
    mkdirSync(place.dataDir);
    orderWipe(place, now);
    orderWipe(place, now + 1000);
    expect(wipedAt(place.wipeFile)).toBe('2026-11-23T13:00:00.000Z');
  });
});
