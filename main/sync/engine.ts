import { setTimeout as pause } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import type { SyncState } from '../../shared/features/sync/contract.ts';
import { type ErrorCode, OperationError } from '../../shared/lib/errors.ts';
import type { OpenOptions } from '../db/database.ts';
import { metaKeys, metaText } from '../db/meta.ts';
import type { RowStore } from '../db/rows.ts';
import type { FileStore } from '../features/files/store.ts';
import type { DeskLog, MetaStore, SyncControl } from '../service/context.ts';
import { createReplay } from './apply.ts';
import { jittered, reopenDelay, retryDelay } from './backoff.ts';
import { type BootstrapPoint, createBootstrap, type Replacement } from './bootstrap.ts';
import { createDeviceControl } from './devices.ts';
import { olderSide, openDialect } from './dialect.ts';
import { createFileRules } from './file-rules.ts';
import { filesDependOn, openFileLanes } from './files.ts';
import { createForking } from './fork.ts';
import { openHistory } from './history.ts';
import { createPacing, echo, gather } from './pacing.ts';
import { openPulled } from './pulled.ts';
import { openQueue } from './queue.ts';
import { openRefused } from './refused.ts';
import { createRemote } from './remote.ts';
import { createRound } from './round.ts';
import { createRounds } from './rounds.ts';
import { createSelfCheck } from './self-check.ts';
import { type HintStream, openHintStream } from './stream.ts';
import { createTeller } from './tell.ts';
import { createTransfers, syncErrorCode } from './transfers.ts';

export interface SyncEngineDeps {
  readonly sqlite: Database.Database;
  readonly rows: RowStore;
  readonly meta: MetaStore;
  readonly files: FileStore;
  readonly now: () => number;
  readonly appVersion: string;
  readonly log: DeskLog;
  readonly changed: (entities: readonly string[]) => void;
  readonly stateChanged: (state: SyncState) => void;
  /** Where the database lies; a bootstrap builds another one beside it. */
  readonly place: OpenOptions;
  readonly replace: (replacement: Replacement) => void;
  readonly replaceProblem: ErrorCode | null;
  /** The company wants key and data of this desk deleted. */
  readonly wipe: () => void;
  readonly reached: ((point: BootstrapPoint) => void) | undefined;
}

export interface SyncEngine extends SyncControl {
  readonly start: () => void;
  /** Ends what is under way; everything that was acknowledged is on the disk. */
  readonly stop: () => Promise<void>;
}

/** Times in milliseconds. */
const poll = 30_000;
/** A revoked desk asks so often whether it still is. */
const askAgain = 15 * 60_000;
/** Between two states that windows are told: nobody reads faster. */
const tellEvery = 100;
/** Acknowledged changes are kept so long, to be pushed again to a restored viewer. */
const keepAcknowledged = 60 * 24 * 3600_000;
const pruneEvery = 6 * 3600_000;
/** Rounds without a pause while a copy becomes a device of its own: one is told so, one asks for it, and once more. */
const forksAtOnce = 4;

