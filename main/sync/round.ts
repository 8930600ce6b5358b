import { setImmediate as breathe } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { instantText } from '../../shared/lib/dates.ts';
import { OperationError } from '../../shared/lib/errors.ts';
import type { Author, Changeset } from '../../shared/sync/changes.ts';
import { laterHlc } from '../../shared/sync/clock.ts';
import { protocolVersion, type Verdict } from '../../shared/sync/protocol.ts';
import { metaKeys, metaNumber, metaText } from '../db/meta.ts';
import type { RowStore } from '../db/rows.ts';
import type { MetaStore } from '../service/context.ts';
import { type Apply, createApply, createTakeBack, rowsOf } from './apply.ts';
import { openDialect } from './dialect.ts';
import type { Moved } from './history.ts';
import { createLogGap } from './log-gap.ts';
import { openOwnLead } from './own-lead.ts';
import { openPulled } from './pulled.ts';
import type { SyncQueue } from './queue.ts';
import { createRecovery } from './recover.ts';
import type { Remote } from './remote.ts';
import { inSlices } from './slices.ts';

export interface RoundDeps {
  readonly sqlite: Database.Database;
  readonly rows: RowStore;
  readonly meta: MetaStore;
  readonly queue: SyncQueue;
  readonly now: () => number;
  /** Rows of these entities changed and are committed. */
  readonly changed: (entities: readonly string[]) => void;
  /** The viewer was restored: besides rows it may have lost files. Called inside the transaction that starts over. */
  readonly restored: () => void;
  /** The queue became shorter. */
  readonly progressed: () => void;
  /** Rows come by a snapshot: nothing is pulled meanwhile. */
  readonly holdsPull?: () => boolean;
  /** So many changes of others are missing here: whether rows come by a snapshot instead. */
  readonly farBehind?: (missing: number) => boolean;
  /** The head that the viewer answered a push with. */
  readonly answered?: (head: number) => void;
  /** Changes were judged or came. */
  readonly moved?: (what: Moved) => void;
  /** Applies a page; the real one unless a proof of the tests puts in a wrong one. */
  readonly apply?: Apply;
}

/** Rows asked for at once when something was refused. */
const rowsPerRequest = 500;
/** A viewer is not restored more often than this within one push. */
const maxRestarts = 3;

const markSchema = z.object({ cursor: z.number(), change: z.string() });
const settledSchema = z.object({ epoch: z.string(), device: z.string(), seq: z.number() });

/**
 * One round: push everything that waits, then pull to the head. Every step is durable by itself, so a round may be cut
 * anywhere. @throws OperationError of the viewer or `viewer-unreachable`
 */
