import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { type Client, createClient } from '../../shared/contract/client.ts';
import { httpRequest } from '../../shared/contract/http.ts';
import { findOperation, type HttpOperationName } from '../../shared/contract/registry.ts';
import { type Envelope, OperationError } from '../../shared/lib/errors.ts';
import { version } from '../service/version.ts';

/** The operations a desk calls at its viewer. */
export type ViewerOperation = Extract<HttpOperationName, `sync.${string}`>;

export type Remote = Client<ViewerOperation>;

/** Bodies under this size go as they are (bytes). */
const smallBody = 1024;

/** How long an answer may take (milliseconds). */
const patience = 30_000;

/** What a 429 may ask for at most (seconds): nobody waits for ever because of a proxy. */
const longestPause = 3600;
/** Where a 429 does not say how long in seconds. */
const usualPause = 5;

/** Seconds to wait that a 429 asked for: at least one, also where it named a date, nothing or nonsense. */
export class Backpressure extends OperationError {
  readonly seconds: number;

  constructor(asked: number) {
    const seconds = Number.isNaN(asked) ? usualPause : Math.min(longestPause, Math.max(1, asked));
    super('too-many-requests', { seconds });
    this.seconds = seconds;
  }
}

/**
 * A typed client of the viewer.
 * @throws OperationError `viewer-unreachable` when no answer came, else the code the viewer answered
 */
export function createRemote(baseUrl: string, token: string | null, signal: AbortSignal): Remote {
  return createClient<ViewerOperation>(async (name, input) => {
    const definition = findOperation(name);
    if (definition === undefined) throw new OperationError('unknown-operation');
    const request = httpRequest(definition, input as Readonly<Record<string, unknown>>);
    const headers: Record<string, string> = { accept: 'application/json', 'treppenhaus-desk': version };
    if (token !== null) headers.authorization = `Bearer ${token}`;
    let body: Uint8Array<ArrayBuffer> | string | null = request.body;
    if (body !== null) headers['content-type'] = 'application/json';
    if (body !== null && body.length > smallBody) {
      body = new Uint8Array(gzipSync(body));
      headers['content-encoding'] = 'gzip';
    }
    const response = await reach(new URL(request.path, baseUrl), {
      method: request.method,
      headers,
      body,
      signal,
    });
    if (response.status === 429) throw new Backpressure(Number(response.headers.get('retry-after') ?? 5));
    const envelope = envelopeOf(await response.json().catch(() => null), definition.output);
    if (envelope === null) throw new OperationError('viewer-unreachable', { status: response.status });
    return envelope;
  });
}

const failed = z.object({ error: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }) });

/**
 * What a viewer answers; null for the JSON of somebody else on the way. Of a result it is only seen whether everything is
 * there that every version says: a newer viewer may say more, and whoever reads it checks what it stores.
 */
function envelopeOf(answer: unknown, output: z.ZodType): Envelope<unknown> | null {
  if (failed.safeParse(answer).success) return answer as Envelope<unknown>;
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) return null;
  const { ok } = answer;
  if (!(output instanceof z.ZodObject)) return { ok };
  if (typeof ok !== 'object' || ok === null) return null;
  const isWhole = Object.entries(output.shape).every(([field, type]) => field in ok || type.isOptional());
  return isWhole ? { ok } : null;
}

/** fetch, with our own error for everything that is not an answer. */
export async function reach(url: URL, init: RequestInit): Promise<Response> {
  const limit = AbortSignal.timeout(patience);
  const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit;
  try {
    return await fetch(url, { ...init, signal });
  } catch {
    throw new OperationError('viewer-unreachable');
  }
}
