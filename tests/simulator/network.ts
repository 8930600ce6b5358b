import { AsyncLocalStorage } from 'node:async_hooks';
import { gunzipSync } from 'node:zlib';
import { Backpressure, type ViewerOperation } from '../../main/sync/remote.ts';
import { operations } from '../../shared/contract/registry.ts';
import { OperationError } from '../../shared/lib/errors.ts';
import type { DeviceCaller } from '../../viewer/server/context.ts';
import type { Answer, ViewerHttp } from './http.ts';
import type { Line } from './line.ts';
import type { Chance } from './random.ts';
import { gate } from './scope.ts';

/** What a desk reaches its viewer over, where the product asks by HTTP. */
export interface Connection {
  readonly caller: () => DeviceCaller | null;
  /** Operations; it has the faults of its own. */
  readonly line: Line;
  readonly http: () => Promise<ViewerHttp>;
  readonly chance: Chance;
  /** How likely each fault is, from 0 to 1. */
  readonly faults: number;
  /** The same for what travels beside the operations: rows of a snapshot, and files. */
  readonly laneFaults: number;
  readonly note: (fault: string) => void;
  /** An invariant does not hold. */
  readonly violated: (text: string) => void;
}

/** Where desks of the simulator find their viewer: nothing listens there. */
export const viewerUrl = 'http://viewer.invalid';

const connections = new AsyncLocalStorage<Connection>();

/** Runs a desk's work over a connection. */
export function connected<T>(to: Connection, work: () => T): T {
  return connections.run(to, work);
}

/** The connection over which this code was reached; null outside of every one. */
export function connection(): Connection | null {
  return connections.getStore() ?? null;
}

/** From here on this process asks its viewer without a socket: the seed decides what arrives, and in which order. */
export function installNetwork(): void {
  globalThis.fetch = async (to, init) => {
    const url = new URL(String(to));
    const over = connection();
    if (over === null || url.origin !== viewerUrl) throw new TypeError(`Nobody may ask ${url.href} here`);
    const headers = Object.fromEntries(new Headers(init?.headers));
    const body = bytesOf(init?.body ?? null);
    const method = init?.method ?? 'GET';
    const name = operationAt(method, url.pathname);
    if (name !== null) return answerOf(over, name, inputOf(url, headers, body));
    const answer = await throughFaults(over, { method, path: `${url.pathname}${url.search}`, headers, body });
    return new Response(answer.body.length === 0 ? null : stream(answer), answer);
  };
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

/** What arrives of an answer; the line breaks after it where the answer is not whole. */
interface Arrived extends Answer {
  readonly cut: boolean;
}

/** A request and its answer over a line that loses either, cuts answers in the middle, and spoils bytes. */
export async function throughFaults(over: Connection, asked: Asked): Promise<Arrived> {
  const happens = (fault: string, times = 1): boolean => {
    const so = over.chance.once(over.laneFaults * times);
    if (so) over.note(fault);
    return so;
  };
  await gate('request');
  if (happens('request lost')) throw new TypeError('The line broke');
  if (happens('told to wait'))
    return { status: 429, headers: { 'retry-after': '5' }, body: Buffer.alloc(0), cut: false };
  const http = await over.http();
  const answer = await http.ask(asked);
  if (answer.status === 500) over.violated(`viewer-error: ${asked.method} ${asked.path}`);
  await gate('answer');
  if (happens('answer lost')) throw new TypeError('The line broke');
  const { body } = answer;
  if (body.length > 0 && answer.headers['content-type'] === 'application/octet-stream') {
    if (happens('answer cut', 2))
      return { ...answer, body: body.subarray(0, over.chance.below(body.length)), cut: true };
    if (happens('answer spoilt', 2)) return { ...answer, body: spoilt(body, over.chance), cut: false };
  }
  return { ...answer, cut: false };
}

/** One bit of it is another one. */
export function spoilt(bytes: Buffer, chance: Chance): Buffer {
  const copy = Buffer.from(bytes);
  const at = chance.below(copy.length);
  copy[at] = (copy[at] ?? 0) ^ (1 << chance.below(8));
  return copy;
}

function stream({ body, cut }: Arrived): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    pull: (control) => {
      if (!sent && body.length > 0) control.enqueue(new Uint8Array(body));
      else if (cut) control.error(new TypeError('The line broke'));
      else control.close();
      sent = true;
    },
  });
}

/** An operation over HTTP is the operation itself: schemas and faults are the line's. */
async function answerOf(over: Connection, name: ViewerOperation, input: unknown): Promise<Response> {
  try {
    const ask = over.line as (name: ViewerOperation, input: unknown) => Promise<unknown>;
    return Response.json({ ok: await ask(name, input) });
  } catch (error) {
    if (error instanceof Backpressure)
      return new Response(null, { status: 429, headers: { 'retry-after': String(error.seconds) } });
    if (!(error instanceof OperationError)) throw error;
    if (error.code === 'viewer-unreachable') throw new TypeError('The line broke');
    return Response.json({ error: { code: error.code, details: error.details } }, { status: 400 });
  }
}

/** What the product's client put into address and body. */
function inputOf(url: URL, headers: Readonly<Record<string, string>>, body: Buffer | null): unknown {
  if (body === null) return Object.fromEntries(url.searchParams);
  return JSON.parse((headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString());
}

function operationAt(method: string, path: string): ViewerOperation | null {
  for (const [name, { http }] of Object.entries(operations) as [string, { http?: { method: string; path: string } }][])
    if (http?.method === method && http.path === path) return name as ViewerOperation;
  return null;
}

function bytesOf(body: BodyInit | null): Buffer | null {
  if (body === null) return null;
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return Buffer.from(body);
  throw new Error('A body that no desk sends');
}
