import { createHash, type Hash } from 'node:crypto';
import { createReadStream, existsSync, rmSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { StagedFile } from '../../../shared/features/files/contract.ts';
import { fileChunkBytes } from '../../../shared/features/files/contract.ts';
import { allowedKind } from '../../../shared/features/files/file-kinds.ts';
import { cleanFileName } from '../../../shared/features/files/file-name.ts';
import { maxFileBytes } from '../../../shared/features/files/model.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import { checkContent } from './content.ts';

/**
 * The files of this desk: immutable, named by their SHA-256, under `<data>/blobs/aa/<sha256>`. A file arrives in
 * `<data>/staging` and is moved only when it is whole, checked, hashed and on the disk.
 */
export interface FileStore {
  /**
   * Begins to stage. Answers the cleaned name. Throws `file-name-invalid`, `file-type-not-allowed`, `file-empty`,
   * `file-too-large`, `too-many-requests`, `disk-full`.
   */
  readonly begin: (fileName: string, size: number) => Promise<{ readonly uploadId: string; readonly fileName: string }>;
  /** The next bytes, in order. Throws `not-found`, `invalid-input`, `disk-full`; the last one ends the upload. */
  readonly chunk: (uploadId: string, offset: number, data: Uint8Array) => Promise<void>;
  /** Checks, hashes, keeps and records. Throws `file-content-mismatch`, `invalid-input`, `disk-full`, `not-found`. */
  readonly end: (uploadId: string) => Promise<StagedFile>;
  /** Throws away what is staged; nothing happens for an upload that is not there. */
  readonly cancel: (uploadId: string) => Promise<void>;
  /** Whether the bytes are on this desk. */
  readonly has: (sha256: string) => boolean;
  /** Where the bytes are or would be: for uploads and text extraction; never handed to a window. */
  readonly path: (sha256: string) => string;
  /** At most `fileChunkBytes` from `offset`. Throws `file-missing`. */
  readonly readChunk: (
    sha256: string,
    offset: number,
  ) => Promise<{ readonly data: Buffer; readonly size: number; readonly end: boolean }>;
  /** Where a file that is being fetched grows; what is half stays for the next try, for some days. */
  readonly partialPath: (sha256: string) => string;
  /** Removes the bytes at once; for whoever knows that they are elsewhere. */
  readonly remove: (sha256: string) => void;
  /** Bytes that the disk has left for this user. */
  readonly freeBytes: () => Promise<number>;
  /** Takes over a fetched file once its hash is right, and records it as known to the viewer. Throws `file-content-mismatch`, `disk-full`. */
  readonly adopt: (temporaryPath: string, file: StagedFile) => Promise<void>;
  /** Closes what is open. */
  readonly stop: () => Promise<void>;
}

/** What the store needs from the rest of the service. */
export interface FileStoreOptions {
  readonly dataDir: string;
  readonly newId: () => string;
  /** Remembers a file that is on the disk now; `waiting` ones are to be uploaded. Known files are left as they are. */
  readonly recordFile: (file: StagedFile, upload: 'waiting' | null) => void;
  /** Writes a piece at a position (bytes). Tests put a full disk here. */
  readonly writeAt?: (handle: FileHandle, data: Uint8Array, position: number) => Promise<void>;
}

interface Upload {
  readonly fileName: string;
  readonly size: number;
  readonly path: string;
  readonly handle: FileHandle;
  readonly hash: Hash;
  received: number;
  /** Calls on one upload run one after the other. */
  turn: Promise<unknown>;
}

/** Windows of one person drop a folder at most; more than this is a mistake and would eat file handles. */
const maxOpenUploads = 200;

/** Half a download that nobody goes on with is thrown away after this long (milliseconds). */
const partialLife = 7 * 24 * 3600_000;

/** Opens the store and clears what an earlier run left half-staged. */
export async function openFileStore(options: FileStoreOptions): Promise<FileStore> {
  const staging = join(options.dataDir, 'staging');
  const blobs = join(options.dataDir, 'blobs');
  const fetching = join(options.dataDir, 'fetching');
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true, mode: 0o700 });
  await mkdir(blobs, { recursive: true, mode: 0o700 });
  await mkdir(fetching, { recursive: true, mode: 0o700 });
  await clearOld(fetching);
  const uploads = new Map<string, Upload>();
  const writeAt = options.writeAt ?? writeAll;
  const path = (sha256: string) => join(blobs, sha256.slice(0, 2), sha256);

  const drop = async (uploadId: string, upload: Upload) => {
    uploads.delete(uploadId);
    await upload.handle.close();
    await rm(upload.path, { force: true });
  };

  /** Runs one step of an upload after the steps before it; a step that fails for good drops the upload. */
  const step = <T>(uploadId: string, work: (upload: Upload) => Promise<T>): Promise<T> => {
    const upload = uploads.get(uploadId);
    if (upload === undefined) return Promise.reject(new OperationError('not-found'));
    const mine = upload.turn.then(() => {
      if (!uploads.has(uploadId)) throw new OperationError('not-found');
      return diskErrors(() => work(upload), upload.fileName);
    });
    upload.turn = mine.catch(async (error: unknown) => {
      const mayGoOn = error instanceof OperationError && error.code === 'invalid-input';
      if (!mayGoOn && uploads.has(uploadId)) await drop(uploadId, upload);
    });
    return mine.finally(() => upload.turn);
  };

  const keep = async (temporary: string, sha256: string) => {
    const target = path(sha256);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await rename(temporary, target);
    await syncFolder(dirname(target));
    await syncFolder(blobs);
  };

  return {
    path,
    has: (sha256) => existsSync(path(sha256)),
    partialPath: (sha256) => join(fetching, sha256),
    remove: (sha256) => rmSync(path(sha256), { force: true }),
    freeBytes: async () => {
      const { bavail, bsize } = await statfs(options.dataDir);
      return bavail * bsize;
    },

    begin: async (given, size) => {
      const fileName = cleanFileName(given);
      if (fileName === null) throw new OperationError('file-name-invalid', { fileName: printable(given) });
      if (allowedKind(fileName) === null) throw new OperationError('file-type-not-allowed', { fileName });
      if (size === 0) throw new OperationError('file-empty', { fileName });
      if (size > maxFileBytes) throw new OperationError('file-too-large', { fileName, limit: maxFileBytes });
      if (uploads.size >= maxOpenUploads) throw new OperationError('too-many-requests');
      const uploadId = options.newId();
      const target = join(staging, uploadId);
      const handle = await diskErrors(() => open(target, 'wx+', 0o600), fileName);
      const hash = createHash('sha256');
      uploads.set(uploadId, { fileName, size, path: target, handle, hash, received: 0, turn: Promise.resolve() });
      return { uploadId, fileName };
    },

    chunk: (uploadId, offset, data) =>
      step(uploadId, async (upload) => {
        if (offset !== upload.received || data.length === 0 || offset + data.length > upload.size) {
          throw new OperationError('invalid-input', { paths: ['offset'] });
        }
        await writeAt(upload.handle, data, offset);
        upload.hash.update(data);
        upload.received += data.length;
      }),

    end: (uploadId) =>
      step(uploadId, async (upload) => {
        if (upload.received !== upload.size) throw new OperationError('invalid-input', { paths: ['size'] });
        await upload.handle.sync();
        const mediaType = await checkContent(upload.path, upload.fileName);
        const sha256 = upload.hash.digest('hex');
        await upload.handle.close();
        const file: StagedFile = { sha256, fileName: upload.fileName, mediaType, size: upload.size };
        const known = existsSync(path(sha256));
        if (!known) await keep(upload.path, sha256);
        // Before anything else happens: a known file that is recorded as used does not make room for others.
        options.recordFile(file, 'waiting');
        if (known) await rm(upload.path, { force: true });
        uploads.delete(uploadId);
        return file;
      }),

    cancel: async (uploadId) => {
      const upload = uploads.get(uploadId);
      if (upload === undefined) return;
      await upload.turn;
      if (uploads.has(uploadId)) await drop(uploadId, upload);
    },

    readChunk: async (sha256, offset) => {
      const handle = await open(path(sha256), 'r').catch((error: unknown) => {
        throw codeOf(error) === 'ENOENT' ? new OperationError('file-missing') : error;
      });
      try {
        const { size } = await handle.stat();
        const length = Math.max(0, Math.min(fileChunkBytes, size - offset));
        const data = Buffer.alloc(length);
        const { bytesRead } = await handle.read(data, 0, length, offset);
        return { data: data.subarray(0, bytesRead), size, end: offset + bytesRead >= size };
      } finally {
        await handle.close();
      }
    },

    adopt: async (temporary, file) => {
      const actual = await hashFile(temporary);
      const { size } = await stat(temporary);
      if (actual !== file.sha256) {
        await rm(temporary, { force: true });
        throw new OperationError('file-content-mismatch', { fileName: file.fileName });
      }
      await diskErrors(async () => {
        const handle = await open(temporary, 'r+');
        await handle.sync().finally(() => handle.close());
        await keep(temporary, file.sha256);
      }, file.fileName);
      options.recordFile({ ...file, size }, null);
    },

    stop: async () => {
      for (const [uploadId, upload] of [...uploads]) {
        await upload.turn;
        if (uploads.has(uploadId)) await drop(uploadId, upload);
      }
    },
  };
}

async function clearOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > partialLife) await rm(path, { force: true });
  }
}

async function writeAll(handle: FileHandle, data: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < data.length) {
    const { bytesWritten } = await handle.write(data, done, data.length - done, position + done);
    done += bytesWritten;
  }
}

const full: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);

/** A full disk is something a person can mend, so it has a code of its own; anything else stays a programming error. */
async function diskErrors<T>(work: () => Promise<T>, fileName: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (full.has(codeOf(error))) throw new OperationError('disk-full', { fileName });
    throw error;
  }
}

/** Makes a rename durable. Windows has no handle on a folder; NTFS journals the rename itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The name as the person typed it, fit for a sentence. */
function printable(name: string): string {
  return name.replace(/\p{Cc}/gu, '�').slice(0, 120);
}
