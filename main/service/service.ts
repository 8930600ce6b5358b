import { mkdirSync } from 'node:fs';
import { v7 as uuidv7 } from 'uuid';
import { defaultMaxBytes } from '../../shared/contract/define.ts';
import { dispatch, failure } from '../../shared/contract/dispatch.ts';
import type { EventMessage, EventName, EventPayload } from '../../shared/contract/events.ts';
import { deskOperationNames, findOperation } from '../../shared/contract/registry.ts';
import { type Envelope, type ErrorCode, OperationError } from '../../shared/lib/errors.ts';
import { entityNames } from '../../shared/sync/entities.ts';
import { type DeskDatabase, type OpenOptions, openDatabase } from '../db/database.ts';
import { isDiskFull } from '../db/disk-full.ts';
import { createFileRecorder } from '../db/local-files.ts';
import { metaKeys, metaText, openMeta } from '../db/meta.ts';
import { openFileStore } from '../features/files/store.ts';
import type { BootstrapPoint, Replacement } from '../sync/bootstrap.ts';
import type { DeskContext, DeskLog, ShellPort } from './context.ts';
import { deskHandlers } from './handlers.ts';
import { beginIncarnation } from './incarnation.ts';
import { lockFolder } from './lock.ts';
import { replaceDatabase } from './replace.ts';
import { openSession, type Session } from './session.ts';
import { finishWipe, forgetWipe, orderWipe } from './wipe.ts';

/** The desk behind its hosts: operations in, events out. */
export interface DeskService {
  /** Never rejects. `bytes` is the size of the input as it arrived. */
  readonly call: (name: string, input: unknown, bytes: number) => Promise<Envelope<unknown>>;
  /** The same for an input that is still JSON text; what is too large is not even read. */
  readonly callText: (name: string, input: string) => Promise<Envelope<unknown>>;
  /** Returns the function that ends the subscription. */
  readonly on: (listener: (message: EventMessage) => void) => () => void;
  /** The machine woke up or its network changed: a moment to sync. */
  readonly wake: () => void;
  /** Ends the sync, closes files and database. Calls after it answer `not-possible-now`. */
  readonly stop: () => Promise<void>;
}

export interface DeskServiceOptions {
  /** Made where it is missing. One process at a time may work on it. */
  readonly dataDir: string;
  readonly database: string;
  readonly incarnationFile: string;
  readonly keyFile: string;
  readonly wipeFile: string;
  /** 32 bytes. */
  readonly key: Buffer;
  readonly shell: ShellPort;
  readonly log: DeskLog;
  /** Where a bundle keeps its copy of the migrations. */
  readonly migrationsFolder?: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Told how far a bootstrap is: tests end the process there. */
  readonly reached?: (point: BootstrapPoint) => void;
}

/**
 * Starts the desk. Where it cannot (another process works on the folder, another key, a newer version's database, a
 * full disk) it answers a service that says so to every call, so that the window shows a sentence and not nothing.
 */
export async function startDeskService(options: DeskServiceOptions): Promise<DeskService> {
  try {
    return await openService(options);
  } catch (error) {
    options.log.error({ err: error }, 'service did not start');
    return refusingService(startProblem(error));
  }
}

function startProblem(error: unknown): OperationError {
  if (isDiskFull(error)) return new OperationError('disk-full');
  return error instanceof OperationError ? error : new OperationError('internal');
}

/** A service that answers every call with one error. */
export function refusingService(refusal: Pick<OperationError, 'code' | 'details'>): DeskService {
  const answer = Promise.resolve(failure(new OperationError(refusal.code, refusal.details)));
  return { call: () => answer, callText: () => answer, on: () => () => {}, wake: () => {}, stop: async () => {} };
}

async function openService(options: DeskServiceOptions): Promise<DeskService> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const lock = lockFolder(options.dataDir);
  let database: DeskDatabase | null = null;
  try {
    database = openDatabase(databaseOf(options));
    beginIncarnation({ sqlite: database.sqlite, file: options.incarnationFile, log: options.log });
    if (hasCompany(database)) forgetWipe(options);
    return await compose(options, database, lock.release);
  } catch (error) {
    database?.close();
    lock.release();
    throw error;
  }
}

