import { existsSync } from 'node:fs';
import { chmod, lstat, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clearGround, groundFor } from './place.ts';

/** This user in the part of the one whom a closed folder keeps out. */
const identity = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
let folder: string;
let closed: string;
let ground: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'treppenhaus-place-'));
  await chmod(folder, 0o755);
  closed = join(folder, 'closed');
  ground = join(folder, 'ground');
  await mkdir(closed, { mode: 0o700 });
});
afterEach(() => rm(folder, { recursive: true }));

test('a folder that everybody can walk to is used where it is, also when it is there already', async () => {
  const place = join(folder, 'postgres');
  expect(await groundFor(identity, place, ground)).toBe(place);
  expect(await groundFor(identity, place, ground)).toBe(place);
  expect(existsSync(ground)).toBe(false);
});

test('in a closed folder a link leads to open ground, and stays', async () => {
  const place = join(closed, 'postgres');
  const real = await groundFor(identity, place, ground);
  expect(real.startsWith(ground)).toBe(true);
  expect((await lstat(place)).isSymbolicLink()).toBe(true);
  expect(await groundFor(identity, place, ground)).toBe(real);
});

test('a deleted data folder does not bring back the data of an earlier one', async () => {
  const place = join(closed, 'postgres');
  await writeFile(join(await groundFor(identity, place, ground), 'PG_VERSION'), '18');
  await rm(closed, { recursive: true });
  await mkdir(closed, { mode: 0o700 });
  expect(await readdir(await groundFor(identity, place, ground))).toEqual([]);
});

test('clearing takes the data behind the link along', async () => {
  const place = join(closed, 'postgres');
  await writeFile(join(await groundFor(identity, place, ground), 'PG_VERSION'), '18');
  await clearGround(place);
  expect(await readdir(ground)).toEqual([]);
  expect(existsSync(place)).toBe(false);
});
