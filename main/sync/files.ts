import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type Database from 'better-sqlite3';
import * as tus from 'tus-js-client';
import { type ErrorCode, OperationError } from '../../shared/lib/errors.ts';
import { isDiskFull } from '../db/disk-full.ts';
import type { FileStore } from '../features/files/store.ts';
import { reach } from './remote.ts';

/** A file on its way up. */
export interface UploadState {
  readonly sha256: string;
  readonly fileName: string;
  readonly sent: number;
  readonly size: number;
}

interface Row {
  readonly sha256: string;
  readonly file_name: string;
  readonly media_type: string;
  readonly size: number;
  readonly tus_url: string | null;
  readonly sent_bytes: number;
}

export interface FileLanes {
  readonly pendingUploads: () => number;
  readonly current: () => readonly UploadState[];
  /** The file that waits longest, past those; undefined when none waits. */
  readonly nextUpload: (past: ReadonlySet<string>) => string | undefined;
  /**
   * Uploads a file, going on where it stopped. It counts as done when the viewer says that it holds it, and only then.
   * @throws OperationError `file-missing`, `file-content-mismatch`, `device-revoked`, `viewer-unreachable`
   */
  readonly upload: (viewer: FileTarget, sha256: string) => Promise<void>;
  /** Fetches one file by hash. @throws OperationError `not-found`, `viewer-unreachable`, `disk-full` */
  readonly fetch: (viewer: FileTarget, sha256: string) => Promise<void>;
  /** Hashes of files that the viewer holds and this desk does not, newest first, past those. */
  readonly missing: (limit: number, past: ReadonlySet<string>) => readonly string[];
  /** Offers every file once more: the viewer was restored and may have lost it. */
  readonly offerAgain: () => void;
}

export interface FileTarget {
  readonly url: string;
  readonly token: string;
  readonly signal: AbortSignal;
  /** Bytes went out: the state to show has changed. */
  readonly progressed: () => void;
}

/** Bytes of one PATCH: what is lost at most when the line breaks. */
const chunkSize = 1024 * 1024;

/** The lanes of files, beside the rows: tus up, plain HTTP down. Where an upload stands survives the process. */
export function openFileLanes(sqlite: Database.Database, files: FileStore): FileLanes {
  // Only what some row refers to goes up: the files of an import stay here.
  const referred = `l.upload = 'waiting' and (
    exists (select 1 from attachment a where a.sha256 = l.sha256 and not a.deleted)
    or exists (select 1 from property p where p.photo = l.sha256)
    or exists (select 1 from organisation o where o.logo = l.sha256)
    or exists (select 1 from staff s where s.photo = l.sha256))`;
  const waiting = sqlite.prepare<[], { sha256: string }>(
    `select l.sha256 from local_file l where ${referred} order by l.created_at`,
  );
  const rowOf = sqlite.prepare<[string], Row>('select * from local_file where sha256 = ?');
  const count = sqlite.prepare<[], { n: number }>(`select count(*) as n from local_file l where ${referred}`);
  const setUrl = sqlite.prepare('update local_file set tus_url = ? where sha256 = ?');
  const beginAnew = sqlite.prepare('update local_file set tus_url = null, sent_bytes = 0 where sha256 = ?');
  const offerAgain = sqlite.prepare(
    "update local_file set upload = 'waiting', tus_url = null, sent_bytes = 0 where upload is null or upload = 'done'",
  );
  const setSent = sqlite.prepare('update local_file set sent_bytes = ? where sha256 = ?');
  const setDone = sqlite.prepare(
    "update local_file set upload = 'done', tus_url = null, sent_bytes = size where sha256 = ?",
  );
  const factsOf = sqlite.prepare<[string], { file_name: string | null; media_type: string; size: number }>(
    `select a.file_name, b.media_type, b.size from blob b left join attachment a on a.sha256 = b.sha256
     where b.sha256 = ? limit 1`,
  );
  const absent = sqlite.prepare<[], { sha256: string }>(
    `select b.sha256 from blob b left join local_file l on l.sha256 = b.sha256
     where l.sha256 is null and not b.deleted order by b.available_at desc`,
  );
  let current: UploadState | null = null;

  return {
    pendingUploads: () => count.get()?.n ?? 0,
    current: () => (current === null ? [] : [current]),
    nextUpload: (past) => firstPast(waiting.iterate(), past, 1)[0],
    offerAgain: () => void offerAgain.run(),
    upload: async (viewer, sha256) => {
      const row = rowOf.get(sha256);
      if (row === undefined || !files.has(sha256)) throw new OperationError('file-missing');
      // Another desk may have brought it, or the answer to the last byte was lost.
      if (await holds(viewer, sha256)) return void setDone.run(sha256);
      current = { sha256: row.sha256, fileName: row.file_name, sent: row.sent_bytes, size: row.size };
      try {
        await upload(row, viewer, {
          path: files.path(row.sha256),
          url: (url) => void setUrl.run(url, row.sha256),
          sent: (sent) => {
            setSent.run(sent, row.sha256);
            current = { sha256: row.sha256, fileName: row.file_name, sent, size: row.size };
            viewer.progressed();
          },
        });
        // A viewer that ended between the last byte and its check has all bytes and no file.
        if (!(await holds(viewer, sha256))) {
          beginAnew.run(sha256);
          throw new OperationError('viewer-unreachable', { reason: 'not-kept' });
        }
        setDone.run(row.sha256);
      } finally {
        current = null;
        viewer.progressed();
      }
    },
    fetch: async (viewer, sha256) => {
      if (files.has(sha256)) return;
      const facts = factsOf.get(sha256);
      if (facts === undefined) throw new OperationError('not-found');
      const path = files.temporaryPath();
      try {
        await download(viewer, sha256, path);
        await files.adopt(path, {
          sha256,
          fileName: facts.file_name ?? sha256,
          mediaType: facts.media_type,
          size: facts.size,
        });
      } catch (error) {
        if (isDiskFull(error)) throw new OperationError('disk-full');
        throw error;
      } finally {
        await rm(path, { force: true });
      }
    },
    missing: (limit, past) => firstPast(absent.iterate(), past, limit),
  };
}

