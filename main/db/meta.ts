import type Database from 'better-sqlite3';
import type { JsonValue } from '../../shared/sync/changes.ts';
import type { MetaStore } from '../service/context.ts';

/** Keys of the desk's own facts. */
export const metaKeys = {
  organisationId: 'organisationId',
  staffId: 'staffId',
  deviceId: 'deviceId',
  /** Clock of the newest local or seen change. */
  hlc: 'hlc',
  deviceSeq: 'deviceSeq',
  viewerUrl: 'viewerUrl',
  viewerName: 'viewerName',
  token: 'token',
  epoch: 'epoch',
  cursor: 'cursor',
  /** The change at the cursor, `{cursor, change}`: tells a restored viewer from the one that gave the cursor. */
  mark: 'mark',
  /** The newest changeset that the viewer has judged: `{epoch, device, seq}`, of the epoch and device that were then. */
  settled: 'settled',
  /** Accepted changes of this desk that it has not pulled: `{epoch, cursor, changes}`, the cursor of then. */
  ownLead: 'ownLead',
  /** The newest protocol version that the viewer has answered to. */
  viewerProtocol: 'viewerProtocol',
  confirmedAt: 'confirmedAt',
  offline: 'offline',
  revoked: 'revoked',
  /** Why the rows have to be loaded anew, until they are. */
  bootstrap: 'bootstrap',
  /** Names of what the last snapshot held and this version did not know. */
  leftOut: 'leftOut',
  /** The viewer was restored, and what it lost is not back yet: `{epoch, after}`, how far it was offered. Else null. */
  recovering: 'recovering',
  /** What of the log a desk skipped by loading rows and has not fetched yet, see `log-gap.ts`. */
  logGaps: 'logGaps',
  /** What the last comparison with the viewer found. */
  selfCheck: 'selfCheck',
  /** When the next one is due (milliseconds since 1970). */
  selfCheckDue: 'selfCheckDue',
  /** The newest entry of the conflict journal that was told by a notification: instant and id. */
  conflictsTold: 'conflictsTold',
  /** The incarnation of this database, to be held against the file beside it. */
  incarnation: 'incarnation',
  /** This database is a copy: the wish and the token with which it becomes a device of its own. */
  fork: 'fork',
  /** When it became one. */
  forkedAt: 'forkedAt',
} as const;

/** Small facts beside the rows; takes part in the transaction that is open. */
export function openMeta(sqlite: Database.Database): MetaStore & { readonly remove: (key: string) => void } {
  const read = sqlite.prepare<[string], { value: string }>('select value from meta where key = ?');
  const write = sqlite.prepare(
    'insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
  );
  const erase = sqlite.prepare('delete from meta where key = ?');
  return {
    get: (key) => {
      const row = read.get(key);
      return row === undefined ? undefined : (JSON.parse(row.value) as JsonValue);
    },
    set: (key, value) => void write.run(key, JSON.stringify(value)),
    remove: (key) => void erase.run(key),
  };
}

/** A text fact, or null. */
export function metaText(meta: MetaStore, key: string): string | null {
  const value = meta.get(key);
  return typeof value === 'string' ? value : null;
}

/** A number, or the fallback. */
export function metaNumber(meta: MetaStore, key: string, fallback: number): number {
  const value = meta.get(key);
  return typeof value === 'number' ? value : fallback;
}
