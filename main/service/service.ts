import { mkdirSync } from 'node:fs';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { defaultMaxBytes } from '../../shared/contract/define.ts';
import { dispatch, failure } from '../../shared/contract/dispatch.ts';
import type { EventMessage, EventName, EventPayload } from '../../shared/contract/events.ts';
import { deskOperationNames, findOperation } from '../../shared/contract/registry.ts';
import { type Envelope, OperationError } from '../../shared/lib/errors.ts';
import { naturalName } from '../../shared/sync/natural-id.ts';
import { type DeskDatabase, openDatabase } from '../db/database.ts';
import { isDiskFull } from '../db/disk-full.ts';
import { createFileRecorder } from '../db/local-files.ts';
import { metaKeys, metaText, openMeta } from '../db/meta.ts';
import { openRows } from '../db/rows.ts';
import { createWriter } from '../db/write.ts';
import { openFileStore } from '../features/files/store.ts';
import { createSyncEngine } from '../sync/engine.ts';
import type { DeskContext, DeskLog, Identity, MetaStore, ShellPort } from './context.ts';
import { deskHandlers } from './handlers.ts';
import { lockFolder } from './lock.ts';
import { version } from './version.ts';

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
  /** 32 bytes. */
  readonly key: Buffer;
  readonly shell: ShellPort;
  readonly log: DeskLog;
  /** Where a bundle keeps its copy of the migrations. */
  readonly migrationsFolder?: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
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
    database = openDatabase({
      path: options.database,
      key: options.key,
      migrationsFolder: options.migrationsFolder,
    });
    return await compose(options, database, lock.release);
  } catch (error) {
    database?.close();
    lock.release();
    throw error;
  }
}

/** Puts the parts together; the only place that knows them all. */
async function compose(options: DeskServiceOptions, database: DeskDatabase, release: () => void): Promise<DeskService> {
  const { log, shell } = options;
  const { sqlite } = database;
  const now = options.now ?? Date.now;
  const newId = () => uuidv7();
  const listeners = new Set<(message: EventMessage) => void>();
  const send = (message: EventMessage) => {
    for (const listener of listeners) listener(message);
  };
  const emit = <E extends EventName>(event: E, payload: EventPayload<E>) => send({ event, payload } as EventMessage);
  const changed = (entities: readonly string[]) => emit('changed', { entities: [...entities] });

  const meta = openMeta(sqlite);
  // A desk has a name for itself before a viewer gives it one.
  if (metaText(meta, metaKeys.deviceId) === null) meta.set(metaKeys.deviceId, newId());
  const rows = openRows(sqlite);
  const files = await openFileStore({
    dataDir: options.dataDir,
    newId,
    recordFile: createFileRecorder(sqlite, now),
  });
  const sync = createSyncEngine({
    sqlite,
    rows,
    meta,
    files,
    now,
    appVersion: version,
    log,
    changed,
    stateChanged: (state) => emit('sync', state),
  });
  const identity = () => readIdentity(meta);
  const writer = createWriter({
    sqlite,
    rows,
    meta,
    identity,
    now,
    newId,
    committed: (entities) => {
      changed(entities);
      sync.poke();
    },
  });
  const context: DeskContext = {
    db: database.read,
    write: writer.write,
    identity,
    now,
    clock: writer.clock,
    newId,
    naturalId: (entity, ...key) => uuidv5(naturalName(entity, key), identity().organisationId),
    meta,
    files,
    sync,
    shell,
    version,
    emit,
    log,
  };
  sync.start();
  return serve(context, listeners, async (callsEnded) => {
    // First the sync, since calls may wait for the viewer.
    await sync.stop();
    await callsEnded();
    await files.stop();
    database.close();
    release();
  });
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

function serve(
  context: DeskContext,
  listeners: Set<(message: EventMessage) => void>,
  close: (callsEnded: () => Promise<unknown>) => Promise<void>,
): DeskService {
  let stopping: Promise<void> | null = null;
  const underWay = new Set<Promise<unknown>>();
  const call: DeskService['call'] = (name, input, bytes) => {
    if (stopping !== null) return Promise.resolve(failure(new OperationError('not-possible-now')));
    const answer = dispatch(handlers, context, name, input, bytes, context.log);
    underWay.add(answer);
    return answer.finally(() => underWay.delete(answer));
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
      context.sync.now().catch((error: unknown) => context.log.error({ err: error }, 'sync failed'));
    },
    stop: () => {
      stopping ??= close(() => Promise.allSettled(underWay));
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

function readIdentity(meta: MetaStore): Identity {
  const [organisationId, staffId, deviceId] = [metaKeys.organisationId, metaKeys.staffId, metaKeys.deviceId].map(
    (key) => metaText(meta, key),
  );
  if (!organisationId || !staffId || !deviceId) throw new OperationError('not-possible-now');
  return { organisationId, staffId, deviceId };
}