/** Puts the parts together; the only place that knows them all. */
async function compose(options: DeskServiceOptions, database: DeskDatabase, release: () => void): Promise<DeskService> {
  const { log } = options;
  const now = options.now ?? Date.now;
  const newId = () => uuidv7();
  const listeners = new Set<(message: EventMessage) => void>();
  const send = (message: EventMessage) => {
    for (const listener of listeners) listener(message);
  };
  const emit = <E extends EventName>(event: E, payload: EventPayload<E>) => send({ event, payload } as EventMessage);
  let record = createFileRecorder(database.sqlite, now);
  const files = await openFileStore({
    dataDir: options.dataDir,
    newId,
    recordFile: (file, upload) => record(file, upload),
  });
  const underWay = new Set<Promise<unknown>>();
  const callsEnded = () => Promise.allSettled(underWay);
  let replacing: Promise<void> | null = null;

  const open = (on: DeskDatabase, replaceProblem: ErrorCode | null): Session => {
    record = createFileRecorder(on.sqlite, now);
    return openSession(on, { options, files, now, newId, emit, replace, replaceProblem, wipe });
  };
  /** Calls wait from here on; those under way end first, since they hold the old database. */
  const replace = (replacement: Replacement): void => {
    replacing = (async () => {
      await session.sync.stop();
      await callsEnded();
      const problem = replaceDatabase(session.database, replacement, log);
      session = open(openDatabase(databaseOf(options)), problem);
      session.sync.start();
      emit('changed', { entities: [...entityNames] });
    })()
      .catch((error: unknown) => {
        log.error({ err: error }, 'the replaced database did not open');
        lost = startProblem(error);
      })
      .finally(() => {
        replacing = null;
      });
  };
  /** The company's order to delete key and data: calls are refused from here on, and the windows read that. */
  const wipe = (): void => {
    if (lost !== null) return;
    lost = new OperationError('device-revoked', { destroyKey: true });
    (async () => {
      try {
        orderWipe(options, now());
      } catch (error) {
        log.error({ err: error }, 'the order is not written down; the key goes all the same');
      }
      await options.shell.destroyKey();
      await served.stop();
      finishWipe(options);
    })()
      .catch((error: unknown) => log.error({ err: error }, 'key and data are not deleted yet; the next start goes on'))
      .finally(() => emit('restarted', {}));
  };
  let lost: OperationError | null = null;
  let session = open(database, null);

  const served = serve({
    listeners,
    underWay,
    log,
    context: () => session.context,
    waits: () => replacing,
    lost: () => lost,
    close: async () => {
      await replacing;
      // First the sync, since calls may wait for the viewer.
      await session.sync.stop();
      await callsEnded();
      await files.stop();
      session.database.close();
      release();
    },
  });
  session.sync.start();
  return served;
}

function hasCompany({ sqlite }: DeskDatabase): boolean {
  return metaText(openMeta(sqlite), metaKeys.organisationId) !== null;
}

function databaseOf(options: DeskServiceOptions): OpenOptions {
  return { path: options.database, key: options.key, migrationsFolder: options.migrationsFolder };
}

type AnyHandler = (context: DeskContext, input: never) => unknown;

/** Whatever an operation was about to write when the disk was full: it is said as what it is. */
const handlers = Object.fromEntries(
  Object.entries<AnyHandler>(deskHandlers).map(([name, handle]): [string, AnyHandler] => [
    name,
    async (context, input) => {
      try {
        return await handle(context, input);
      } catch (error) {
        throw isDiskFull(error) ? new OperationError('disk-full') : error;
      }
    },
  ]),
) as typeof deskHandlers;

interface Served {
  readonly listeners: Set<(message: EventMessage) => void>;
  /** Calls that have begun. */
  readonly underWay: Set<Promise<unknown>>;
  readonly log: DeskLog;
  readonly context: () => DeskContext;
  /** Calls begin after it. */
  readonly waits: () => Promise<void> | null;
  /** Why no call may begin any more. */
  readonly lost: () => OperationError | null;
  readonly close: () => Promise<void>;
}

function serve({ listeners, underWay, log, context, waits, lost, close }: Served): DeskService {
  let stopping: Promise<void> | null = null;
  const begin = (name: string, input: unknown, bytes: number): Promise<Envelope<unknown>> => {
    const refusal = lost() ?? (stopping === null ? null : new OperationError('not-possible-now'));
    if (refusal !== null) return Promise.resolve(failure(refusal));
    const answer = dispatch(handlers, context(), name, input, bytes, log);
    underWay.add(answer);
    return answer.finally(() => underWay.delete(answer));
  };
  const call: DeskService['call'] = (name, input, bytes) => {
    const wait = waits();
    return wait === null ? begin(name, input, bytes) : wait.then(() => begin(name, input, bytes));
  };
  return {
    call,
    callText: (name, input) => {
      const bytes = Buffer.byteLength(input);
      return call(name, bytes > largestInput ? undefined : parse(input), bytes);
    },
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    wake: () => {
      context()
        .sync.now()
        .catch((error: unknown) => log.error({ err: error }, 'sync failed'));
    },
    stop: () => {
      stopping ??= close();
      return stopping;
    },
  };
}

const largestInput = Math.max(...deskOperationNames.map((name) => findOperation(name)?.maxBytes ?? defaultMaxBytes));

/** Text that is no JSON becomes an input that no operation takes. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
