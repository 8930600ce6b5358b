import { EventEmitter, once } from 'node:events';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { OperationError } from '../../../shared/lib/errors.ts';
import { type SnapshotHead, snapshotFrame } from '../../../shared/sync/snapshot.ts';
import type { DeviceCaller, ViewerLog } from '../context.ts';
import { applicationOptions, connectionConfig } from '../db/pool.ts';
import { beginSnapshot, copyRows } from './snapshot-copy.ts';

/** Snapshots of companies for desks, kept in files for as long as a desk may come back for the rest. */
export interface Snapshots {
  /**
   * Begins a snapshot; its rows are read into a file on their own, however slowly the desk fetches them.
   * @throws OperationError `not-found` for a company that is not here, `too-many-requests` when enough are under way
   */
  readonly begin: (device: Owner) => Promise<SnapshotHead>;
  /**
   * The frames from a chunk on, while they are written or afterwards.
   * @throws OperationError `not-found` where it is another desk's, too old, or lost: then the desk begins another one
   */
  readonly read: (device: Owner, id: string, from: number) => Promise<AsyncIterable<Buffer>>;
  readonly stop: () => Promise<void>;
}

type Owner = Pick<DeviceCaller, 'organisationId' | 'deviceId'>;

export interface SnapshotOptions {
  readonly databaseUrl: string;
  /** The viewer's data folder. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
  readonly log: ViewerLog;
}

/** How long a desk may come back for the rest (milliseconds). */
const life = 3600_000;
const cleanEvery = 10 * 60_000;
/** Read from the database at a time; the desks that come then are asked to wait. */
const mostUnderWay = 4;
/** Files kept for one company; the oldest make room. */
const mostKept = 16;
const pieceBytes = 256 * 1024;
/** No line of a frame is longer (bytes). */
const longestLine = 1024;

/** A snapshot that is being written by this process. */
interface Writing {
  readonly owner: Owner;
  written: number;
  ended: boolean;
  failed: boolean;
  readonly control: AbortController;
  /** Says `step` when there is more, or no more. */
  readonly steps: EventEmitter;
  done: Promise<void>;
}

/** Opens the place of the snapshots and clears what is too old. */
export async function openSnapshots(options: SnapshotOptions): Promise<Snapshots> {
  const { log } = options;
  const folder = join(options.folder, 'snapshots');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Connections of its own: a long COPY neither takes one from the requests nor ends with their time limit.
  const pool = new pg.Pool({
    ...connectionConfig(options.databaseUrl, 'treppenhaus-snapshots'),
    max: mostUnderWay,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    options: `${applicationOptions} -c statement_timeout=30min`,
  });
  pool.on('error', (error) => log.warn({ err: error }, 'a connection broke'));
  const underWay = new Map<string, Writing>();
  /** Devices whose snapshot begins: one at a time, or one desk would take the turns of all. */
  const beginning = new Set<string>();

  const nameOf = ({ organisationId, deviceId }: Owner, id: string) => `${organisationId}_${deviceId}_${id}`;

  const clean = async (): Promise<void> => {
    const old = options.now() - life;
    for (const name of await readdir(folder)) {
      if (underWay.has(name.replace(/\.part$/, ''))) continue;
      const facts = await stat(join(folder, name)).catch(() => null);
      if (facts !== null && facts.mtimeMs < old) await rm(join(folder, name), { force: true });
    }
  };

  /** A desk has one; a company has so many. */
  const makeRoom = async ({ organisationId, deviceId }: Owner): Promise<void> => {
    for (const [name, writing] of underWay) {
      if (!name.startsWith(`${organisationId}_${deviceId}_`)) continue;
      writing.control.abort();
      await writing.done;
    }
    const own: { readonly path: string; readonly at: number }[] = [];
    for (const name of await readdir(folder)) {
      if (!name.startsWith(`${organisationId}_`) || name.endsWith('.part')) continue;
      const path = join(folder, name);
      if (name.startsWith(`${organisationId}_${deviceId}_`)) await rm(path, { force: true });
      else own.push({ path, at: (await stat(path).catch(() => null))?.mtimeMs ?? 0 });
    }
    const surplus = own.sort((a, b) => b.at - a.at).slice(mostKept - 1);
    for (const { path } of surplus) await rm(path, { force: true });
  };

  const fill = async (
    name: string,
    file: FileHandle,
    writing: Writing,
    client: pg.PoolClient,
    head: SnapshotHead,
  ): Promise<void> => {
    const part = join(folder, `${name}.part`);
    let failure: Error | undefined;
    try {
      const put = async (frame: Buffer): Promise<void> => {
        await file.appendFile(frame);
        writing.written += frame.length;
        writing.steps.emit('step');
      };
      await copyRows(client, head, writing.owner.organisationId, put, writing.control.signal);
      await client.query('COMMIT');
      await rename(part, join(folder, name));
    } catch (error) {
      failure = error as Error;
      writing.failed = true;
      if (!writing.control.signal.aborted) log.error({ err: error }, 'snapshot failed');
    }
    // A connection that was left in the middle of a COPY is of no use to anybody else.
    client.release(failure);
    writing.ended = true;
    underWay.delete(name);
    writing.steps.emit('step');
    await file.close();
    if (writing.failed) await rm(part, { force: true });
  };

  const timer = setInterval(() => {
    clean().catch((error: unknown) => log.warn({ err: error }, 'old snapshots stay'));
  }, cleanEvery);
  timer.unref();
  await clean();

  return {
    begin: async (owner) => {
      const isBusy = underWay.size + beginning.size >= mostUnderWay || beginning.has(owner.deviceId);
      if (isBusy) throw new OperationError('too-many-requests', { seconds: 5 });
      beginning.add(owner.deviceId);
      try {
        await makeRoom(owner);
        const client = await pool.connect();
        try {
          const head = await beginSnapshot(client, owner.organisationId, options.newId());
          const name = nameOf(owner, head.id);
          const file = await open(join(folder, `${name}.part`), 'wx', 0o600);
          const writing: Writing = {
            owner,
            written: 0,
            ended: false,
            failed: false,
            control: new AbortController(),
            steps: new EventEmitter().setMaxListeners(0),
            done: Promise.resolve(),
          };
          underWay.set(name, writing);
          writing.done = fill(name, file, writing, client, head);
          return head;
        } catch (error) {
          client.release(error as Error);
          throw error;
        }
      } finally {
        beginning.delete(owner.deviceId);
      }
    },
    read: async (owner, id, from) => {
      const name = nameOf(owner, id);
      const writing = underWay.get(name);
      const part = writing === undefined ? null : await openThere(join(folder, `${name}.part`));
      const file = part ?? (await openThere(join(folder, name)));
      if (file === null) throw new OperationError('not-found');
      if (part === null && (await file.stat()).mtimeMs < options.now() - life) {
        await file.close();
        throw new OperationError('not-found');
      }
      return framesFrom(file, from, writing);
    },
    stop: async () => {
      clearInterval(timer);
      for (const writing of underWay.values()) writing.control.abort();
      await Promise.all([...underWay.values()].map((writing) => writing.done));
      await pool.end();
    },
  };
}

/** Null where there is none. */
async function openThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The bytes of the frames from a chunk on, as they come; closes the file at the end, also where nobody read any. */
function framesFrom(file: FileHandle, from: number, writing: Writing | undefined): AsyncIterable<Buffer> {
  const frames = readFrames(file, from, writing);
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => frames.next(),
      // A generator that was never asked for anything ends without its `finally`.
      return: async () => {
        await file.close();
        return frames.return(undefined);
      },
    }),
  };
}

