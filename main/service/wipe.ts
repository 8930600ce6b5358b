import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { instantText } from '../../shared/lib/dates.ts';
import { syncFolder, writeDurably } from './durable-file.ts';
import { lockFolder } from './lock.ts';
import type { DeskPlace } from './place.ts';

const mark = z.strictObject({
  /** When the order arrived. */
  at: z.iso.datetime(),
  /** Key and data are gone; until then every start goes on deleting. */
  done: z.boolean(),
});

type WipePlace = Pick<DeskPlace, 'keyFile' | 'incarnationFile' | 'wipeFile' | 'dataDir'>;

/** Writes down that key and data are to go, before anything goes: a kill at any point does not end it. */
export function orderWipe({ wipeFile }: Pick<DeskPlace, 'wipeFile'>, now: number): void {
  if (readMark(wipeFile)?.done === false) return;
  writeDurably(wipeFile, JSON.stringify({ at: instantText(now), done: false }));
}

/**
 * Deletes what an order is for: first the key, without which the database is noise for ever, then the database and the
 * files. Does nothing without an order. Runs at every start, before a key is read or made.
 * @throws what the system throws; the next start goes on
 */
export function finishWipe(place: WipePlace): void {
  const ordered = readMark(place.wipeFile);
  if (ordered === null || ordered.done) return;
  destroyKey(place.keyFile);
  destroyHalfKeys(place.keyFile);
  emptyFolder(place.dataDir);
  rmSync(place.incarnationFile, { force: true });
  writeDurably(place.wipeFile, JSON.stringify({ ...ordered, done: true }));
}

/** When this desk was emptied on the company's order, as long as nobody has begun anew; null otherwise. */
export function wipedAt(wipeFile: string): string | null {
  return readMark(wipeFile)?.at ?? null;
}

/** There is a company again: what happened to the last one is told no longer. */
export function forgetWipe({ wipeFile }: Pick<DeskPlace, 'wipeFile'>): void {
  rmSync(wipeFile, { force: true });
}

/** Overwrites and deletes the key: in plain in the file, or sealed by the keyring, it exists nowhere else. */
export function destroyKey(keyFile: string): void {
  if (!existsSync(keyFile)) return;
  const file = openSync(keyFile, 'r+');
  try {
    const { size } = statSync(keyFile);
    writeSync(file, Buffer.alloc(size), 0, size, 0);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  rmSync(keyFile);
  syncFolder(dirname(keyFile));
}

/** A kill while the key was written leaves it under a longer name beside its file. */
function destroyHalfKeys(keyFile: string): void {
  const folder = dirname(keyFile);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (name.startsWith(`${basename(keyFile)}.`)) destroyKey(join(folder, name));
}

function emptyFolder(folder: string): void {
  if (!existsSync(folder)) return;
  // Throws while another process still works here.
  const lock = lockFolder(folder);
  try {
    for (const name of readdirSync(folder)) {
      if (!name.startsWith('desk.lock')) rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 5 });
    }
  } finally {
    lock.release();
  }
}

/** Null without an order, and for a mark that is none: nothing is ever deleted on a guess. */
function readMark(file: string): z.infer<typeof mark> | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    return mark.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
