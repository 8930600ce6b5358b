import type Database from 'better-sqlite3';
import type { Change, Changeset } from '../../shared/sync/changes.ts';
import { type EntityName, entities } from '../../shared/sync/entities.ts';
import { restamp } from '../../shared/sync/merge.ts';
import { maxPushBytes, maxPushChanges, protocolVersion, type Verdict } from '../../shared/sync/protocol.ts';
import type { RowStore } from '../db/rows.ts';
import { neededFor } from './dialect.ts';

/** The sync queue: what this desk wrote and the viewer has not judged yet, in order. */
export interface SyncQueue {
  /** The next changesets that fit into one push; none from the first on that this version of the protocol cannot hold. */
  readonly next: (protocol?: number) => readonly Changeset[];
  readonly pendingChanges: () => number;
  readonly rejected: () => number;
  /** Records verdicts; answers the changesets that were refused. */
  readonly settle: (verdicts: readonly Verdict[], now: string) => readonly Changeset[];
  /** Changes of one row that still wait, oldest first. */
  readonly waitingFor: (entity: string, entityId: string) => readonly Change[];
  /**
   * Puts what the viewer has judged back into the queue, since it was restored and may have lost it: what it refused as
   * well, so that it is kept and told there again. What somebody has settled here stays settled.
   */
  readonly pushAgain: () => void;
  /** Forgets acknowledged changesets older than the instant. */
  readonly prune: (before: string) => void;
}

interface Row {
  readonly device_seq: number;
  readonly changeset_id: string;
  readonly staff_id: string;
  readonly import_id: string | null;
  readonly changes: string;
  readonly change_count: number;
}

export function openQueue(sqlite: Database.Database, rows: RowStore): SyncQueue {
  const pending = sqlite.prepare<[], Row>("select * from outbox where state = 'pending' order by device_seq");
  const byId = sqlite.prepare<[string], Row>('select * from outbox where changeset_id = ?');
  const settleOne = sqlite.prepare(
    'update outbox set state = ?, code = ?, field = ?, settled_at = ? where changeset_id = ?',
  );
  const rewrite = sqlite.prepare('update outbox set changes = ? where device_seq = ?');
  const unmark = sqlite.prepare('delete from pending_row where device_seq = ?');
  const count = sqlite.prepare<[], { n: number }>(
    "select coalesce(sum(change_count), 0) as n from outbox where state = 'pending'",
  );
  const rejectedCount = sqlite.prepare<[], { n: number }>("select count(*) as n from outbox where state = 'rejected'");
  const waiting = sqlite.prepare<[string, string], Row>(
    `select distinct o.* from outbox o join pending_row p on p.device_seq = o.device_seq
     where p.entity = ? and p.entity_id = ? and o.state = 'pending' order by o.device_seq`,
  );
  const again = sqlite.prepare(
    `update outbox set state = 'pending', code = null, field = null, settled_at = null
     where state in ('applied', 'superseded', 'rejected')`,
  );
  const remove = sqlite.prepare("delete from outbox where state in ('applied', 'superseded') and settled_at < ?");

  return {
    next: (protocol = protocolVersion) => {
      const batch: Changeset[] = [];
      let changes = 0;
      let bytes = 0;
      for (const row of pending.iterate()) {
        changes += row.change_count;
        bytes += row.changes.length;
        if (batch.length > 0 && (changes > maxPushChanges || bytes > maxPushBytes)) break;
        const changeset = changesetOf(row);
        // What comes after it may build on it: the rest waits with it.
        if (protocol < protocolVersion && neededFor(changeset.changes) > protocol) break;
        batch.push(changeset);
      }
      return batch;
    },
    pendingChanges: () => count.get()?.n ?? 0,
    rejected: () => rejectedCount.get()?.n ?? 0,
    settle: sqlite.transaction((verdicts: readonly Verdict[], now: string) => {
      const refused: Changeset[] = [];
      for (const verdict of verdicts) {
        const row = byId.get(verdict.changesetId);
        if (row === undefined) continue;
        const changeset = changesetOf(row);
        settleOne.run(verdict.verdict, verdict.code, verdict.field, now, verdict.changesetId);
        unmark.run(row.device_seq);
        if (verdict.verdict === 'rejected') refused.push(changeset);
        restampRows(rows, changeset, verdict);
        // Pushed or brought back again to a restored viewer, it has the clock that counts.
        if (verdict.stamps.length > 0)
          rewrite.run(JSON.stringify(restamped(changeset.changes, verdict)), row.device_seq);
      }
      return refused;
    }),
    waitingFor: (entity, entityId) =>
      waiting
        .all(entity, entityId)
        .flatMap((row) =>
          changesetOf(row).changes.filter((change) => change.entity === entity && change.entityId === entityId),
        ),
    pushAgain: () => void again.run(),
    prune: (before) => void remove.run(before),
  };
}

/** The changes with the canonical clocks; what they say stays, since the viewer knows them again by it. */
function restamped(changes: readonly Change[], { stamps }: Verdict): readonly Change[] {
  const clocks = new Map(stamps.map(({ changeId, hlc }) => [changeId, hlc]));
  return changes.map((change) => ({ ...change, hlc: clocks.get(change.id) ?? change.hlc }));
}

/** Takes over the canonical clocks of changes that the viewer clamped. */
function restampRows(rows: RowStore, changeset: Changeset, verdict: Verdict): void {
  for (const { changeId, hlc } of verdict.stamps) {
    const change = changeset.changes.find((candidate) => candidate.id === changeId);
    if (change === undefined) continue;
    const entity = change.entity as EntityName;
    const state = rows.read(entity, change.entityId);
    if (state !== null) rows.write(entity, change.entityId, restamp(entities[entity], state, change, hlc));
  }
}

function changesetOf(row: Row): Changeset {
  return {
    id: row.changeset_id,
    deviceSeq: row.device_seq,
    staffId: row.staff_id,
    importId: row.import_id,
    changes: JSON.parse(row.changes) as Change[],
  };
}
