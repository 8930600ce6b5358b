import { httpRequest } from '../../../shared/contract/http.ts';
import { type Envelope, type ErrorCode, errorCodes } from '../../../shared/lib/errors.ts';
import { type PortalOperationName, routes } from './operations.ts';

/** Milliseconds after which a call counts as unanswered. */
const patience = 60_000;

type Fetch = (path: string, init: RequestInit) => Promise<Response>;

/** Calls an operation over HTTP with the session's cookie. Never rejects: no answer is an error code as well. */
export async function sendOverHttp(
  name: PortalOperationName,
  input: unknown,
  fetcher: Fetch = (path, init) => fetch(path, init),
): Promise<Envelope<unknown>> {
  const { method, path, body } = httpRequest({ http: routes[name] }, input as Readonly<Record<string, unknown>>);
  let response: Response;
  try {
    response = await fetcher(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(patience),
      ...(body === null ? {} : { body, headers: { 'content-type': 'application/json' } }),
    });
  } catch {
    return failureOf(noAnswer());
  }
  return readEnvelope(await response.text().catch(() => ''), response.status);
}

/** The envelope in an answer. Whatever else stands there (a proxy's page, half an answer) becomes an error code. */
export function readEnvelope(text: string, status: number): Envelope<unknown> {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return failureOf(codeOfStatus(status));
  }
  if (typeof answer === 'object' && answer !== null) {
    if ('ok' in answer) return { ok: answer.ok };
    if ('error' in answer && isFailure(answer.error)) return { error: answer.error };
  }
  return failureOf(codeOfStatus(status));
}

/** Why nothing came back: this device has no network, or the service does not answer. */
export function noAnswer(): 'offline' | 'viewer-unreachable' {
  return globalThis.navigator?.onLine === false ? 'offline' : 'viewer-unreachable';
}

type Failure = Extract<Envelope<unknown>, { readonly error: object }>['error'];

function isFailure(error: unknown): error is Failure {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('details' in error)) return false;
  const known: readonly unknown[] = errorCodes;
  return known.includes(error.code) && typeof error.details === 'object' && error.details !== null;
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return 'not-signed-in';
  if (status === 404) return 'not-found';
  if (status === 413) return 'too-large';
  if (status === 429) return 'too-many-requests';
  return status >= 502 && status <= 504 ? 'viewer-unreachable' : 'internal';
}

function failureOf(code: ErrorCode): Envelope<never> {
  return { error: { code, details: {} } };
}
