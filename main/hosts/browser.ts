import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { defaultMaxBytes } from '../../shared/contract/define.ts';
import { failure } from '../../shared/contract/dispatch.ts';
import { deskOperationNames, findOperation } from '../../shared/contract/registry.ts';
import { type Envelope, type ErrorCode, OperationError } from '../../shared/lib/errors.ts';
import type { DeskLog } from '../service/context.ts';
import type { DeskService } from '../service/service.ts';
import { securityHeaders } from './csp.ts';
import { refusalPage } from './refusal-page.ts';
import { readRendererFile } from './renderer-files.ts';

/** A running browser host. */
export interface BrowserHost {
  /** Address with the token that opens it once. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

export interface BrowserHostOptions {
  readonly service: DeskService;
  /** Folder of the renderer's build. */
  readonly renderer: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly log: DeskLog;
  /** Milliseconds between signs of life on `/events`. */
  readonly heartbeat?: number;
}

/** The largest body that any operation takes, and room for its name. */
const maxBody =
  Math.max(...deskOperationNames.map((name) => findOperation(name)?.maxBytes ?? defaultMaxBytes)) + 4 * 1024;
/** A window that does not read its events is cut off rather than kept in memory (bytes). */
const maxUnsent = 16 * 1024 * 1024;

const callBody = z.strictObject({ operation: z.string().max(200), input: z.unknown() });

/** Refused before an operation was reached. */
class Refusal extends Error {
  readonly status: number;
  readonly code: ErrorCode;

  constructor(status: number, code: ErrorCode, reason: string) {
    super(reason);
    this.status = status;
    this.code = code;
  }
}

/**
 * Serves the desk on 127.0.0.1 to one browser: the address carries a token that is exchanged once for a session cookie.
 * Every request must name this host (against DNS rebinding), must not come from another origin, and needs the cookie.
 * Rejects when the port is taken (`EADDRINUSE`).
 */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const { service, log } = options;
  const session = randomBytes(32);
  let token: Buffer | null = randomBytes(32);
  let port = options.port;
  const cookieName = () => `treppenhaus-${port}`;
  const streams = new Set<ServerResponse>();

  const checkPlace = (request: IncomingMessage) => {
    const host = request.headers.host;
    if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) throw foreign('host');
    const { origin } = request.headers;
    if (origin === undefined ? request.method !== 'GET' : origin !== `http://${host}`) throw foreign('origin');
    const site = request.headers['sec-fetch-site'];
    // A link from elsewhere may open the page; it brings no cookie (SameSite=Strict) and so gets nothing.
    if (site === 'cross-site' && request.headers['sec-fetch-mode'] !== 'navigate') throw foreign('fetch-site');
  };

  const checkSession = (request: IncomingMessage) => {
    if (!same(readCookie(request, cookieName()), session)) throw new Refusal(401, 'not-signed-in', 'session');
  };

  const exchange = (given: string, response: ServerResponse) => {
    if (token === null || !same(given, token)) throw new Refusal(401, 'not-signed-in', 'token');
    token = null;
    const cookie = `${cookieName()}=${session.toString('base64url')}; HttpOnly; SameSite=Strict; Path=/`;
    response
      .writeHead(303, { ...securityHeaders, 'set-cookie': cookie, location: '/', 'cache-control': 'no-store' })
      .end();
  };

  const call = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.headers['content-type']?.split(';')[0] !== 'application/json') throw malformed();
    const body = await readBody(request);
    const { operation, input } = parseCall(body);
    const envelope = await service.call(operation, input, body.length);
    sendEnvelope(response, 'error' in envelope ? statusOf(envelope.error.code) : 200, envelope);
  };

  const stream = (response: ServerResponse) => {
    response.writeHead(200, { ...securityHeaders, 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': open\n\n');
    streams.add(response);
    response.on('close', () => streams.delete(response));
  };

  const file = async (pathname: string, response: ServerResponse) => {
    const found = await readRendererFile(options.renderer, pathname);
    if (found === null) throw new Refusal(404, 'not-found', 'file');
    response
      .writeHead(200, {
        ...securityHeaders,
        'content-type': found.mediaType,
        'cache-control': found.immutable ? 'private, max-age=31536000, immutable' : 'no-cache',
      })
      .end(found.body);
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    checkPlace(request);
    const base = `http://127.0.0.1:${port}`;
    if (!URL.canParse(request.url ?? '/', base)) throw new Refusal(400, 'invalid-input', 'address');
    const { pathname, searchParams } = new URL(request.url ?? '/', base);
    const given = searchParams.get('token');
    const signedIn = same(readCookie(request, cookieName()), session);
    if (request.method === 'GET' && pathname === '/' && given !== null && !signedIn) return exchange(given, response);
    checkSession(request);
    if (request.method === 'POST' && pathname === '/call') return call(request, response);
    if (request.method !== 'GET') throw new Refusal(405, 'unknown-operation', 'method');
    if (pathname === '/events') return stream(response);
    return file(pathname, response);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => refuse(request, response, error, log));
  });
  port = await listen(server, options.port);

  const unsubscribe = service.on((message) => {
    for (const response of streams) {
      response.write(`data: ${JSON.stringify(message)}\n\n`);
      if (response.writableLength > maxUnsent) response.destroy();
    }
  });
  const beat = setInterval(() => {
    for (const response of streams) response.write(': alive\n\n');
  }, options.heartbeat ?? 25_000);

  return {
    url: `http://127.0.0.1:${port}/?token=${token.toString('base64url')}`,
    stop: async () => {
      clearInterval(beat);
      unsubscribe();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

const foreign = (reason: string) => new Refusal(403, 'forbidden-sender', reason);
const malformed = () => new Refusal(400, 'invalid-input', 'body');

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The host has no port'));
      else resolve(address.port);
    });
  });
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const tooLarge = () => new Refusal(413, 'too-large', 'body');
  if (Number(request.headers['content-length'] ?? 0) > maxBody) throw tooLarge();
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request) {
    size += (piece as Buffer).length;
    if (size > maxBody) throw tooLarge();
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces);
}

