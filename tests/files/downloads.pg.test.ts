import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { blobId } from '../../shared/features/files/model.ts';
import { startTestViewer, type TestViewer } from '../setup/viewer.ts';
import { attach, companyOf, type Desks, isAvailable, type LiveDesk, openDesks, until } from './desks.ts';
import { type Line, openLine } from './line.ts';

let viewer: TestViewer;
let line: Line;
let desks: Desks;
let first: LiveDesk;
beforeAll(async () => {
  viewer = await startTestViewer();
});
afterAll(() => viewer?.stop());
beforeEach(async () => {
  desks = await openDesks(viewer);
  line = await openLine(Number(new URL(viewer.url).port));
  first = await desks.found(viewer.url);
});
afterEach(async () => {
  await desks.stop();
  await line.close();
});

const megabyte = 1024 * 1024;
const isHere = (desk: LiveDesk, sha256: string) => existsSync(join(desk.folder, 'blobs', sha256.slice(0, 2), sha256));

async function uploaded(content: Buffer, propertyId: string | null = null): Promise<string> {
  const sha256 = await attach(first.call, content, propertyId);
  const id = await companyOf(first);
  await until(() => isAvailable(viewer, id, sha256));
  return sha256;
}

/** A property whose files the second desk does not fetch by itself, and the second desk. */
async function onlyOpened(): Promise<{ readonly propertyId: string; readonly second: LiveDesk }> {
  const { id: propertyId } = await first.call('properties.save', {
    fields: {
      number: '107',
      name: 'WEG Am Mühlbach 93',
      kind: 'weg',
      street: 'Am Mühlbach',
      houseNumber: '93',
      postalCode: '01067',
      city: 'Dresden',
      yearBuilt: null,
      iban: null,
      photo: null,
      online: false,
    },
  });
  await first.call('sync.now', {});
  const second = await desks.join('b', line.url, first);
  await until(async () => (await second.call('properties.list', { offset: 0, limit: 1 })).total === 1);
  await second.call('files.keep', { propertyId, keep: 'opened' });
  return { propertyId, second };
}

async function read(desk: LiveDesk, sha256: string): Promise<number> {
  let size = 0;
  for (;;) {
    const { data, end } = await desk.call('files.read', { sha256, offset: size });
    size += Buffer.from(data, 'base64').length;
    if (end) return size;
  }
}

test('a download goes on where the line broke, and counts once its hash is right', async () => {
  const sha256 = await uploaded(randomBytes(8 * megabyte));
  line.cutAfter(5 * megabyte);
  const joined = await desks.join('b', line.url, first);
  const partial = join(joined.folder, 'fetching', sha256);
  await until(async () => (await stat(partial).catch(() => null)) !== null && line.down() >= 5 * megabyte);
  expect(isHere(joined, sha256)).toBe(false);
  await until(async () => (await joined.call('sync.state', {})).downloads.length === 0);
  const { size } = await stat(partial);
  expect(size).toBeGreaterThan(3 * megabyte);
  const before = line.down();
  line.mend();
  await joined.call('sync.now', {});
  await until(async () => isHere(joined, sha256));
  expect(line.down() - before).toBeLessThan(5 * megabyte);
  expect(await readdir(join(joined.folder, 'fetching'))).toEqual([]);
  expect(await read(joined, sha256)).toBeGreaterThan(8 * megabyte);
});

test('half a download that is damaged is thrown away and fetched anew', async () => {
  const { propertyId, second } = await onlyOpened();
  const content = randomBytes(2 * megabyte);
  const sha256 = await uploaded(content, propertyId);
  await second.call('sync.now', {});
  await writeFile(join(second.folder, 'fetching', sha256), Buffer.alloc(megabyte, 'x'));
  await read(second, sha256);
  const bytes = await readFile(join(second.folder, 'blobs', sha256.slice(0, 2), sha256));
  expect(bytes.includes(content)).toBe(true);
});

