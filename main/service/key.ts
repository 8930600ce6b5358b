import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { OperationError } from '../../shared/lib/errors.ts';
import { isDiskFull } from '../db/disk-full.ts';
import type { DeskLog } from './context.ts';
import type { DeskPlace } from './place.ts';
import { finishWipe } from './wipe.ts';
import type { ServiceStart } from './wire.ts';

/** What the system's keyring does for the key: Electron's `safeStorage` where a real keyring stands behind it. */
export interface Keyring {
  readonly encrypt: (text: string) => Buffer;
  readonly decrypt: (sealed: Buffer) => string;
}

export interface DeskKey {
  /** 32 bytes. */
  readonly key: Buffer;
  /** `file`: anybody who can read this user's files can read the key. */
  readonly protection: 'system' | 'file';
}

export interface KeyOptions {
  /** Path of `key.json`. */
  readonly file: string;
  /** The database that the key is for: where it exists, a new key would be a lie. */
  readonly database: string;
  /** Null where the system has no real keyring. */
  readonly keyring: Keyring | null;
}

const keyFile = z.strictObject({
  version: z.literal(1),
  protection: z.enum(['system', 'file']),
  /** Base64: the key itself, or the key's base64 sealed by the keyring. */
  key: z.base64(),
});

/**
 * Reads the database key, or makes one at the first start. Without a keyring it is kept in a file that only this user
 * can read; a keyring that appears later takes it over.
 * @throws OperationError `not-possible-now` (`reason: 'database-key'`) when the key of an existing database is gone or sealed by another user or system.
 */
export async function openKey(options: KeyOptions): Promise<DeskKey> {
  const text = await readFile(options.file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) {
    if (existsSync(options.database)) throw keyGone();
    return store(options, randomBytes(32));
  }
  const found = parse(text);
  if (found.protection === 'system') return { key: unseal(options.keyring, found.key), protection: 'system' };
  const key = checked(found.key);
  return options.keyring === null ? { key, protection: 'file' } : store(options, key);
}

/** The key, or why the service cannot start: for its windows. Ends a wipe that was ordered before. */
export async function serviceStart(place: DeskPlace, keyring: Keyring | null, log: DeskLog): Promise<ServiceStart> {
  try {
    finishWipe(place);
    const { key, protection } = await openKey({ file: place.keyFile, database: place.database, keyring });
    return { key, keyProtection: protection };
  } catch (error) {
    log.error({ err: error }, 'no database key');
    const { code, details } = error instanceof OperationError ? error : new OperationError('internal');
    return { refusal: { code, details } };
  }
}

const keyGone = () => new OperationError('not-possible-now', { reason: 'database-key' });

function parse(text: string): z.infer<typeof keyFile> & { readonly key: string } {
  try {
    return keyFile.parse(JSON.parse(text));
  } catch {
    throw keyGone();
  }
}

function unseal(keyring: Keyring | null, sealed: string): Buffer {
  if (keyring === null) throw keyGone();
  let text: string;
  try {
    text = keyring.decrypt(Buffer.from(sealed, 'base64'));
  } catch {
    throw keyGone();
  }
  return checked(text);
}

function checked(base64: string): Buffer {
  const key = Buffer.from(base64, 'base64');
  if (key.length !== 32) throw keyGone();
  return key;
}

/** Keeps the key durably before anything is written with it. */
async function store(options: KeyOptions, key: Buffer): Promise<DeskKey> {
  const text = key.toString('base64');
  const protection = options.keyring === null ? 'file' : 'system';
  const kept = options.keyring === null ? text : options.keyring.encrypt(text).toString('base64');
  await mkdir(dirname(options.file), { recursive: true, mode: 0o700 });
  const temporary = `${options.file}.${randomUUID()}`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify({ version: 1, protection, key: kept })}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, options.file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw isDiskFull(error) ? new OperationError('disk-full') : error;
  }
  return { key, protection };
}
