import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import {
  type BootstrapReason,
  type BootstrapState,
  bootstrapReasons,
} from '../../shared/features/sync/bootstrap-contract.ts';
import { instantText } from '../../shared/lib/dates.ts';
import { type ErrorCode, OperationError } from '../../shared/lib/errors.ts';
import type { SnapshotHead } from '../../shared/sync/snapshot.ts';
import type { OpenOptions } from '../db/database.ts';
import { isDiskFull } from '../db/disk-full.ts';
import { metaKeys, metaNumber } from '../db/meta.ts';
import type { DeskLog, MetaStore } from '../service/context.ts';
import { jittered, retryDelay } from './backoff.ts';
import { beginSnapshot, type SnapshotSource, snapshotChunks } from './bootstrap-fetch.ts';
import { type Building, buildingPath, knowsNow, openBuilding, removeBuilding } from './bootstrap-store.ts';
import { swapIn, takeOver } from './bootstrap-swap.ts';
import { catchUp } from './bootstrap-tail.ts';
import { syncErrorCode } from './transfers.ts';

/** A database that is ready to take the place of the desk's. */
export interface Replacement {
  /** Copies what only this desk has; called when nothing writes any more. Until it returns nothing has changed. */
  readonly takeOver: () => void;
  /** Puts it in the place of the closed database. */
  readonly swap: () => void;
  /** It is not wanted any more. */
  readonly discard: () => void;
}

export interface BootstrapDeps {
  readonly sqlite: Database.Database;
  readonly meta: MetaStore;
  readonly place: OpenOptions;
  readonly now: () => number;
  readonly log: DeskLog;
  readonly told: () => void;
  /** Null while the desk may not reach the viewer. */
  readonly target: () => { readonly url: string; readonly token: string } | null;
  /** Takes it from here: ends the sync, puts the database in its place, begins anew. */
  readonly replace: (replacement: Replacement) => void;
  /** The viewer has no snapshot to give, or it is not wanted any more: rows come by the log. */
  readonly givenUp: () => void;
  /** Why the database that was handed over last did not take its place; then the next try waits. */
  readonly problem: ErrorCode | null;
  /** A process that is killed at one of these points is what a test looks at. */
  readonly reached?: (point: BootstrapPoint) => void;
}

export type BootstrapPoint = 'begun' | 'kept' | 'loaded' | 'indexed' | 'caught-up' | 'taken-over' | 'swapped';