test('a file that is only opened on demand is not here before, said to be so while offline, and comes with progress', async () => {
  const { propertyId, second } = await onlyOpened();
  const sha256 = await uploaded(randomBytes(3 * megabyte), propertyId);
  await second.call('sync.now', {});
  expect(isHere(second, sha256)).toBe(false);
  expect(await second.call('files.kept', { propertyId })).toMatchObject({ keep: 'opened', here: 0 });
  const missing = { code: 'file-missing', details: { fileName: 'a.pdf' } };
  line.cut();
  await expect(read(second, sha256)).rejects.toMatchObject(missing);
  line.mend();
  await second.call('sync.setOffline', { offline: true });
  await expect(read(second, sha256)).rejects.toMatchObject(missing);
  await second.call('sync.setOffline', { offline: false });
  await until(async () => (await second.call('sync.state', {})).connection === 'online');
  const known = second.events.length;
  await Promise.all([read(second, sha256), read(second, sha256)]);
  const progress = second.events
    .slice(known)
    .flatMap((one) => (one.event === 'progress' && one.payload.id === blobId(sha256) ? [one.payload] : []));
  expect(progress.length).toBeGreaterThan(3);
  expect(progress.at(-1)?.done).toBe(progress.at(-1)?.total);
  expect(await second.call('files.kept', { propertyId })).toMatchObject({ here: 1 });
  await second.call('sync.setOffline', { offline: true });
  expect(await read(second, sha256)).toBeGreaterThan(3 * megabyte);
});

test('what does not fit is left with the viewer, the newest come first, and what is pinned comes in any case', async () => {
  const { propertyId, second } = await onlyOpened();
  await second.call('files.saveSpace', { limitBytes: 2_500_000 });
  await second.call('files.keep', { propertyId, keep: 'newest' });
  const all: string[] = [];
  for (let count = 0; count < 3; count += 1) all.push(await uploaded(randomBytes(megabyte), propertyId));
  const [oldest = '', middle = '', newest = ''] = all;
  await until(async () => isHere(second, newest) && isHere(second, middle) && !isHere(second, oldest));
  // Opened, it is the one used last, and the least used makes room.
  await read(second, oldest);
  await until(async () => isHere(second, oldest) && !isHere(second, middle));
  expect((await second.call('files.space', {})).here.bytes).toBeLessThan(2_500_000);
  await second.call('files.keep', { propertyId, keep: 'all' });
  await until(async () => all.every((sha256) => isHere(second, sha256)));
  await until(async () => (await second.call('files.space', {})).here.bytes > 2_500_000);
  await second.call('files.keep', { propertyId, keep: 'newest' });
  expect((await second.call('files.space', {})).here.bytes).toBeLessThan(2_500_000);
  // The desk that brought them lost nothing of it.
  expect(all.every((sha256) => isHere(first, sha256))).toBe(true);
});

test('a desk that ends while a download waits for its turn ends at once', async () => {
  const { propertyId, second } = await onlyOpened();
  const sha256 = await uploaded(randomBytes(2_000_000), propertyId);
  await second.call('sync.now', {});
  await second.call('files.saveSpace', { downloadLimit: 8 });
  const reading = read(second, sha256).catch((error: unknown) => error);
  await until(async () => ((await second.call('sync.state', {})).downloads[0]?.sent ?? 0) > 0);
  await second.stop();
  expect(await reading).toMatchObject({ code: 'cancelled' });
});

test('a limited download moves from the start, keeps the desk alive, and hurries as soon as it may', async () => {
  const { propertyId, second } = await onlyOpened();
  const sha256 = await uploaded(randomBytes(600_000), propertyId);
  await second.call('sync.now', {});
  await second.call('files.saveSpace', { downloadLimit: 8 });
  const reading = read(second, sha256);
  await until(async () => ((await second.call('sync.state', {})).downloads[0]?.sent ?? 0) > 0);
  expect(isHere(second, sha256)).toBe(false);
  await second.call('files.saveSpace', { downloadLimit: 0 });
  expect(await reading).toBeGreaterThan(600_000);
});
