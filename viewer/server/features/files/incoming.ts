import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { maxFileBytes } from '../../../../shared/features/files/model.ts';
import { OperationError } from '../../../../shared/lib/errors.ts';

/** A whole file that has arrived, in a temporary place. */
export interface IncomingFile {
  readonly path: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** What a crash left behind is thrown away after this long (milliseconds); another process may still write younger ones. */
const leftoverLife = 24 * 3600_000;

/** Makes the folder for files that arrive, and clears what an earlier run left. */
export async function prepareIncoming(folder: string, now: number): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found !== null && now - found.mtimeMs > leftoverLife) await rm(path, { force: true });
  }
}

/**
 * Writes a request's body to a new file, at most `maxFileBytes`. What is too much is read to its end and thrown away,
 * so that the sender gets the answer instead of a broken connection. Leaves nothing behind when it throws `file-empty`,
 * `file-too-large`, `disk-full`, or `cancelled` for a sender that went away.
 */
export async function receiveFile(
  body: Readable,
  path: string,
  name: string,
  writeAll: (handle: FileHandle, chunk: Uint8Array) => Promise<void> = writeWhole,
): Promise<IncomingFile> {
  const hash = createHash('sha256');
  let size = 0;
  // A sender may go away while the file is being opened; the loop below meets the error.
  body.on('error', () => undefined);
  const handle = await open(path, 'wx', 0o600).catch((error: unknown) => {
    body.resume();
    throw expected(error, body, name);
  });
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxFileBytes) throw new OperationError('file-too-large', { name, limit: maxFileBytes });
      hash.update(chunk);
      await writeAll(handle, chunk);
    }
    if (size === 0) throw new OperationError('file-empty', { name });
    await handle.close();
    return { path, sha256: hash.digest('hex'), size };
  } catch (error) {
    await handle.close();
    await rm(path, { force: true });
    body.resume();
    throw expected(error, body, name);
  }
}

async function writeWhole(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  let written = 0;
  while (written < chunk.length) written += (await handle.write(chunk, written)).bytesWritten;
}

function expected(error: unknown, body: Readable, name: string): unknown {
  if (error instanceof OperationError) return error;
  if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
    return new OperationError('disk-full', { name, at: 'viewer' });
  return body.destroyed && body.errored !== null ? new OperationError('cancelled') : error;
}
