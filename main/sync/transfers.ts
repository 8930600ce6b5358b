import { type ErrorCode, OperationError } from '../../shared/lib/errors.ts';
import type { DeskLog } from '../service/context.ts';
import { jittered, retryDelay } from './backoff.ts';
import { errorCodeOf } from './error-code.ts';
import type { FileLanes } from './files.ts';
import type { FileTarget } from './line.ts';
import { Backpressure } from './remote.ts';

export interface TransfersDeps {
  readonly lanes: FileLanes;
  readonly log: DeskLog;
  readonly changed: (entities: readonly string[]) => void;
  /** A file has gone up, or come down, whole. */
  readonly moved?: (way: 'sent' | 'received', sha256: string) => void;
  /** What `problem` answers has changed. */
  readonly told: () => void;
  /** Null while nothing may move. */
  readonly target: () => FileTarget | null;
}

/** Moves the files that wait, in both directions, one after the other. */
export interface Transfers {
  /** Begins where it does not run; tries again by itself after a failure. */
  readonly run: () => void;
  /** Why not everything moved. */
  readonly problem: () => ErrorCode | null;
  /** No further try until the next `run`. */
  readonly pause: () => void;
  /** Waits for the end of what `target`'s signal has ended. */
  readonly stop: () => Promise<void>;
}

export function createTransfers(deps: TransfersDeps): Transfers {
  const { lanes } = deps;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let wanted = false;
  let failures = 0;
  let problem: ErrorCode | null = null;
  /** Files the viewer named and did not have: asked for again after the next start, or when somebody opens one. */
  const gone = new Set<string>();

  /** One file with a problem stands aside, and the others go on. */
  const upload = async (failed: Map<string, unknown>): Promise<void> => {
    for (;;) {
      const viewer = deps.target();
      const next = viewer === null ? undefined : lanes.nextUpload(new Set(failed.keys()));
      if (viewer === null || next === undefined) return;
      try {
        await lanes.upload(viewer, next);
        deps.changed(['blob']);
        deps.moved?.('sent', next);
      } catch (error) {
        if (concernsAll(error)) throw error;
        failed.set(next, error);
      }
    }
  };

  /** Answers whether another one may be missing. */
  const download = async (failed: Map<string, unknown>): Promise<boolean> => {
    const viewer = deps.target();
    const next = viewer === null ? undefined : lanes.nextDownload(new Set([...gone, ...failed.keys()]));
    if (viewer === null || next === undefined) return false;
    try {
      await lanes.fetch(viewer, next);
      deps.changed(['attachment']);
      deps.moved?.('received', next);
    } catch (error) {
      if (concernsAll(error)) throw error;
      deps.log.warn({ err: error }, 'file not fetched');
      if (isGone(error)) gone.add(next);
      else failed.set(next, error);
    }
    return true;
  };

  /** What came to be sent while files were fetched does not wait for the last of them. */
  const moveAll = async (): Promise<unknown> => {
    const failed = new Map<string, unknown>();
    do await upload(failed);
    while (await download(failed));
    lanes.makeRoom();
    return failed.values().next().value ?? null;
  };

  const pause = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };

  const settle = (error: unknown): void => {
    // Files have a clock of their own: nothing else has to happen for another try.
    failures = error === null ? 0 : failures + 1;
    if (error !== null) timer = setTimeout(run, jittered(retryDelay(error, failures)));
    const before = problem;
    problem = error === null ? null : syncErrorCode(error, deps.log);
    if (problem !== before) deps.told();
  };

  const run = (): void => {
    // A file that came while others go down must not wait for the next event.
    wanted = running !== null;
    if (wanted || deps.target() === null) return;
    pause();
    running = moveAll()
      .catch((error: unknown) => error)
      .then((error) => {
        running = null;
        // A file that was named and did not come is named again.
        if (error !== null) lanes.stale();
        if (deps.target() === null) return;
        settle(error);
        if (error === null && wanted) run();
      });
  };

  return {
    run,
    problem: () => problem,
    pause,
    stop: async () => {
      pause();
      await running;
      pause();
    },
  };
}

/** The viewer named it and has it not, or not as it was: another try would bring the same. */
function isGone(error: unknown): boolean {
  return error instanceof OperationError && (error.code === 'not-found' || error.code === 'file-content-mismatch');
}

/** The line, the desk's access or its disk: then no other file fares better. */
function concernsAll(error: unknown): boolean {
  if (!(error instanceof OperationError)) return true;
  if (error.code === 'viewer-unreachable') return error.details.reason === undefined;
  return (
    error instanceof Backpressure ||
    error.code === 'device-revoked' ||
    error.code === 'disk-full' ||
    error.code === 'cancelled'
  );
}

/** The code that says why the sync stopped; what nobody expected goes to the log. */
export function syncErrorCode(error: unknown, log: DeskLog): ErrorCode {
  const code = errorCodeOf(error);
  if (code === 'internal') log.error({ err: error }, 'sync failed');
  return code;
}
