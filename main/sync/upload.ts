import { createReadStream } from 'node:fs';
import * as tus from 'tus-js-client';
import { OperationError } from '../../shared/lib/errors.ts';
import { type FileTarget, type Lane, refusal, watch } from './line.ts';

/** What the desk knows of a file that goes up. */
export interface UploadRow {
  readonly sha256: string;
  readonly file_name: string;
  readonly media_type: string;
  readonly size: number;
  /** Path of an upload that began earlier. */
  readonly tus_url: string | null;
}

export interface UploadSteps {
  readonly path: string;
  /** The viewer gave the upload a place; kept so that another process goes on there. */
  readonly url: (url: string) => void;
  /** So many bytes are at the viewer. */
  readonly sent: (bytes: number) => void;
}

/** Most bytes of one PATCH: what is lost at most when the line breaks. */
const largestChunk = 1024 * 1024;

/**
 * Uploads by tus 1.0, going on where an earlier try stopped; where the viewer no longer knows that try, from the start.
 * @throws OperationError `file-missing`, `file-content-mismatch`, `file-too-large`, `device-revoked`, `viewer-unreachable`,
 *   `cancelled`
 */
export async function uploadFile(row: UploadRow, viewer: FileTarget, lane: Lane, steps: UploadSteps): Promise<void> {
  const file = createReadStream(steps.path);
  const watchdog = watch(viewer.signal);
  let accepted: number | null = null;
  try {
    await new Promise<void>((resolve, reject) => {
      const end = (error: unknown) => {
        void job.abort();
        reject(error);
      };
      const job = new tus.Upload(file, {
        endpoint: new URL('/api/sync/uploads', viewer.url).href,
        uploadUrl: row.tus_url === null ? null : new URL(row.tus_url, viewer.url).href,
        uploadSize: row.size,
        chunkSize: lane.bandwidth.piece(largestChunk),
        retryDelays: null,
        storeFingerprintForResuming: false,
        headers: { authorization: `Bearer ${viewer.token}` },
        metadata: { sha256: row.sha256, mediaType: row.media_type },
        onUploadUrlAvailable: () => {
          if (job.url !== null) steps.url(new URL(job.url).pathname);
        },
        onBeforeRequest: async (request) => {
          if (request.getMethod() !== 'PATCH') return;
          await lane.bandwidth.take(Number(job.options.chunkSize), watchdog.signal);
          watchdog.alive();
        },
        onProgress: watchdog.alive,
        onChunkComplete: (size, total) => {
          // What an earlier try sent is no speed of this one.
          lane.moved(accepted === null ? size : total - accepted);
          accepted = total;
          job.options.chunkSize = lane.bandwidth.piece(largestChunk);
          steps.sent(total);
        },
        onSuccess: () => resolve(),
        onError: (error) => reject(uploadError(error)),
      });
      watchdog.signal.addEventListener('abort', () => end(watchdog.signal.reason), { once: true });
      file.once('error', () => end(new OperationError('file-missing')));
      job.start();
    });
  } finally {
    watchdog.end();
    file.destroy();
  }
}

/** Without an answer the line is broken. */
function uploadError(error: Error | tus.DetailedError): OperationError {
  const answer = 'originalResponse' in error ? error.originalResponse : null;
  if (answer === null || answer === undefined) return new OperationError('viewer-unreachable');
  const refused = refusal(answer.getStatus(), answer.getHeader('retry-after'));
  // The viewer forgot the upload, not the file: the next try begins anew.
  return refused.code === 'not-found' ? new OperationError('viewer-unreachable', { reason: 'answer' }) : refused;
}
