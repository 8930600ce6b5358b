import { type ErrorCode, OperationError } from '../../shared/lib/errors.ts';
import type { Bandwidth } from './bandwidth.ts';
import { Backpressure, reach } from './remote.ts';

/** The viewer as the lanes of files see it. */
export interface FileTarget {
  readonly url: string;
  readonly token: string;
  readonly signal: AbortSignal;
  /** Bytes moved: the state to show has changed. */
  readonly progressed: () => void;
}

/** A direction of files. */
export interface Lane {
  readonly bandwidth: Bandwidth;
  /** Bytes moved. */
  readonly moved: (bytes: number) => void;
}

/**
 * Whether the viewer has the whole file and says so to every desk. A page that somebody on the way answers everything
 * with (a hotel's sign-in, a proxy) says nothing about it.
 */
export async function holds(viewer: FileTarget, sha256: string): Promise<boolean> {
  const response = await reach(blobUrl(viewer, sha256), {
    method: 'HEAD',
    headers: { authorization: `Bearer ${viewer.token}` },
    signal: viewer.signal,
  });
  if (!response.ok && response.status !== 404) throw refusal(response.status, response.headers.get('retry-after'));
  const names = response.headers.get('etag')?.includes(sha256) === true;
  // Viewers of 0.1.0 name nothing, but send no page either.
  const isPage = response.redirected || response.headers.has('content-type');
  if (response.ok && !names && isPage) throw new OperationError('viewer-unreachable', { status: response.status });
  return response.ok;
}

/** Why the viewer did not take or hand out a file. With an answer only this file has a problem (`reason: 'answer'`). */
export function refusal(status: number, retryAfter: string | null | undefined): OperationError {
  if (status === 507) return new OperationError('disk-full', { at: 'viewer' });
  if (status === 404) return new OperationError('not-found');
  if (status === 401) return new OperationError('device-revoked');
  if (status === 413) return new OperationError('file-too-large');
  if (status === 429) return new Backpressure(Number(retryAfter ?? 5));
  if (status === 460) return new OperationError('file-content-mismatch');
  return new OperationError('viewer-unreachable', { reason: 'answer' });
}

export function blobUrl(viewer: FileTarget, sha256: string): URL {
  return new URL(`/api/sync/blobs/${sha256}`, viewer.url);
}

/** Silence after which a transfer counts as broken (milliseconds). A slow line may take as long as it needs. */
const silence = 30_000;

export interface Watchdog {
  /** Ends with `cancelled` when the sync stops, with `viewer-unreachable` after a silence. */
  readonly signal: AbortSignal;
  readonly alive: () => void;
  readonly end: () => void;
}

/** Watches a transfer that nobody else ends. */
export function watch(stopped: AbortSignal): Watchdog {
  const control = new AbortController();
  const broken = (code: ErrorCode) => () => control.abort(new OperationError(code));
  const cancel = broken('cancelled');
  const arm = () => setTimeout(broken('viewer-unreachable'), silence);
  let timer = arm();
  if (stopped.aborted) cancel();
  stopped.addEventListener('abort', cancel, { once: true });
  return {
    signal: control.signal,
    alive: () => {
      clearTimeout(timer);
      timer = arm();
    },
    end: () => {
      clearTimeout(timer);
      stopped.removeEventListener('abort', cancel);
    },
  };
}
