import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DeskLog } from '../service/context.ts';
import { deskPlace } from '../service/place.ts';
import { type DeskService, startDeskService } from '../service/service.ts';
import { type BrowserHost, startBrowserHost } from './browser.ts';

let folder: string;
let service: DeskService;
let host: BrowserHost;
let origin: string;
let port: number;
let cookie: string;
let lines: { facts: Readonly<Record<string, unknown>>; message: string }[] = [];
const note = (facts: Readonly<Record<string, unknown>>, message: string) => void lines.push({ facts, message });
const log: DeskLog = { info: note, warn: note, error: note };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'treppenhaus-host-'));
  const renderer = join(folder, 'renderer');
  mkdirSync(join(renderer, 'assets'), { recursive: true });
  writeFileSync(join(renderer, 'index.html'), '<title>Treppenhaus</title>');
  writeFileSync(join(renderer, 'assets', 'index-1.js'), 'x');
  const shell = {
    host: 'browser',
    keyProtection: 'file',
    notify: () => {},
    openExternal: () => {},
    destroyKey: async () => {},
  } as const;
  service = await startDeskService({ ...deskPlace(folder), key: randomBytes(32), shell, log });
  host = await startBrowserHost({ service, renderer, port: 0, log, heartbeat: 50 });
  origin = new URL(host.url).origin;
  port = Number(new URL(host.url).port);
});
afterAll(async () => {
  await host.stop();
  await service.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  lines = [];
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request with exactly these headers: `fetch` would not let a test lie about host and origin. */
function ask(path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = '';
      response.on('data', (piece: Buffer) => {
        text += piece.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const call = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  ask('/call', {
    method: 'POST',
    headers: { cookie, origin, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const codeOf = (answer: Answer) => (JSON.parse(answer.body) as { error?: { code: string } }).error?.code;
const state = { operation: 'settings.state', input: {} };

describe('the way in', () => {
  test('without the token there is a page that says what to do, and nothing else', async () => {
    const page = await ask('/', { headers: { 'sec-fetch-mode': 'navigate' } });
    expect(page.status).toBe(401);
    expect(page.body).toContain('Dieser Link gilt nur einmal');
    expect((await ask('/assets/index-1.js')).status).toBe(401);
    expect((await ask('/?token=')).status).toBe(401);
    expect((await ask(`/?token=${randomBytes(32).toString('base64url')}`)).status).toBe(401);
    expect(lines).toHaveLength(4);
  });

  test('the token is exchanged once for a cookie that scripts and other sites do not get', async () => {
    const { pathname, search } = new URL(host.url);
    const first = await ask(`${pathname}${search}`, {
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    });
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    const [set] = first.headers['set-cookie'] ?? [];
    expect(set).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(set).toContain(`treppenhaus-${port}=`);
    expect(set).not.toContain(search.slice('?token='.length));
    cookie = set?.split(';')[0] ?? '';
    const again = await ask(`${pathname}${search}`);
    expect(again.status).toBe(401);
    expect(again.headers['set-cookie']).toBeUndefined();
    const page = await ask(`${pathname}${search}`, { headers: { cookie } });
    expect([page.status, page.body]).toEqual([200, '<title>Treppenhaus</title>']);
  });

  test('the page comes with a strict policy, its assets may be kept', async () => {
    const page = await ask('/', { headers: { cookie } });
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:/);
    expect(page.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    });
    const asset = await ask('/assets/index-1.js', { headers: { cookie } });
    expect(asset.headers['cache-control']).toContain('immutable');
    expect((await ask('/missing.js', { headers: { cookie } })).status).toBe(404);
  });
});

describe('calls', () => {
  test('answer the envelope of the operation', async () => {
    const answer = await call(state);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ ok: { phase: 'first-run', host: 'browser' } });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(lines).toEqual([]);
  });

  test.each<[string, unknown, Readonly<Record<string, string>>, number, string]>([
    ['another origin', state, { origin: 'https://evil.example' }, 403, 'forbidden-sender'],
    ['another port of this machine', state, { origin: 'http://127.0.0.1:1' }, 403, 'forbidden-sender'],
    ['an opaque origin', state, { origin: 'null' }, 403, 'forbidden-sender'],
    [
      'a name that was bound to this address',
      state,
      { host: 'evil.example', origin: 'http://evil.example' },
      403,
      'forbidden-sender',
    ],
    ['a name with our port', state, { host: 'evil.example:80' }, 403, 'forbidden-sender'],
    [
      'a script of another site',
      state,
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
      403,
      'forbidden-sender',
    ],
    ['no cookie', state, { cookie: '' }, 401, 'not-signed-in'],
    ['a wrong cookie', state, { cookie: 'treppenhaus-1=x' }, 401, 'not-signed-in'],
    ['a form', state, { 'content-type': 'text/plain' }, 400, 'invalid-input'],
    ['no JSON', '{', {}, 400, 'invalid-input'],
    ['JSON that is no call', [], {}, 400, 'invalid-input'],
    ['a call with more in it', { ...state, as: 'manager' }, {}, 400, 'invalid-input'],
    ['an unknown operation', { operation: 'settings.erase', input: {} }, {}, 404, 'unknown-operation'],
    ['an operation of the viewer', { operation: 'sync.push', input: {} }, {}, 404, 'unknown-operation'],
    ['input that does not fit', { operation: 'settings.state', input: { a: 1 } }, {}, 400, 'invalid-input'],
    [
      'more than the operation takes',
      { operation: 'settings.state', input: 'x'.repeat(300_000) },
      {},
      413,
      'too-large',
    ],
  ])('from %s are refused with a code and a line', async (_what, body, headers, status, code) => {
    const answer = await call(body, headers);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
    expect(lines).toHaveLength(1);
  });

  test('without an origin are refused: a browser always names it', async () => {
    const headers = { cookie, 'content-type': 'application/json' };
    const answer = await ask('/call', { method: 'POST', headers, body: JSON.stringify(state) });
    expect(codeOf(answer)).toBe('forbidden-sender');
  });

  test.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s is not answered', async (method) => {
    expect((await ask('/call', { method, headers: { cookie, origin } })).status).toBe(405);
  });

  test('an address that is none is refused', async () => {
    expect((await ask('http://[', { headers: { cookie } })).status).toBe(400);
    expect((await ask('//evil.example/../call', { headers: { cookie } })).status).toBe(200);
  });

  test('a body that never ends is cut off', async () => {
    const socket = connect(port, '127.0.0.1');
    const head = `POST /call HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${origin}\r\nCookie: ${cookie}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
    socket.write(head);
    const piece = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    socket.on('error', () => {});
    const pump = () => {
      while (!socket.destroyed && socket.write(piece));
    };
    socket.on('drain', pump);
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (data) => {
        text += data.toString();
      });
      socket.on('close', () => resolve(text));
      pump();
    });
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(lines).toHaveLength(1);
  });
});

describe('events', () => {
  test('arrive while they happen, with signs of life between them', async () => {
    const request = httpRequest({ host: '127.0.0.1', port, path: '/events', headers: { cookie } });
    request.end();
    const text = await new Promise<string>((resolve, reject) => {
      request.on('error', reject);
      request.on('response', (response) => {
        expect(response.headers['content-type']).toBe('text/event-stream');
        let all = '';
        response.on('data', (piece: Buffer) => {
          all += piece.toString();
          if (all.includes(': alive') && all.includes('"changed"')) resolve(all);
        });
        const founding = { name: 'HV', staff: { name: 'A', email: 'a@example.org' } };
        void call({ operation: 'settings.createOrganisation', input: founding });
      });
    });
    request.destroy();
    const data = text.split('\n').filter((line) => line.startsWith('data: '));
    const messages = data.map((line) => JSON.parse(line.slice(6)) as { event: string; payload: unknown });
    expect(messages.map((message) => message.event)).toContain('changed');
  });

  test('need the cookie and this origin', async () => {
    expect((await ask('/events')).status).toBe(401);
    const foreign = await ask('/events', { headers: { cookie, origin: 'https://evil.example' } });
    expect(foreign.status).toBe(403);
  });
});

test('a taken port is said', async () => {
  const second = startBrowserHost({ service, renderer: folder, port, log });
  await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