function firstPast(
  rows: Iterable<{ readonly sha256: string }>,
  past: ReadonlySet<string>,
  limit: number,
): readonly string[] {
  const found: string[] = [];
  for (const { sha256 } of rows) {
    if (!past.has(sha256)) found.push(sha256);
    if (found.length === limit) break;
  }
  return found;
}

/** Whether the viewer has the whole file and says so to every desk. */
async function holds(viewer: FileTarget, sha256: string): Promise<boolean> {
  const response = await reach(new URL(`/api/sync/blobs/${sha256}`, viewer.url), {
    method: 'HEAD',
    headers: { authorization: `Bearer ${viewer.token}` },
    signal: viewer.signal,
  });
  if (response.status === 401) throw new OperationError('device-revoked');
  if (!response.ok && response.status !== 404) throw new OperationError('viewer-unreachable', { reason: 'answer' });
  return response.ok;
}

/** Silence after which a transfer counts as broken (milliseconds). A slow line may take as long as it needs. */
const silence = 30_000;

/** Calls `broken` once nothing has happened for a while. */
function watch(broken: () => void): { readonly alive: () => void; readonly end: () => void } {
  let timer = setTimeout(broken, silence);
  return {
    alive: () => {
      clearTimeout(timer);
      timer = setTimeout(broken, silence);
    },
    end: () => clearTimeout(timer),
  };
}

async function download(viewer: FileTarget, sha256: string, path: string): Promise<void> {
  const control = new AbortController();
  const watchdog = watch(() => control.abort());
  try {
    const response = await fetch(new URL(`/api/sync/blobs/${sha256}`, viewer.url), {
      headers: { authorization: `Bearer ${viewer.token}` },
      signal: AbortSignal.any([viewer.signal, control.signal]),
    });
    if (response.status === 404) throw new OperationError('not-found');
    if (response.status === 401) throw new OperationError('device-revoked');
    if (!response.ok || response.body === null) throw new OperationError('viewer-unreachable', { reason: 'answer' });
    const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
    body.on('data', watchdog.alive);
    await pipeline(body, createWriteStream(path));
  } catch (error) {
    if (error instanceof OperationError || isDiskFull(error)) throw error;
    throw new OperationError('viewer-unreachable');
  } finally {
    watchdog.end();
  }
}

interface UploadSteps {
  readonly path: string;
  readonly url: (url: string) => void;
  readonly sent: (bytes: number) => void;
}

async function upload(row: Row, viewer: FileTarget, steps: UploadSteps): Promise<void> {
  const file = createReadStream(steps.path);
  const ending = new AbortController();
  const watchdog = watch(() => ending.abort());
  try {
    await new Promise<void>((resolve, reject) => {
      const job = new tus.Upload(file, {
        endpoint: new URL('/api/sync/uploads', viewer.url).href,
        uploadUrl: row.tus_url === null ? null : new URL(row.tus_url, viewer.url).href,
        uploadSize: row.size,
        chunkSize,
        retryDelays: null,
        storeFingerprintForResuming: false,
        headers: { authorization: `Bearer ${viewer.token}` },
        metadata: { sha256: row.sha256, mediaType: row.media_type },
        onUploadUrlAvailable: () => {
          if (job.url !== null) steps.url(new URL(job.url).pathname);
        },
        onProgress: watchdog.alive,
        onChunkComplete: (_size, accepted) => steps.sent(accepted),
        onSuccess: () => resolve(),
        onError: (error) => reject(uploadError(error)),
      });
      const end = (code: ErrorCode) => () => {
        void job.abort();
        reject(new OperationError(code));
      };
      viewer.signal.addEventListener('abort', end('cancelled'), { signal: ending.signal });
      ending.signal.addEventListener('abort', end('viewer-unreachable'));
      file.once('error', end('file-missing'));
      job.start();
    });
  } finally {
    watchdog.end();
    ending.abort();
    file.destroy();
  }
}

/** Without an answer the line is broken; with one, only this file has a problem (`reason: 'answer'`). */
function uploadError(error: Error | tus.DetailedError): OperationError {
  const status = 'originalResponse' in error ? error.originalResponse?.getStatus() : undefined;
  if (status === 460) return new OperationError('file-content-mismatch');
  if (status === 401) return new OperationError('device-revoked');
  if (status === 413) return new OperationError('file-too-large');
  return new OperationError('viewer-unreachable', status === undefined ? {} : { reason: 'answer' });
}
