import type Database from 'better-sqlite3';
import type { HistoryEntry } from '../../shared/features/sync/journal-contract.ts';
import { instantText } from '../../shared/lib/dates.ts';
import type { ErrorCode } from '../../shared/lib/errors.ts';
import { isDiskFull } from '../db/disk-full.ts';
import { errorCodeOf } from './error-code.ts';

/** Counts of changes and files, and bytes of files. */
export interface Moved {
  readonly sent?: number;
  readonly refused?: number;
  readonly received?: number;
  readonly filesSent?: number;
  readonly filesReceived?: number;
  readonly bytesSent?: number;
  readonly bytesReceived?: number;
}

/** The desk's own record of its syncs: stretches in which something moved or failed. */
export interface SyncHistory {
  /** Runs a round; what `moved` says meanwhile and how it ended is its entry. Throws what the round throws. */
  readonly during: (round: () => Promise<void>) => Promise<void>;
  /** Something moved, within a round or beside it. */
  readonly moved: (what: Moved) => void;
  /** A file has gone up, or come down, whole. */
  readonly fileMoved: (way: 'sent' | 'received', sha256: string) => void;
  /** Start of the tries that have failed since the last success; null where the last one went well. */
  readonly failingSince: () => string | null;
  readonly list: (offset: number, limit: number) => { readonly total: number; readonly rows: HistoryEntry[] };
}

/** Rounds that follow each other within this time are one stretch (milliseconds). */
const together = 60_000;
const keepMilliseconds = 90 * 24 * 3600_000;
const keepEntries = 1000;

interface Row {
  readonly id: number;
  readonly started_at: string;
  readonly ended_at: string;
  readonly sent: number;
  readonly refused: number;
  readonly received: number;
  readonly files_sent: number;
  readonly files_received: number;
  readonly bytes_sent: number;
  readonly bytes_received: number;
  readonly tries: number;
  readonly code: ErrorCode | null;
}

/** Opens the history in the desk's database. A disk that is full costs the entry, never the round. */
export function openHistory(sqlite: Database.Database, now: () => number): SyncHistory {
  const last = sqlite.prepare<[], Row>('select * from sync_history order by id desc limit 1');
  const insert = sqlite.prepare<[string, string, string | null]>(
    'insert into sync_history (started_at, ended_at, code) values (?, ?, ?)',
  );
  const end = sqlite.prepare<[string, number, string | null, number]>(
    'update sync_history set ended_at = ?, tries = tries + ?, code = ? where id = ?',
  );
  const add = sqlite.prepare<number[]>(
    `update sync_history set sent = sent + ?, refused = refused + ?, received = received + ?,
     files_sent = files_sent + ?, files_received = files_received + ?, bytes_sent = bytes_sent + ?,
     bytes_received = bytes_received + ? where id = ?`,
  );
  const prune = sqlite.prepare<[string, number]>(
    `delete from sync_history where ended_at < ?
     or id <= (select id from sync_history order by id desc limit 1 offset ?)`,
  );
  const count = sqlite.prepare<[], { n: number }>('select count(*) as n from sync_history');
  const sizeOf = sqlite.prepare<[string], { size: number }>('select size from local_file where sha256 = ?');
  const page = sqlite.prepare<[number, number], Row>('select * from sync_history order by id desc limit ? offset ?');

  // A success that moved nothing leaves no entry, and yet ends what failed before it.
  let failing = last.get()?.code != null;
  let startedAt: string | null = null;

  /** The entry that goes on, or a new one. */
  const entry = sqlite.transaction((code: ErrorCode | null, from: string, to: string): number => {
    const before = last.get();
    const recent = before !== undefined && Math.abs(Date.parse(from) - Date.parse(before.ended_at)) <= together;
    const goesOn =
      before !== undefined && (code === null ? before.code === null && recent : before.code === code && failing);
    if (goesOn) {
      end.run(to, code === null ? 0 : 1, code, before.id);
      return before.id;
    }
    // Something moved in the same round before it failed: that is its entry.
    if (code !== null && before !== undefined && before.code === null && before.started_at === from) {
      end.run(to, 0, code, before.id);
      return before.id;
    }
    const id = Number(insert.run(from, to, code).lastInsertRowid);
    prune.run(instantText(now() - keepMilliseconds), keepEntries);
    return id;
  });

  const record = (write: () => void): void => {
    try {
      write();
    } catch (error) {
      if (!isDiskFull(error)) throw error;
    }
  };

  const moved = (what: Moved): void => {
    if (Object.values(what).every((number) => number === 0)) return;
    record(() => {
      const at = instantText(now());
      const numbers = [what.sent, what.refused, what.received, what.filesSent, what.filesReceived, what.bytesSent];
      add.run(...[...numbers, what.bytesReceived].map((number) => number ?? 0), entry(null, startedAt ?? at, at));
    });
  };

  return {
    moved,
    fileMoved: (way, sha256) => {
      const bytes = sizeOf.get(sha256)?.size ?? 0;
      moved(way === 'sent' ? { filesSent: 1, bytesSent: bytes } : { filesReceived: 1, bytesReceived: bytes });
    },
    during: async (round) => {
      const began = instantText(now());
      startedAt = began;
      try {
        await round();
        const before = last.get();
        if (before?.started_at === began && before.code === null)
          record(() => end.run(instantText(now()), 0, null, before.id));
        failing = false;
      } catch (error) {
        const code = errorCodeOf(error);
        if (code !== 'cancelled') {
          record(() => void entry(code, began, instantText(now())));
          failing = true;
        }
        throw error;
      } finally {
        startedAt = null;
      }
    },
    failingSince: () => (failing ? (last.get()?.started_at ?? null) : null),
    list: (offset, limit) => ({ total: count.get()?.n ?? 0, rows: page.all(limit, offset).map(entryOf) }),
  };
}

function entryOf(row: Row): HistoryEntry {
  return {
    id: String(row.id),
    startedAt: row.started_at,
    endedAt: row.ended_at,
    sent: row.sent,
    refused: row.refused,
    received: row.received,
    filesSent: row.files_sent,
    filesReceived: row.files_received,
    bytesSent: row.bytes_sent,
    bytesReceived: row.bytes_received,
    tries: row.tries,
    code: row.code,
  };
}