function parseCall(body: Buffer): z.infer<typeof callBody> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw malformed();
  }
  const parsed = callBody.safeParse(value);
  if (!parsed.success) throw malformed();
  return parsed.data;
}

/** Compares a secret in constant time. */
function same(given: string, secret: Buffer): boolean {
  const bytes = Buffer.from(given, 'base64url');
  return bytes.length === secret.length && timingSafeEqual(bytes, secret);
}

function readCookie(request: IncomingMessage, name: string): string {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=');
    if (key === name && value !== undefined) return value;
  }
  return '';
}

function statusOf(code: ErrorCode): number {
  if (code === 'unknown-operation') return 404;
  if (code === 'too-large') return 413;
  if (code === 'invalid-input') return 400;
  return 200;
}

function sendEnvelope(response: ServerResponse, status: number, envelope: Envelope<unknown>): void {
  response
    .writeHead(status, { ...securityHeaders, 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(envelope));
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown, log: DeskLog): void {
  if (response.headersSent || response.destroyed) return;
  const refusal = error instanceof Refusal ? error : new Refusal(500, 'internal', 'error');
  if (error instanceof Refusal) log.warn({ code: refusal.code, reason: refusal.message }, 'request refused');
  else log.error({ err: error }, 'request failed');
  // What is left of an oversized body is not read.
  if (!request.complete) response.setHeader('connection', 'close');
  if (request.headers['sec-fetch-mode'] === 'navigate') {
    response
      .writeHead(refusal.status, {
        ...securityHeaders,
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
      })
      .end(refusalPage(refusal.code));
    return;
  }
  sendEnvelope(response, refusal.status, failure(new OperationError(refusal.code)));
}
