import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { blobId } from '../../shared/features/files/model.ts';
import { startTestViewer, type TestViewer } from '../setup/viewer.ts';
import { attach, companyOf, type Desks, isAvailable, isUploaded, openDesks, until } from './desks.ts';
import { type Line, openLine } from './line.ts';

let viewer: TestViewer;
let line: Line;
let desks: Desks;
beforeAll(async () => {
  viewer = await startTestViewer();
});
afterAll(() => viewer?.stop());
beforeEach(async () => {
  desks = await openDesks(viewer);
  line = await openLine(Number(new URL(viewer.url).port));
});
afterEach(async () => {
  await desks.stop();
  await line.close();
});

const megabyte = 1024 * 1024;

test('an upload goes on after days and a new start of the desk, without sending again what has arrived', async () => {
  const desk = await desks.found(line.url);
  const id = await companyOf(desk);
  await desk.call('files.saveSpace', { uploadLimit: 2_000 });
  const sha256 = await attach(desk.call, randomBytes(8 * megabyte));
  await until(async () => ((await desk.call('sync.state', {})).uploads[0]?.sent ?? 0) >= 2 * megabyte);
  line.cut();
  await desk.stop();
  const before = line.up();
  line.mend();
  const again = await desks.open('a');
  await again.call('files.saveSpace', { uploadLimit: 0 });
  await until(() => isAvailable(viewer, id, sha256));
  await until(() => isUploaded(again));
  expect(line.up() - before).toBeLessThan(7 * megabyte);
});

test('an upload that the viewer gave up after a month begins anew', async () => {
  const desk = await desks.found(line.url);
  const id = await companyOf(desk);
  await desk.call('files.saveSpace', { uploadLimit: 2_000 });
  const sha256 = await attach(desk.call, randomBytes(4 * megabyte));
  await until(async () => ((await desk.call('sync.state', {})).uploads[0]?.sent ?? 0) >= megabyte);
  line.cut();
  await desk.stop();
  const folder = join(viewer.dataFolder, 'uploads');
  const notes = (await readdir(folder)).filter((name) => name.startsWith(id) && name.endsWith('.json'));
  expect(notes).toHaveLength(1);
  const note = join(folder, notes[0] ?? '');
  const upload = JSON.parse(await readFile(note, 'utf8')) as { creation_date: string };
  upload.creation_date = new Date(Date.now() - 31 * 24 * 3600_000).toISOString();
  await writeFile(note, JSON.stringify(upload));
  const before = line.up();
  line.mend();
  const again = await desks.open('a');
  await again.call('files.saveSpace', { uploadLimit: 0 });
  await until(() => isAvailable(viewer, id, sha256));
  await until(() => isUploaded(again));
  expect(line.up() - before).toBeGreaterThan(4 * megabyte);
});

test('while a file goes up the desk says how much is left and how fast it goes, and another limit counts at once', async () => {
  const desk = await desks.found(line.url);
  const id = await companyOf(desk);
  await desk.call('files.saveSpace', { uploadLimit: 64 });
  const first = await attach(desk.call, randomBytes(2 * megabyte));
  const second = await attach(desk.call, randomBytes(megabyte));
  await until(async () => ((await desk.call('sync.state', {})).uploads[0]?.sent ?? 0) > 0);
  const state = await desk.call('sync.state', {});
  expect(state.pendingUploads).toBe(2);
  expect(state.pendingUploadBytes).toBeGreaterThan(2 * megabyte);
  expect(state.pendingUploadBytes).toBeLessThan(3 * megabyte + 100);
  expect(state.uploads[0]?.bytesPerSecond).toBeGreaterThan(0);
  // At 64 KB a second this would take most of a minute.
  await desk.call('files.saveSpace', { uploadLimit: 0 });
  for (const sha256 of [first, second]) await until(() => isAvailable(viewer, id, sha256));
  await until(() => isUploaded(desk));
  expect(await desk.call('sync.state', {})).toMatchObject({ uploads: [], pendingUploads: 0, pendingUploadBytes: 0 });
});

test('a file that the viewer removed as unused comes back when a row refers to it again', async () => {
  const desk = await desks.found(line.url);
  const id = await companyOf(desk);
  const content = randomBytes(1000);
  const sha256 = await attach(desk.call, content);
  await until(() => isAvailable(viewer, id, sha256));
  await until(() => isUploaded(desk));
  await viewer.viewer.company(id, ({ write }) =>
    write({ kind: 'server' }, [{ entity: 'blob', id: blobId(sha256), set: { deleted: true } }]),
  );
  await viewer.viewer.blobs.remove(id, sha256);
  await desk.call('sync.now', {});
  await until(() => isAvailable(viewer, id, sha256));
});
