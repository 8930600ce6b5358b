import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../db/database.ts';
import { metaKeys, metaText, openMeta } from '../db/meta.ts';
import { beginIncarnation } from './incarnation.ts';

const key = randomBytes(32);
const log = { info: () => {}, warn: () => {}, error: () => {} };
let folder: string;
let file: string;
let database: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'treppenhaus-incarnation-'));
  file = join(folder, 'incarnation.json');
  database = join(folder, 'desk', 'desk.sqlite');
  mkdirSync(join(folder, 'desk'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** One life of the desk: a start, what `live` does, an orderly end. Answers what the start said. */
function start(live: (meta: ReturnType<typeof openMeta>) => void = () => {}) {
  const { sqlite, close } = openDatabase({ path: database, key });
  try {
    const verdict = beginIncarnation({ sqlite, file, log });
    const meta = openMeta(sqlite);
    live(meta);
    return { verdict, fork: meta.get(metaKeys.fork) ?? null, deviceId: metaText(meta, metaKeys.deviceId) };
  } finally {
    close();
  }
}

const pair = (meta: ReturnType<typeof openMeta>) => {
  meta.set(metaKeys.deviceId, 'before');
  meta.set(metaKeys.token, 'token');
};
const copy = (name: string) => copyFileSync(database, join(folder, name));
const restore = (name: string) => {
  for (const suffix of ['-wal', '-shm']) rmSync(database + suffix, { force: true });
  copyFileSync(join(folder, name), database);
};

describe('an incarnation', () => {
  test('goes on from start to start, with another token each time', () => {
    const seen = new Set<string>();
    start(pair);
    for (let count = 0; count < 5; count += 1) {
      expect(start()).toMatchObject({ verdict: 'same', fork: null, deviceId: 'before' });
      seen.add(readFileSync(file, 'utf8'));
    }
    expect(seen.size).toBe(5);
    expect(readdirSync(folder).sort()).toEqual(['desk', 'incarnation.json']);
  });

  test('of a database from before there were any is the first', () => {
    expect(start(pair)).toMatchObject({ verdict: 'same' });
  });

  test('of a restored backup is a copy, and is told so once', () => {
    start(pair);
    copy('backup');
    start();
    restore('backup');
    const restored = start();
    expect(restored).toMatchObject({ verdict: 'copy', deviceId: 'before' });
    expect(restored.fork).toMatchObject({ id: expect.any(String), token: expect.any(String) });
    // The wish stays as it is until the viewer has answered it.
    expect(start()).toEqual({ ...restored, verdict: 'same' });
  });

  test('without its file is a copy: the database alone came from another machine', () => {
    start(pair);
    rmSync(file);
    expect(start()).toMatchObject({ verdict: 'copy', fork: { id: expect.any(String) } });
    expect(start()).toMatchObject({ verdict: 'same' });
  });

  test.each(['', '{', '{"incarnation":"x"}', '[]'])('with %j for a file is a copy', (text) => {
    start(pair);
    writeFileSync(file, text);
    expect(start()).toMatchObject({ verdict: 'copy' });
  });

  test('of a database from before the first one, beside the file of a later one, is a copy', () => {
    openDatabase({ path: database, key }).close();
    copy('before');
    start(pair);
    restore('before');
    expect(start().verdict).toBe('copy');
  });

  test('that is not paired only takes another name', () => {
    start((meta) => meta.set(metaKeys.deviceId, 'before'));
    rmSync(file);
    const found = start();
    expect(found).toMatchObject({ verdict: 'copy', fork: null });
    expect(found.deviceId).not.toBe('before');
  });
});

describe('a kill', () => {
  test('between the two writes: the database holds both, the file the old one', () => {
    start(pair);
    const before = readFileSync(file, 'utf8');
    start();
    // The moment before the file was put in place: what a kill there leaves behind.
    writeFileSync(file, before);
    writeFileSync(`${file}.half`, '{"incarn');
    expect(start()).toMatchObject({ verdict: 'same', fork: null });
    expect(start()).toMatchObject({ verdict: 'same', fork: null });
  });

  test('many times between the two writes, in any order with whole starts', () => {
    start(pair);
    for (const killed of [true, true, false, true, false, false, true, true, true]) {
      const before = readFileSync(file, 'utf8');
      expect(start()).toMatchObject({ verdict: 'same' });
      if (killed) writeFileSync(file, before);
    }
  });

  test('before the first write of the database: nothing has changed', () => {
    start(pair);
    copy('backup');
    const before = readFileSync(file, 'utf8');
    start();
    restore('backup');
    writeFileSync(file, before);
    expect(start()).toMatchObject({ verdict: 'same' });
  });

  test('while a copy notes that it is one: the same wish afterwards', () => {
    start(pair);
    rmSync(file);
    const wished = start();
    // The file was not written yet.
    rmSync(file);
    expect(start()).toMatchObject({ verdict: 'copy', fork: wished.fork });
  });
});

test('a file that cannot be written keeps nobody from working, and makes no copy', () => {
  start(pair);
  // It can be read, and no temporary file with a longer name can be made beside it.
  const long = join(folder, 'i'.repeat(250));
  copyFileSync(file, long);
  file = long;
  expect(start()).toMatchObject({ verdict: 'same' });
  expect(start()).toMatchObject({ verdict: 'same' });
});

test('a file that cannot be read keeps nobody from working, and makes no copy at each start', () => {
  start(pair);
  rmSync(file);
  mkdirSync(file);
  expect(start()).toMatchObject({ verdict: 'same', fork: null });
  expect(start()).toMatchObject({ verdict: 'same', fork: null });
});
