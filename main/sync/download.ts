import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { OperationError } from '../../shared/lib/errors.ts';
import { isDiskFull } from '../db/disk-full.ts';
import { blobUrl, type FileTarget, type Lane, refusal, watch } from './line.ts';

export interface DownloadSteps {
  /** Where the bytes go; what an earlier try left there is kept and gone on with. */
  readonly path: string;
  /** Bytes of the whole file. */
  readonly size: number;
  /** So many bytes are here. */
  readonly received: (bytes: number) => void;
}

/**
 * Downloads one file, going on where an earlier try stopped (`Range`, RFC 9110). Whether the bytes are right is for the
 * caller to see.
 * @throws OperationError `not-found`, `device-revoked`, `viewer-unreachable`, `disk-full`, `cancelled`
 */
export async function downloadFile(
  sha256: string,
  viewer: FileTarget,
  lane: Lane,
  steps: DownloadSteps,
): Promise<void> {
  const watchdog = watch(viewer.signal);
  try {
    const start = await startOf(steps);
    if (start === steps.size) return;
    const response = await fetch(blobUrl(viewer, sha256), {
      headers: { authorization: `Bearer ${viewer.token}`, ...(start === 0 ? {} : { range: `bytes=${start}-` }) },
      signal: watchdog.signal,
    });
    if (!response.ok || response.body === null) throw refusal(response.status, response.headers.get('retry-after'));
    const goesOn = response.headers.get('content-range')?.startsWith(`bytes ${start}-`) === true;
    let received = goesOn ? start : 0;
    await pipeline(
      Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]),
      new Transform({
        transform: (chunk: Buffer, _encoding, done) => {
          lane.bandwidth.take(chunk.length, watchdog.signal).then(() => {
            watchdog.alive();
            received += chunk.length;
            lane.moved(chunk.length);
            steps.received(received);
            done(null, chunk);
          }, done);
        },
      }),
      createWriteStream(steps.path, { flags: goesOn ? 'a' : 'w' }),
    );
  } catch (error) {
    if (isDiskFull(error)) {
      await rm(steps.path, { force: true });
      throw new OperationError('disk-full');
    }
    if (error instanceof OperationError) throw error;
    throw watchdog.signal.reason instanceof OperationError
      ? watchdog.signal.reason
      : new OperationError('viewer-unreachable');
  } finally {
    watchdog.end();
  }
}

/** How much is here already; more than the whole is nothing to go on with. */
async function startOf({ path, size }: DownloadSteps): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (found === null) return 0;
  if (found.size <= size) return found.size;
  await rm(path, { force: true });
  return 0;
}