export function createRound(deps: RoundDeps) {
  const { meta, queue } = deps;
  const apply = deps.apply ?? createApply(deps);
  const takeBack = createTakeBack(deps, queue);
  const unpark = deps.sqlite.prepare('delete from parked_change');

  const pulled = openPulled(deps.sqlite);
  const dialect = openDialect(meta, deps.now);
  const ownLead = openOwnLead(meta);
  const recovery = createRecovery({ ...deps, pulled, dialect });
  const fetchSkipped = createLogGap({ ...deps, pulled, dialect });

  /** Where this desk stands; the change at its cursor where a page brought one. */
  const standing = (): { readonly epoch: string | null; readonly cursor: number; readonly mark: string | null } => {
    const cursor = metaNumber(meta, metaKeys.cursor, 0);
    const known = markSchema.safeParse(meta.get(metaKeys.mark));
    const mark = known.success && known.data.cursor === cursor ? known.data.change : null;
    return { epoch: metaText(meta, metaKeys.epoch), cursor, mark };
  };

  /** The newest changeset that the viewer has judged in the epoch that this desk knows; null for none. */
  const settled = (): z.infer<typeof settledSchema> | null => {
    const known = settledSchema.safeParse(meta.get(metaKeys.settled));
    return known.success && known.data.epoch === metaText(meta, metaKeys.epoch) ? known.data : null;
  };

  const noteSettled = (batch: readonly Changeset[], epoch: string): void => {
    const device = metaText(meta, metaKeys.deviceId);
    const before = settled();
    const known = before?.epoch === epoch && before.device === device ? before.seq : 0;
    const seq = batch.reduce((newest, { deviceSeq }) => Math.max(newest, deviceSeq), known);
    if (device !== null) meta.set(metaKeys.settled, { epoch, device, seq });
  };

  /** What version 1 does not know, for a viewer that does. */
  const said = (protocol: number) => {
    if (protocol < 2 || !dialect.isSure(2)) return {};
    const { mark } = standing();
    const judged = settled();
    return {
      ...(mark === null ? {} : { mark }),
      ...(judged === null ? {} : { settled: judged.seq, settledBy: judged.device }),
    };
  };

  const where = (protocol: number) => {
    const { epoch, cursor } = standing();
    return protocol >= 2 && dialect.isSure(2) && epoch !== null ? { at: { epoch, cursor, ...said(protocol) } } : {};
  };

  const pushOnce = async (remote: Remote) =>
    dialect.speak(async (protocol) => {
      const batch = queue.next(protocol);
      if (batch.length === 0) return null;
      return { batch, answer: await remote('sync.push', { protocol, changesets: [...batch], ...where(protocol) }) };
    });

  const push = async (remote: Remote): Promise<void> => {
    let restarts = 0;
    for (let sent = await pushOnce(remote); sent !== null; sent = await pushOnce(remote)) {
      const { batch, answer } = sent;
      if (answer.reset === true) {
        restarts += 1;
        if (restarts > maxRestarts) throw new OperationError('internal');
        restart(answer.epoch);
        await recovery.run(remote);
        continue;
      }
      deps.answered?.(answer.head);
      const judged = new Set(answer.verdicts.map((verdict) => verdict.changesetId));
      if (batch.some((changeset) => !judged.has(changeset.id))) throw new OperationError('internal');
      // Fetched before the verdicts are settled: a kill in between asks again and takes back then.
      const refused = batch.filter((changeset) =>
        answer.verdicts.some((verdict) => verdict.changesetId === changeset.id && verdict.verdict === 'rejected'),
      );
      const held = await rowsHeld(remote, rowsOf(refused));
      const refusedChanges = changesIn(refused);
      const accepted = changesIn(batch) - refusedChanges;
      deps.sqlite.transaction(() => {
        queue.settle(answer.verdicts, instantText(deps.now()));
        noteSettled(batch, answer.epoch);
        ownLead.accepted(accepted, answer.epoch);
        if (held.length > 0) takeBack(held);
        setClockBack(answer.verdicts);
      })();
      if (held.length > 0) deps.changed([...new Set(held.map((row) => row.entity))]);
      deps.moved?.({ sent: accepted, refused: refusedChanges });
      deps.progressed();
      await breathe();
    }
  };

  /**
   * The clock of a desk that ran ahead goes back to what the viewer made of it, or every later write would be ahead too,
   * long after somebody set the machine's clock right. Only once nothing waits that was stamped ahead.
   */
  const setClockBack = (verdicts: readonly Verdict[]): void => {
    const stamps = verdicts.flatMap((verdict) => verdict.stamps.map((stamp) => stamp.hlc));
    if (stamps.length === 0 || queue.pendingChanges() > 0) return;
    meta.set(
      metaKeys.hlc,
      stamps.reduce((latest, stamp) => laterHlc(latest, stamp)),
    );
  };

  const pull = async (remote: Remote): Promise<{ readonly head: number }> => {
    for (;;) {
      const { cursor, epoch } = standing();
      const page = await dialect.speak((protocol) =>
        remote('sync.pull', { protocol, cursor, ...(epoch === null ? {} : { epoch, ...said(protocol) }) }),
      );
      if (page.reset) {
        restart(page.epoch);
        await recovery.run(remote);
        await push(remote);
        continue;
      }
      if (deps.farBehind?.(page.head - cursor - ownLead.count()) === true) return { head: page.head };
      const touched = new Set<string>();
      for (const slice of inSlices(page)) {
        for (const name of apply(slice.changes, { epoch: page.epoch, cursor: slice.cursor }).entities)
          touched.add(name);
        await breathe();
      }
      if (touched.size > 0) deps.changed([...touched]);
      deps.moved?.({ received: page.changes.filter(({ author }) => !isOwn(author)).length });
      if (!page.more) return { head: page.head };
    }
  };

  /** While nothing is pulled: whether the viewer was restored, before its rows take the place of what only this desk has. */
  const look = async (remote: Remote): Promise<void> => {
    const answer = await dialect.speak(async (protocol) => {
      const { at } = where(protocol);
      return at === undefined ? null : remote('sync.push', { protocol, changesets: [], at });
    });
    if (answer?.reset !== true) return;
    restart(answer.epoch);
    await recovery.run(remote);
    await push(remote);
  };

  const isOwn = (author: Author): boolean =>
    author.kind === 'staff' && author.deviceId === metaText(meta, metaKeys.deviceId);

  /** The viewer was restored: read its log from the start, and bring back and push again what it may have lost. */
  const restart = deps.sqlite.transaction((epoch: string): void => {
    meta.set(metaKeys.epoch, epoch);
    meta.set(metaKeys.cursor, 0);
    // All of it comes again, under sequences of its own.
    meta.set(metaKeys.logGaps, []);
    unpark.run();
    recovery.begin(epoch);
    queue.pushAgain();
    deps.restored();
  });

  /** @param whole false pushes only */
  return async (remote: Remote, whole = true): Promise<void> => {
    await recovery.run(remote);
    await push(remote);
    if (!whole) return;
    if (deps.holdsPull?.() === true) {
      await look(remote);
      return;
    }
    const { head } = await pull(remote);
    if (queue.pendingChanges() === 0 && metaNumber(meta, metaKeys.cursor, 0) >= head) {
      meta.set(metaKeys.confirmedAt, instantText(deps.now()));
    }
    await fetchSkipped(remote);
    // Only what this version cannot hold is left, and the person has to know.
    const held = dialect.version() < protocolVersion && queue.next().length > 0;
    if (held && queue.next(dialect.version()).length === 0)
      throw new OperationError('protocol-too-new', { server: dialect.version() });
  };
}

function changesIn(changesets: readonly Changeset[]): number {
  return changesets.reduce((sum, changeset) => sum + changeset.changes.length, 0);
}

async function rowsHeld(remote: Remote, rows: readonly { readonly entity: string; readonly id: string }[]) {
  const held: Awaited<ReturnType<typeof remote<'sync.rows'>>>['rows'] = [];
  for (let start = 0; start < rows.length; start += rowsPerRequest) {
    const answer = await remote('sync.rows', { rows: rows.slice(start, start + rowsPerRequest) });
    held.push(...answer.rows);
  }
  return held;
}