async function* readFrames(file: FileHandle, from: number, writing: Writing | undefined): AsyncGenerator<Buffer> {
  try {
    let skip = from;
    let position = 0;
    for (;;) {
      const ended = writing === undefined || writing.ended;
      const end = writing?.written ?? (await file.stat()).size;
      while (position < end) {
        if (skip > 0) {
          const next = await frameLength(file, position);
          skip -= 1;
          position += next;
          continue;
        }
        const data = Buffer.allocUnsafe(Math.min(pieceBytes, end - position));
        const { bytesRead } = await file.read(data, 0, data.length, position);
        position += bytesRead;
        yield data.subarray(0, bytesRead);
      }
      // The desk must not take what there is for all there is.
      if (writing?.failed) throw new Error('The snapshot was not finished');
      if (ended) return;
      // While the bytes were handed out there may have been a step that nobody heard.
      if (writing.written === end && !writing.ended) await once(writing.steps, 'step');
    }
  } finally {
    await file.close();
  }
}

/** Length of the frame at a position, its line included. */
async function frameLength(file: FileHandle, position: number): Promise<number> {
  const data = Buffer.alloc(longestLine);
  const { bytesRead } = await file.read(data, 0, data.length, position);
  const end = data.subarray(0, bytesRead).indexOf(0x0a);
  const frame = snapshotFrame.parse(JSON.parse(data.toString('utf8', 0, end)));
  return end + 1 + ('bytes' in frame ? frame.bytes : 0);
}
