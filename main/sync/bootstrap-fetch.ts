import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type Envelope, OperationError } from '../../shared/lib/errors.ts';
import { protocolVersion } from '../../shared/sync/protocol.ts';
import {
  type SnapshotHead,
  snapshotFrame,
  snapshotHead,
  snapshotPath,
  snapshotsPath,
} from '../../shared/sync/snapshot.ts';
import { Backpressure, reach } from './remote.ts';

export interface SnapshotSource {
  readonly url: string;
  readonly token: string;
  readonly signal: AbortSignal;
}

/** A chunk that arrived whole. */
export interface Chunk {
  readonly entity: string;
  /** Bytes on the line. */
  readonly bytes: number;
  readonly text: string;
}

/** A line that says nothing for so long is dead (milliseconds). */
const silence = 30_000;
/** Chunks that are unpacked while the one before is written. */
const ahead = 2;
/** No line of a frame is longer (bytes). */
const longestLine = 64 * 1024;

const unpack = promisify(gunzip);

/**
 * Asks the viewer for a snapshot.
 * @throws OperationError `viewer-unreachable`, `not-found` from a viewer that has none to give, or what it answered
 */
export async function beginSnapshot({ url, token, signal }: SnapshotSource): Promise<SnapshotHead> {
  const response = await reach(new URL(snapshotsPath, url), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ protocol: protocolVersion }),
    signal,
  });
  if (!response.ok) throw await refusal(response);
  const envelope = (await response.json().catch(() => null)) as Envelope<unknown> | null;
  const head = envelope !== null && 'ok' in envelope ? snapshotHead.safeParse(envelope.ok) : null;
  if (head?.success !== true) throw new OperationError('viewer-unreachable', { status: response.status });
  return head.data;
}

/**
 * The chunks of a snapshot from one on, each checked against its hash, unpacked beside the main flow. Ends when the
 * viewer has said that there are no more.
 * @throws OperationError `viewer-unreachable` where the line broke or what came is not what was hashed, `not-found` where the snapshot is gone
 */
export async function* snapshotChunks(source: SnapshotSource, id: string, from: number): AsyncGenerator<Chunk> {
  const control = new AbortController();
  const stop = (): void => control.abort();
  source.signal.addEventListener('abort', stop);
  if (source.signal.aborted) stop();
  let watchdog = setTimeout(stop, silence);
  const alive = (): void => {
    clearTimeout(watchdog);
    watchdog = setTimeout(stop, silence);
  };
  const unpacking: Promise<Chunk>[] = [];
  let failure: unknown = null;
  try {
    for await (const { entity, body } of frames(source, id, from, control.signal, alive)) {
      const chunk = unpack(body).then(
        (text): Chunk => ({ entity, bytes: body.length, text: text.toString('utf8') }),
        () => Promise.reject(new OperationError('viewer-unreachable', { reason: 'content' })),
      );
      // Told where it is waited for; until then a failure must not count as unhandled.
      chunk.catch(() => undefined);
      unpacking.push(chunk);
      if (unpacking.length > ahead) yield await (unpacking.shift() as Promise<Chunk>);
      // The writing of a chunk takes a while, and says nothing about the line.
      alive();
    }
  } catch (error) {
    failure = error instanceof OperationError ? error : new OperationError('viewer-unreachable');
  } finally {
    clearTimeout(watchdog);
    source.signal.removeEventListener('abort', stop);
    control.abort();
  }
  // What arrived whole before the line broke need not travel again.
  for (const chunk of unpacking) yield await chunk;
  if (failure !== null) throw failure;
}

interface Framed {
  readonly entity: string;
  readonly body: Buffer;
}

async function* frames(
  { url, token }: SnapshotSource,
  id: string,
  from: number,
  signal: AbortSignal,
  alive: () => void,
): AsyncGenerator<Framed> {
  const response = await fetch(new URL(snapshotPath(id, from), url), {
    headers: { authorization: `Bearer ${token}` },
    signal,
  });
  if (!response.ok || response.body === null) throw await refusal(response);
  const bytes = collector(response.body, alive);
  for (let expected = from; ; expected += 1) {
    const frame = snapshotFrame.parse(JSON.parse((await bytes.line()).toString()));
    if ('end' in frame) {
      if (frame.chunks !== expected) throw new Error('Chunks are missing');
      return;
    }
    if (frame.chunk !== expected) throw new Error('Another chunk than the next');
    const body = await bytes.take(frame.bytes);
    const hash = createHash('sha256').update(body).digest('hex');
    if (hash !== frame.sha256) throw new OperationError('viewer-unreachable', { reason: 'content' });
    yield { entity: frame.entity, body };
  }
}

/** Cuts a stream of bytes into lines and pieces of known length. @throws Error where it ends too early */
function collector(stream: AsyncIterable<Uint8Array>, alive: () => void) {
  const source = stream[Symbol.asyncIterator]();
  let parts: Buffer[] = [];
  let size = 0;
  const more = async (): Promise<void> => {
    const { value, done } = await source.next();
    if (done === true) throw new Error('The stream ended too early');
    alive();
    parts.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
    size += value.byteLength;
  };
  const take = async (length: number): Promise<Buffer> => {
    while (size < length) await more();
    const all = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts, size);
    parts = [all.subarray(length)];
    size -= length;
    return all.subarray(0, length);
  };
  return {
    take,
    line: async (): Promise<Buffer> => {
      for (;;) {
        const all = Buffer.concat(parts, size);
        parts = [all];
        const end = all.indexOf(0x0a);
        if (end >= 0) return (await take(end + 1)).subarray(0, end);
        if (size > longestLine) throw new Error('A line without an end');
        await more();
      }
    },
  };
}

async function refusal(response: Response): Promise<OperationError> {
  if (response.status === 429) return new Backpressure(Number(response.headers.get('retry-after') ?? 5));
  // A viewer of before knows no such address, and calls it an unknown operation.
  if (response.status === 404) return new OperationError('not-found');
  const envelope = (await response.json().catch(() => null)) as Envelope<unknown> | null;
  if (envelope !== null && 'error' in envelope) {
    return new OperationError(envelope.error.code, envelope.error.details);
  }
  return new OperationError('viewer-unreachable', { status: response.status });
}
