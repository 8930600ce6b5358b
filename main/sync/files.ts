import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type Database from 'better-sqlite3';
import * as tus from 'tus-js-client';
import { OperationError } from '../../shared/lib/errors.ts';
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
  /** Uploads the next waiting file, going on where it stopped; false when none waits. */
  readonly uploadNext: (viewer: FileTarget) => Promise<boolean>;
  /** Fetches one file by hash. @throws OperationError `not-found`, `viewer-unreachable`, `disk-full` */
  readonly fetch: (viewer: FileTarget, sha256: string) => Promise<void>;
  /** Hashes of files that the viewer holds and this desk does not, newest first. */
  readonly missing: (limit: number) => readonly string[];
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
  const next = sqlite.prepare<[], Row>(`select l.* from local_file l where ${referred} order by l.created_at limit 1`);
  const count = sqlite.prepare<[], { n: number }>(`select count(*) as n from local_file l where ${referred}`);
  const setUrl = sqlite.prepare('update local_file set tus_url = ? where sha256 = ?');
  const setSent = sqlite.prepare('update local_file set sent_bytes = ? where sha256 = ?');
  const setDone = sqlite.prepare(
    "update local_file set upload = 'done', tus_url = null, sent_bytes = size where sha256 = ?",
  );
  const factsOf = sqlite.prepare<[string], { file_name: string | null; media_type: string; size: number }>(
    `select a.file_name, b.media_type, b.size from blob b left join attachment a on a.sha256 = b.sha256
     where b.sha256 = ? limit 1`,
  );
  const absent = sqlite.prepare<[number], { sha256: string }>(
    `select b.sha256 from blob b left join local_file l on l.sha256 = b.sha256
     where l.sha256 is null and not b.deleted order by b.available_at desc limit ?`,
  );
  let current: UploadState | null = null;

  return {
    pendingUploads: () => count.get()?.n ?? 0,
    current: () => (current === null ? [] : [current]),
    uploadNext: async (viewer) => {
      const row = next.get();
      if (row === undefined) return false;
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
        setDone.run(row.sha256);
      } finally {
        current = null;
        viewer.progressed();
      }
      return true;
    },
    fetch: async (viewer, sha256) => {
      if (files.has(sha256)) return;
      const response = await reach(new URL(`/api/sync/blobs/${sha256}`, viewer.url), {
        headers: { authorization: `Bearer ${viewer.token}` },
        signal: viewer.signal,
      });
      if (!response.ok || response.body === null)
        throw new OperationError(response.status === 404 ? 'not-found' : 'viewer-unreachable');
      const facts = factsOf.get(sha256);
      if (facts === undefined) throw new OperationError('not-found');
      const path = files.temporaryPath();
      try {
        await pipeline(
          Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]),
          createWriteStream(path),
        );
        await files.adopt(path, {
          sha256,
          fileName: facts.file_name ?? sha256,
          mediaType: facts.media_type,
          size: facts.size,
        });
      } finally {
        await rm(path, { force: true });
      }
    },
    missing: (limit) => absent.all(limit).map((row) => row.sha256),
  };
}

interface UploadSteps {
  readonly path: string;
  readonly url: (url: string) => void;
  readonly sent: (bytes: number) => void;
}

function upload(row: Row, viewer: FileTarget, steps: UploadSteps): Promise<void> {
  return new Promise((resolve, reject) => {
    const job = new tus.Upload(createReadStream(steps.path), {
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
      onChunkComplete: (_size, accepted) => steps.sent(accepted),
      onSuccess: () => resolve(),
      onError: (error) => reject(uploadError(error)),
    });
    viewer.signal.addEventListener('abort', () => {
      void job.abort();
      reject(new OperationError('cancelled'));
    });
    job.start();
  });
}

function uploadError(error: Error | tus.DetailedError): OperationError {
  const status = 'originalResponse' in error ? error.originalResponse?.getStatus() : undefined;
  if (status === 460) return new OperationError('file-content-mismatch');
  if (status === 401) return new OperationError('device-revoked');
  return new OperationError('viewer-unreachable');
}