/** The desk's side of the sync: push before pull, files on a lane of their own, a hint stream, and polling behind it. */
export function createSyncEngine(deps: SyncEngineDeps): SyncEngine {
  const { meta } = deps;
  const queue = openQueue(deps.sqlite, deps.rows);
  const lanes = openFileLanes(deps);
  const changed = (entities: readonly string[]): void => {
    if (entities.some((entity) => filesDependOn.has(entity))) lanes.stale();
    deps.changed(entities);
  };
  const history = openHistory(deps.sqlite, deps.now);
  const refused = openRefused(deps.sqlite);
  const pulled = openPulled(deps.sqlite);
  const pacing = createPacing(deps);
  const control = new AbortController();
  const conflicts = deps.sqlite.prepare<[], { n: number }>(
    'select count(*) as n from conflict where resolved_at is null and not deleted',
  );
  let connection: SyncState['connection'] = 'not-paired';
  let lastError: ErrorCode | null = null;
  let prunedAt = 0;
  let failures = 0;
  let hints: HintStream | null = null;
  /** Streams in a row that said nothing: a proxy may let none through, and then polling has to do. */
  let muteStreams = 0;

  const target = () => {
    const url = metaText(meta, metaKeys.viewerUrl);
    const token = metaText(meta, metaKeys.token);
    return url === null || token === null ? null : { url, token };
  };
  const isOffline = () => meta.get(metaKeys.offline) === true;
  const isRevoked = () => meta.get(metaKeys.revoked) === true;

  /** Null while the viewer may not be asked for anything. */
  const reachable = () => (isOffline() || isRevoked() || control.signal.aborted ? null : target());

  const state = (): SyncState => ({
    connection,
    viewerUrl: metaText(meta, metaKeys.viewerUrl),
    confirmedAt: metaText(meta, metaKeys.confirmedAt),
    pendingChanges: queue.pendingChanges(),
    ...lanes.state(),
    conflicts: conflicts.get()?.n ?? 0,
    rejected: queue.rejected(),
    lastError: lastError ?? transfers.problem(),
    updateNeeded: olderSide(lastError),
    failingSince: history.failingSince(),
    bootstrap: bootstrap.state(),
    selfCheck: selfCheck.state(),
  });
  const teller = createTeller(() => deps.stateChanged(state()), tellEvery);
  const tell = teller.ask;
  const setConnection = (next: SyncState['connection']): void => {
    connection = next;
    tell();
  };

  const transfers = createTransfers({
    lanes,
    log: deps.log,
    changed: deps.changed,
    moved: history.fileMoved,
    told: tell,
    target: () => {
      const viewer = target();
      if (viewer === null || isOffline() || isRevoked() || control.signal.aborted) return null;
      return { ...viewer, signal: control.signal, progressed: tell };
    },
  });

  const round = createRound({
    ...deps,
    changed,
    queue,
    progressed: tell,
    answered: pacing.answered,
    restored: lanes.offerAgain,
    moved: history.moved,
    holdsPull: () => bootstrap.holdsPull(),
    farBehind: (missing) => bootstrap.prefers(missing),
  });

  const bootstrap = createBootstrap({
    ...deps,
    problem: deps.replaceProblem,
    told: tell,
    target: reachable,
    givenUp: () => rounds.soon(),
  });

  const forking = createForking(deps);
  const remoteOf = (viewer: { readonly url: string; readonly token: string | null }) =>
    createRemote(viewer.url, viewer.token, control.signal);

  /** Reads every acknowledged changeset, so not at every round. */
  const prune = (): void => {
    const now = deps.now();
    if (Math.abs(now - prunedAt) < pruneEvery) return;
    prunedAt = now;
    queue.prune(new Date(now - keepAcknowledged).toISOString());
    pulled.prune();
  };

  const settle = (error: unknown): void => {
    const code = syncErrorCode(error, deps.log);
    lastError = code;
    failures += 1;
    if (code === 'device-revoked' || code === 'not-signed-in') {
      meta.set(metaKeys.revoked, true);
      stopListening();
      setConnection('revoked');
      if (error instanceof OperationError && error.details.destroyKey === true) deps.wipe();
    } else if (code === 'protocol-too-old' || code === 'protocol-too-new') setConnection('update-needed');
    else setConnection('offline');
    // The token of the device that this one was is not its own any more.
    if (code === 'device-forked') stopListening();
  };

  /**
   * A revoked desk goes on asking: it may be told to delete its key, or be admitted again with its person or with a
   * viewer that was restored from a time before.
   */
  const admittedAgain = async (viewer: { readonly url: string; readonly token: string }): Promise<boolean> => {
    try {
      await remoteOf(viewer)('sync.deviceContacts', {});
      meta.set(metaKeys.revoked, false);
      return true;
    } catch (error) {
      if (control.signal.aborted) return false;
      rounds.after(jittered(askAgain));
      if (error instanceof OperationError && error.code === 'device-revoked') settle(error);
      return false;
    }
  };

  /** Answers whether it went well. */
  const runRound = async (): Promise<boolean> => {
    const viewer = target();
    if (viewer === null || isOffline() || control.signal.aborted) return true;
    if (isRevoked() && !(await admittedAgain(viewer))) return true;
    if (connection !== 'online') setConnection('connecting');
    let wait = 0;
    try {
      const whole = pacing.begin();
      await history.during(() => forking(remoteOf(viewer), (remote) => round(remote, whole)));
      wait = whole ? jittered(poll) : echo;
      if (!whole && pacing.isBusy()) await pause(gather, undefined, { signal: control.signal });
      failures = 0;
      lastError = null;
      prune();
      setConnection('online');
      listen(viewer);
      bootstrap.run();
      if (bootstrap.state() === null && selfCheck.isDue()) beginCheck();
      transfers.run();
    } catch (error) {
      if (control.signal.aborted) return false;
      // Before anything that writes: on a full disk that fails as well, and the next try must come all the same.
      const forked = error instanceof OperationError && error.code === 'device-forked' && failures < forksAtOnce;
      rounds.after(forked ? 0 : jittered(retryDelay(error, failures + 1)));
      settle(error);
      return false;
    }
    rounds.after(wait);
    return true;
  };

  const rounds = createRounds(runRound, (error) => deps.log.error({ err: error }, 'sync failed'));

  const wholeRound = (): Promise<void> => {
    pacing.ask();
    return rounds.run();
  };

  const listen = (viewer: { readonly url: string; readonly token: string }): void => {
    // A round that ended while the engine was stopped opens no stream that nobody would close.
    if (control.signal.aborted) return;
    hints ??= openHintStream(
      viewer.url,
      viewer.token,
      (head) => {
        muteStreams = 0;
        // Asked again when a round that runs has ended: its push may be what the viewer hints at.
        if (pacing.hint(head)) return rounds.soon(pacing.hasOthers);
        if (queue.pendingChanges() > 0) return;
        meta.set(metaKeys.confirmedAt, new Date(deps.now()).toISOString());
        tell();
      },
      () => {
        hints = null;
        if (connection === 'online') rounds.after(jittered(reopenDelay(muteStreams)));
        muteStreams += 1;
      },
    );
  };

  const selfCheck = createSelfCheck({
    ...deps,
    signal: control.signal,
    remote: () => remoteOf(online()),
    round: () => rounds.run(),
    different: () => {
      bootstrap.want('mismatch');
      rounds.soon();
    },
    told: tell,
  });
  /** Not within the round that finds it due: it waits for rounds of its own. */
  const beginCheck = (): void => {
    setImmediate(() => {
      selfCheck.run().catch((error: unknown) => syncErrorCode(error, deps.log));
    });
  };

  const online = (): { readonly url: string; readonly token: string } => {
    const viewer = target();
    if (viewer === null) throw new OperationError('not-possible-now', { reason: 'not-paired' });
    if (isOffline()) throw new OperationError('offline');
    return viewer;
  };

  const stopListening = (): void => {
    hints?.stop();
    hints = null;
  };

  return {
    state,
    history: history.list,
    dismissRefused: (ids) => {
      refused.dismiss(ids);
      tell();
    },
    recallRefused: (ids) => {
      refused.recall(ids);
      tell();
    },
    start: () => {
      // Rows that an older version left out come first: what it parked may build on them.
      if (!bootstrap.holdsPull()) createReplay(deps)();
      connection = target() === null ? 'not-paired' : isRevoked() ? 'revoked' : isOffline() ? 'paused' : 'offline';
      if (connection === 'offline' || connection === 'revoked') rounds.after(0);
    },
    stop: async () => {
      control.abort();
      teller.stop();
      stopListening();
      await bootstrap.stop();
      await selfCheck.stop();
      await rounds.stop();
      await transfers.stop();
    },
    poke: () => {
      pacing.wrote();
      if (target() !== null && !isOffline() && !isRevoked() && connection !== 'offline') rounds.soon();
      tell();
    },
    now: async () => {
      if (target() !== null && !isOffline()) await wholeRound();
      if (bootstrap.state()?.required) await bootstrap.settled();
      return state();
    },
    setOffline: (offline) => {
      meta.set(metaKeys.offline, offline);
      if (offline) {
        stopListening();
        rounds.pause();
        transfers.pause();
      }
      setConnection(target() === null ? 'not-paired' : offline ? 'paused' : 'connecting');
      if (!offline) void wholeRound();
      return state();
    },
    connect: async ({ url, code, deviceName }) => {
      const organisationId = metaText(meta, metaKeys.organisationId);
      const staffId = metaText(meta, metaKeys.staffId);
      const address = new URL(url).origin;
      const own =
        organisationId === null || staffId === null
          ? null
          : { id: organisationId, name: companyName(deps.sqlite), staffId };
      const remote = remoteOf({ url: address, token: null });
      const desk = { code, deviceName, appVersion: deps.appVersion, organisation: own };
      const paired = await openDialect(meta, deps.now).speak((protocol) => remote('sync.pair', { protocol, ...desk }));
      deps.sqlite.transaction(() => {
        meta.set(metaKeys.organisationId, paired.organisationId);
        meta.set(metaKeys.staffId, paired.staffId);
        meta.set(metaKeys.deviceId, paired.deviceId);
        meta.set(metaKeys.viewerUrl, address);
        meta.set(metaKeys.token, paired.token);
        meta.set(metaKeys.epoch, paired.epoch);
        meta.set(metaKeys.cursor, 0);
        meta.set(metaKeys.revoked, false);
        meta.set(metaKeys.offline, false);
        if (own === null) bootstrap.want('joined');
      })();
      stopListening();
      await wholeRound();
      await bootstrap.settled();
      return { organisationName: paired.organisationName };
    },
    erase: async (rows) => {
      await remoteOf(online())('sync.erase', { rows: [...rows] });
      await wholeRound();
    },
    devices: createDeviceControl(() => remoteOf(online()), wholeRound),
    bootstrap: () => {
      online();
      bootstrap.want('asked');
      rounds.soon();
    },
    cancelBootstrap: bootstrap.cancel,
    check: selfCheck.run,
    fetchFile: async (sha256, progress) => {
      const viewer = online();
      await lanes.fetch({ ...viewer, signal: control.signal, progressed: tell }, sha256, progress);
      deps.changed(['attachment']);
    },
    files: createFileRules({
      ...deps,
      used: lanes.used,
      changed: () => {
        lanes.stale();
        lanes.makeRoom();
        transfers.run();
        tell();
      },
    }),
  };
}

function companyName(sqlite: Database.Database): string {
  const row = sqlite.prepare<[], { name: string }>('select name from organisation limit 1').get();
  return row?.name ?? '';
}
