import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { maxFileBytes } from '../../../../shared/features/files/model.ts';
import { prepareIncoming, receiveFile } from './incoming.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'treppenhaus-incoming-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const path = () => join(folder, 'file');
const chunks = (count: number, size: number) =>
  Readable.from(
    (function* () {
      for (let i = 0; i < count; i += 1) yield Buffer.alloc(size, i);
    })(),
    { objectMode: false },
  );

test('a file arrives whole, with its size and hash', async () => {
  const bytes = Buffer.from('Straße'.repeat(50_000));
  const file = await receiveFile(
    Readable.from([bytes.subarray(0, 7), bytes.subarray(7)], { objectMode: false }),
    path(),
    'a.txt',
  );
  expect(file).toEqual({ path: path(), size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  expect(await readFile(path())).toEqual(bytes);
});

test('an empty one is refused and leaves nothing', async () => {
  await expect(receiveFile(Readable.from([]), path(), 'a.txt')).rejects.toMatchObject({ code: 'file-empty' });
  expect(await readdir(folder)).toEqual([]);
});

test('the largest that is allowed passes, one byte more is refused, read to its end and leaves nothing', async () => {
  const mega = 1024 * 1024;
  const largest = await receiveFile(chunks(maxFileBytes / mega, mega), path(), 'a.txt');
  expect(largest.size).toBe(maxFileBytes);
  await rm(path());
  const body = chunks(maxFileBytes / mega + 3, mega);
  await expect(receiveFile(body, path(), 'a.txt')).rejects.toMatchObject({
    code: 'file-too-large',
    details: { name: 'a.txt', limit: maxFileBytes },
  });
  await new Promise((resolve) => (body.readableEnded ? resolve(null) : body.once('end', resolve)));
  expect(await readdir(folder)).toEqual([]);
});

test('a full disk is said and leaves nothing', async () => {
  const full = () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
  await expect(receiveFile(chunks(2, 10), path(), 'a.txt', full)).rejects.toMatchObject({
    code: 'disk-full',
    details: { name: 'a.txt', at: 'viewer' },
  });
  expect(await readdir(folder)).toEqual([]);
});

test('a sender who goes away leaves nothing', async () => {
  const body = new Readable({ read() {} });
  body.push(Buffer.alloc(100));
  const receiving = receiveFile(body, path(), 'a.txt');
  setImmediate(() => body.destroy(new Error('aborted')));
  await expect(receiving).rejects.toMatchObject({ code: 'cancelled' });
  expect(await readdir(folder)).toEqual([]);
});

test('what a crash left is cleared after a day, not before', async () => {
  await writeFile(join(folder, 'old'), 'x');
  await writeFile(join(folder, 'young'), 'x');
  const now = Date.now();
  const yesterday = (now - 25 * 3600_000) / 1000;
  await utimes(join(folder, 'old'), yesterday, yesterday);
  await prepareIncoming(folder, now);
  expect(await readdir(folder)).toEqual(['young']);
});
