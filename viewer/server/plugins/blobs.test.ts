import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBlobStore } from './blobs.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'treppenhaus-blobs-'));
});
afterEach(() => rm(folder, { recursive: true }));

const company = randomUUID();
const sha256 = createHash('sha256').update('Hausordnung').digest('hex');

async function temporary(content = 'Hausordnung'): Promise<string> {
  const path = join(folder, `upload-${randomUUID()}`);
  await writeFile(path, content);
  return path;
}

test('what was taken in can be read, also a second time it is taken in', async () => {
  const store = createBlobStore(folder);
  expect(await store.has(company, sha256)).toBe(false);
  for (let round = 0; round < 2; round += 1) {
    await store.adopt(company, sha256, await temporary());
    expect(await store.has(company, sha256)).toBe(true);
    expect(await text(await store.open(company, sha256))).toBe('Hausordnung');
  }
  expect((await readdir(folder)).filter((name) => name.startsWith('upload-'))).toEqual([]);
});

test('a file of one company is not there for another', async () => {
  const store = createBlobStore(folder);
  await store.adopt(company, sha256, await temporary());
  const other = randomUUID();
  expect(await store.has(other, sha256)).toBe(false);
  await expect(store.open(other, sha256)).rejects.toMatchObject({ code: 'not-found' });
});

test('nothing but an id and a hash becomes a path', async () => {
  const store = createBlobStore(folder);
  await expect(async () => store.has(company, '../../etc/passwd')).rejects.toThrow('Not a blob address');
  await expect(async () => store.has('../..', sha256)).rejects.toThrow('Not a blob address');
  await expect(async () => store.has(company, sha256.toUpperCase())).rejects.toThrow('Not a blob address');
});