export interface Bootstrap {
  readonly state: () => BootstrapState | null;
  /** Whether rows are to come by a snapshot, so that none are pulled meanwhile. */
  readonly holdsPull: () => boolean;
  readonly want: (reason: BootstrapReason) => void;
  /** Whether a snapshot is the shorter way to so many missing changes; it is wanted then. */
  readonly prefers: (missing: number) => boolean;
  /** @throws OperationError `not-possible-now` where nothing is under way */
  readonly cancel: () => void;
  /** Begins or goes on where it is due and nothing is under way. */
  readonly run: () => void;
  /** Resolves when it has ended, or waits for something. */
  readonly settled: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Between two moments at which what arrived is kept (bytes on the line). */
const keepEvery = 1024 * 1024;
/** After a full disk or a database that was not sound: another try soon would end alike (milliseconds). */
const retryLater = 5 * 60_000;

/**
 * From so many missing changes on the rows come sooner than the changes. Measured on one machine: a desk merges 10,000 to
 * 15,000 changes a second, their way here not counted, and loads 40,000 to 50,000 rows; so up to 200,000 rows are worth it.
 */
const farBehind = 50_000;

interface Wish {
  readonly reason: BootstrapReason;
  readonly cancelled: boolean;
}

/** Loads the rows of the company from a snapshot into a database of their own, and hands it over when it is whole. */
export function createBootstrap(deps: BootstrapDeps): Bootstrap {
  const { meta } = deps;
  const point = (name: BootstrapPoint): void => deps.reached?.(name);
  let control: AbortController | null = null;
  let running: Promise<void> | null = null;
  let handedOver = false;
  let pauses: (() => void)[] = [];
  let phase: 'waiting' | 'loading' | 'finishing' = 'waiting';
  let problem: ErrorCode | null = deps.problem;
  let notBefore = deps.problem === null ? 0 : performance.now() + retryLater;
  let progress = { rows: 0, total: null as number | null, bytes: 0, began: 0, firstRows: 0 };

  let refused = false;

  const wish = (): Wish | null => {
    const kept = meta.get(metaKeys.bootstrap) as Partial<Wish> | null | undefined;
    const reason = bootstrapReasons.find((known) => known === kept?.reason);
    return reason === undefined ? null : { reason, cancelled: kept?.cancelled === true };
  };

  const isRequired = (reason: BootstrapReason): boolean => reason === 'joined' || reason === 'upgrade';

  const remaining = (): number | null => {
    const { rows, total, began, firstRows } = progress;
    const seconds = (performance.now() - began) / 1000;
    if (total === null || rows <= firstRows || seconds < 1) return null;
    return Math.round(((total - rows) * seconds) / (rows - firstRows));
  };

  const load = async (
    building: Building,
    source: SnapshotSource,
    asked: Promise<SnapshotHead> | null,
  ): Promise<void> => {
    let head = building.head();
    if (head === null) {
      head = await (asked ?? beginSnapshot(source));
      building.begin(head, source.url);
      point('begun');
    }
    const total = head.tables.reduce((sum, table) => sum + table.rows, 0);
    progress = { rows: building.rows(), total, bytes: 0, began: performance.now(), firstRows: building.rows() };
    phase = 'loading';
    deps.told();
    let unkept = 0;
    try {
      for await (const chunk of snapshotChunks(source, head.id, building.nextChunk())) {
        source.signal.throwIfAborted();
        building.insert(chunk.entity, chunk.text);
        unkept += chunk.bytes;
        progress = { ...progress, rows: building.rows(), bytes: progress.bytes + chunk.bytes };
        problem = null;
        deps.told();
        if (unkept < keepEvery) continue;
        building.keep();
        unkept = 0;
        point('kept');
      }
    } finally {
      // What arrived whole is kept, whatever ended it.
      building.keep();
    }
  };

  const handOver = (building: Building): void => {
    handedOver = true;
    let done = false;
    deps.replace({
      takeOver: () => {
        takeOver(building, deps.place, instantText(deps.now()));
        point('taken-over');
        building.close();
        done = true;
      },
      swap: () => {
        swapIn(deps.place.path);
        point('swapped');
      },
      discard: () => {
        if (!done) building.close();
        removeBuilding(deps.place.path);
      },
    });
  };

  const attempt = async (source: SnapshotSource): Promise<void> => {
    // The viewer counts while the new database gets its tables.
    const asked = existsSync(buildingPath(deps.place.path)) ? null : beginSnapshot(source);
    asked?.catch(() => undefined);
    const building = openBuilding(deps.place, source.url);
    try {
      await load(building, source, asked);
      point('loaded');
      phase = 'finishing';
      deps.told();
      building.finish();
      point('indexed');
      await catchUp(building, source);
      point('caught-up');
      source.signal.throwIfAborted();
      handOver(building);
    } catch (error) {
      building.close();
      throw error;
    }
  };

  const work = async (signal: AbortSignal): Promise<void> => {
    for (let failures = 0; !signal.aborted; ) {
      const viewer = deps.target();
      if (viewer === null) return;
      const before = progress.rows;
      try {
        await attempt({ ...viewer, signal });
        return;
      } catch (error) {
        if (signal.aborted) return;
        failures = progress.rows > before ? 1 : failures + 1;
        if (settle(error)) return;
        const delay = isDiskFull(error) ? retryLater : jittered(retryDelay(error, failures));
        await wait(delay, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  };

  /** Answers whether there is no point in another try. */
  const settle = (error: unknown): boolean => {
    problem = syncErrorCode(error, deps.log);
    phase = 'waiting';
    const gone = error instanceof OperationError && error.code === 'not-found';
    const half = !(error instanceof OperationError);
    // Half a database helps nobody who needs the room, and one that is not sound must not be gone on with.
    if (gone || half) removeBuilding(deps.place.path);
    if (gone && progress.total === null) {
      meta.set(metaKeys.bootstrap, null);
      problem = null;
      refused = true;
      deps.givenUp();
      return true;
    }
    progress = { ...progress, total: gone || half ? null : progress.total };
    deps.told();
    rest();
    return problem === 'device-revoked' || problem === 'not-signed-in';
  };

  const rest = (): void => {
    for (const resolve of pauses) resolve();
    pauses = [];
  };

  const run = (): void => {
    const wanted = wish();
    if (running !== null || handedOver || wanted === null || wanted.cancelled || deps.target() === null) return;
    if (performance.now() < notBefore) return;
    const mine = new AbortController();
    control = mine;
    progress = { rows: 0, total: null, bytes: 0, began: performance.now(), firstRows: 0 };
    running = work(mine.signal)
      .catch((error: unknown) => deps.log.error({ err: error }, 'loading the rows failed'))
      .finally(() => {
        running = null;
        rest();
        deps.told();
      });
    deps.told();
  };

  if (wish() === null) removeBuilding(deps.place.path);
  // An older version had to leave out what this one knows.
  const leftOut = meta.get(metaKeys.leftOut);
  if (wish() === null && Array.isArray(leftOut) && knowsNow(leftOut as string[])) {
    meta.set(metaKeys.bootstrap, { reason: 'upgrade', cancelled: false });
  }

  return {
    state: () => {
      const wanted = wish();
      if (wanted === null) return null;
      return {
        reason: wanted.reason,
        phase: wanted.cancelled ? 'cancelled' : phase,
        required: isRequired(wanted.reason),
        rows: progress.rows,
        totalRows: progress.total,
        bytes: progress.bytes,
        remainingSeconds: phase === 'loading' ? remaining() : null,
        problem,
      };
    },
    holdsPull: () => {
      const wanted = wish();
      return wanted !== null && (isRequired(wanted.reason) || !wanted.cancelled);
    },
    want: (reason) => {
      const before = wish();
      const kept = before !== null && isRequired(before.reason) ? before.reason : reason;
      meta.set(metaKeys.bootstrap, { reason: kept, cancelled: false });
      problem = null;
      notBefore = 0;
      deps.told();
    },
    prefers: (missing) => {
      // A viewer that was restored is behind itself: the desk has rows that it lost, and brings them back by the log.
      const recovering = (meta.get(metaKeys.recovering) ?? null) !== null;
      if (missing < farBehind || refused || recovering || metaNumber(meta, metaKeys.cursor, 0) === 0) return false;
      meta.set(metaKeys.bootstrap, { reason: 'far-behind', cancelled: false });
      deps.told();
      return true;
    },
    cancel: () => {
      const wanted = wish();
      if (wanted === null || handedOver) throw new OperationError('not-possible-now');
      refused = true;
      control?.abort();
      // Rows that this desk lacks stay wanted, until somebody asks for them again.
      meta.set(metaKeys.bootstrap, isRequired(wanted.reason) ? { ...wanted, cancelled: true } : null);
      problem = null;
      deps.told();
      void (running ?? Promise.resolve()).then(() => {
        if (!handedOver && (wish()?.cancelled ?? true)) removeBuilding(deps.place.path);
        deps.givenUp();
      });
    },
    run,
    settled: () =>
      running === null || problem !== null
        ? Promise.resolve()
        : new Promise((resolve) => {
            pauses.push(resolve);
          }),
    stop: async () => {
      control?.abort();
      await running;
    },
  };
}
