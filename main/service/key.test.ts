import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type KeyOptions, type Keyring, openKey } from './key.ts';

/** A keyring like the system's: what one user sealed another cannot open. */
const keyringOf = (user: string): Keyring => ({
  encrypt: (text) => Buffer.from(`${user}:${text}`),
  decrypt: (sealed) => {
    const [owner, text] = sealed.toString().split(':');
    if (owner !== user || text === undefined) throw new Error('Error while decrypting the ciphertext');
    return text;
  },
});

let folder: string;
let options: (keyring: Keyring | null) => KeyOptions;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'treppenhaus-key-'));
  options = (keyring) => ({
    file: join(folder, 'data', 'key.json'),
    database: join(folder, 'data', 'desk.sqlite'),
    keyring,
  });
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = () => join(folder, 'data', 'key.json');
const gone = { code: 'not-possible-now', details: { reason: 'database-key' } };

test('without a keyring the key is a file that only its user can read, and says so', async () => {
  const made = await openKey(options(null));
  expect(made.key).toHaveLength(32);
  expect(made.protection).toBe('file');
  expect(await openKey(options(null))).toEqual(made);
  if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'data'))).toEqual(['key.json']);
});

test('with a keyring the file holds no key', async () => {
  const made = await openKey(options(keyringOf('anna')));
  expect(made.protection).toBe('system');
  expect(await openKey(options(keyringOf('anna')))).toEqual(made);
  expect(readFileSync(file(), 'utf8')).not.toContain(made.key.toString('base64'));
});

test('two desks have two keys', async () => {
  const first = await openKey(options(null));
  rmSync(file());
  expect((await openKey(options(null))).key.equals(first.key)).toBe(false);
});

test('a keyring that appears later takes the key over', async () => {
  const before = await openKey(options(null));
  const after = await openKey(options(keyringOf('anna')));
  expect(after).toEqual({ key: before.key, protection: 'system' });
  expect(readFileSync(file(), 'utf8')).not.toContain(before.key.toString('base64'));
});

test('another user, a lost keyring, a broken or a lost file: the database is not opened with a new key', async () => {
  await openKey(options(keyringOf('anna')));
  const sealed = readFileSync(file(), 'utf8');
  await expect(openKey(options(keyringOf('otto')))).rejects.toMatchObject(gone);
  await expect(openKey(options(null))).rejects.toMatchObject(gone);
  expect(readFileSync(file(), 'utf8')).toBe(sealed);
  for (const broken of ['', '{', '{"version":2}', '{"version":1,"protection":"file","key":"c2hvcnQ="}']) {
    writeFileSync(file(), broken);
    await expect(openKey(options(null))).rejects.toMatchObject(gone);
    expect(readFileSync(file(), 'utf8')).toBe(broken);
  }
  mkdirSync(join(folder, 'data'), { recursive: true });
  writeFileSync(join(folder, 'data', 'desk.sqlite'), 'x');
  rmSync(file());
  await expect(openKey(options(null))).rejects.toMatchObject(gone);
  expect(readdirSync(join(folder, 'data'))).toEqual(['desk.sqlite']);
});

test('a full disk leaves no half key and is said', async () => {
  const keyring = keyringOf('anna');
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  const handle = await open(folder);
  await handle.close();
  vi.spyOn(Object.getPrototypeOf(handle) as typeof handle, 'sync').mockRejectedValueOnce(full);
  await expect(openKey(options(keyring))).rejects.toMatchObject({ code: 'disk-full' });
  expect(readdirSync(join(folder, 'data'))).toEqual([]);
  expect((await openKey(options(keyring))).key).toHaveLength(32);
});
