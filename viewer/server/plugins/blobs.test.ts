import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestS3, type TestS3 } from '../../../tests/setup/s3.ts';
import { readConfig } from '../config.ts';
import type { BlobStore, StoredBlob } from '../context.ts';
import { openBlobStore } from './blobs.ts';

let folder: string;
let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3();
});
afterAll(() => s3.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'treppenhaus-blobs-'));
});
afterEach(() => rm(folder, { recursive: true }));

const sha256 = createHash('sha256').update('Hausordnung').digest('hex');
const openWith = async (environment: Readonly<Record<string, string>>) =>
  openBlobStore(await readConfig({ DATA_DIR: folder, ...environment }));

async function temporary(content: string | Buffer = 'Hausordnung'): Promise<string> {
  const path = join(folder, `upload-${randomUUID()}`);
  await writeFile(path, content);
  return path;
}

describe.each(['folder', 'bucket'])('a %s', (kind) => {
  const company = randomUUID();
  let store: BlobStore;
  beforeEach(async () => {
    store = await openWith(kind === 'folder' ? {} : s3.environment);
    await store.remove(company, sha256);
  });
  const listed = async () => {
    const found: StoredBlob[] = [];
    for await (const blob of store.list()) found.push(blob);
    return found.filter(({ organisationId }) => organisationId === company).map((blob) => blob.sha256);
  };

  test('what was taken in can be read, also a second time it is taken in', async () => {
    expect(await store.has(company, sha256)).toBe(false);
    expect(await store.size(company, sha256)).toBeNull();
    await expect(store.open(company, sha256)).rejects.toMatchObject({ code: 'not-found' });
    for (let round = 0; round < 2; round += 1) {
      await store.adopt(company, sha256, await temporary());
      expect(await store.has(company, sha256)).toBe(true);
      expect(await store.size(company, sha256)).toBe(11);
      expect(await text(await store.open(company, sha256))).toBe('Hausordnung');
    }
  });

  test('many at the same moment take it in once', async () => {
    const paths = await Promise.all(Array.from({ length: 8 }, () => temporary()));
    await Promise.all(paths.map((path) => store.adopt(company, sha256, path)));
    expect(await text(await store.open(company, sha256))).toBe('Hausordnung');
    expect(await listed()).toEqual([sha256]);
  });

  test('a part of it can be read', async () => {
    await store.adopt(company, sha256, await temporary());
    expect(await text(await store.open(company, sha256, { start: 4, end: 10 }))).toBe('ordnung');
    expect(await text(await store.open(company, sha256, { start: 1, end: 1 }))).toBe('a');
  });

  test('a large file arrives in parts and whole', async () => {
    const bytes = randomBytes(20 * 1024 * 1024 + 3);
    const hash = createHash('sha256').update(bytes).digest('hex');
    await store.adopt(company, hash, await temporary(bytes));
    expect(await store.size(company, hash)).toBe(bytes.length);
    expect((await buffer(await store.open(company, hash))).equals(bytes)).toBe(true);
    await store.remove(company, hash);
  });

  test('what is removed is gone, and only that', async () => {
    const other = createHash('sha256').update('Kellerordnung').digest('hex');
    await store.adopt(company, sha256, await temporary());
    await store.adopt(company, other, await temporary('Kellerordnung'));
    expect((await listed()).toSorted()).toEqual([sha256, other].toSorted());
    await store.remove(company, sha256);
    await store.remove(company, sha256);
    expect(await store.has(company, sha256)).toBe(false);
    expect(await listed()).toEqual([other]);
    await store.remove(company, other);
  });

  test('a file of one company is not there for another', async () => {
    await store.adopt(company, sha256, await temporary());
    const stranger = randomUUID();
    expect(await store.has(stranger, sha256)).toBe(false);
    await expect(store.open(stranger, sha256)).rejects.toMatchObject({ code: 'not-found' });
    await store.remove(stranger, sha256);
    expect(await store.has(company, sha256)).toBe(true);
  });

  test('nothing but an id and a hash becomes a path', async () => {
    for (const [id, hash] of [
      [company, '../../etc/passwd'],
      ['../..', sha256],
      [company, sha256.toUpperCase()],
    ] as const) {
      await expect(async () => store.has(id, hash)).rejects.toThrow('Not a blob address');
      await expect(async () => store.remove(id, hash)).rejects.toThrow('Not a blob address');
    }
  });

  test('nothing half is left where the file to take in is not there', async () => {
    await expect(store.adopt(company, sha256, join(folder, 'nowhere'))).rejects.toThrow();
    expect(await store.has(company, sha256)).toBe(false);
    expect(await listed()).toEqual([]);
  });
});

test('the folder holds nothing but the files', async () => {
  const store = await openWith({});
  const company = randomUUID();
  await store.adopt(company, sha256, await temporary());
  expect(await readdir(join(folder, 'blobs', company, sha256.slice(0, 2)))).toEqual([sha256]);
});

describe('a bucket that cannot be used stops the start with a sentence', () => {
  test.each([
    ['that is not there', { S3_BUCKET: 'anderswo' }, 'The bucket of S3_BUCKET does not exist.'],
    [
      'with another key',
      { S3_ACCESS_KEY_ID: 'somebody' },
      'The access key of S3_ACCESS_KEY_ID does not open the bucket of S3_BUCKET.',
    ],
    [
      'of nobody',
      { S3_ENDPOINT: 'http://127.0.0.1:1' },
      'The storage of S3_ENDPOINT cannot be reached (ECONNREFUSED).',
    ],
  ])('%s', async (_what, change, sentence) => {
    await expect(openWith({ ...s3.environment, ...change })).rejects.toThrow(new Error(sentence));
  });
});

test('a storage that went away is said by every call, and is no missing file', async () => {
  const own = await startTestS3();
  const store = await openWith(own.environment);
  await own.stop();
  const company = randomUUID();
  const away = { code: 'viewer-unreachable' };
  await expect(store.has(company, sha256)).rejects.toMatchObject(away);
  await expect(store.open(company, sha256)).rejects.toMatchObject(away);
  await expect(store.remove(company, sha256)).rejects.toMatchObject(away);
  await expect(store.adopt(company, sha256, await temporary())).rejects.toMatchObject(away);
  await expect(store.list()[Symbol.asyncIterator]().next()).rejects.toMatchObject(away);
});
