import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { v7 } from 'uuid';
import { z } from 'zod';
import { metaKeys, metaText, openMeta } from '../db/meta.ts';
import { wishFork } from '../sync/fork.ts';
import type { DeskLog } from './context.ts';
import { writeDurably } from './durable-file.ts';

/** In the file: the incarnation that runs, or ran last. */
const tokenFile = z.strictObject({ incarnation: z.uuid() });
/** In the database: what the file holds now, and what it is about to hold. */
const tokens = z.strictObject({ current: z.uuid().nullable(), next: z.uuid() });

export interface IncarnationOptions {
  readonly sqlite: Database.Database;
  /** Outside the database and its folder. */
  readonly file: string;
  readonly log: DeskLog;
}

/**
 * Tells at every start whether this database goes on where it stopped. A token stands in the database and in a file
 * outside it, and both move on together: a database older than the file was restored from a backup, one without its
 * file was copied here. Either is a copy, and becomes a device of its own at the next contact (a desk that is not paired
 * yet only takes another name). Safe against a kill anywhere: the database first holds both the old and the new token,
 * then the file becomes the new one.
 */
export function beginIncarnation({ sqlite, file, log }: IncarnationOptions): 'same' | 'copy' {
  const meta = openMeta(sqlite);
  let found: string | null;
  try {
    found = readToken(file);
  } catch (error) {
    // Nothing says that this is a copy, and were it one, the viewer would tell by its numbers.
    log.warn({ err: error }, 'the incarnation cannot be read');
    return 'same';
  }
  const known = tokens.safeParse(meta.get(metaKeys.incarnation)).data ?? null;
  const verdict = judge(known, found);
  const next = randomUUID();
  sqlite
    .transaction(() => {
      if (verdict === 'copy' && metaText(meta, metaKeys.token) !== null) wishFork(meta);
      else if (verdict === 'copy') meta.set(metaKeys.deviceId, v7());
      meta.set(metaKeys.incarnation, { current: found, next });
    })
    .immediate();
  try {
    writeDurably(file, `${JSON.stringify({ incarnation: next })}\n`);
  } catch (error) {
    // With the old token the next start is the same desk still: nobody is kept from working by it.
    log.warn({ err: error }, 'the incarnation is not written');
  }
  if (verdict === 'copy') log.warn({}, 'this database is a copy');
  return verdict;
}

function judge(known: z.infer<typeof tokens> | null, found: string | null): 'same' | 'copy' {
  // The first start, or the first with this version. A file without a token in the database is a database from before.
  if (known === null) return found === null ? 'same' : 'copy';
  return found !== null && (found === known.current || found === known.next) ? 'same' : 'copy';
}

/** Null where it is missing or says nothing: then nobody knows this database. */
function readToken(file: string): string | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    return tokenFile.parse(JSON.parse(text)).incarnation;
  } catch {
    return null;
  }
}
