import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OperationDefinition } from '../../shared/contract/define.ts';
import { httpRequest } from '../../shared/contract/http.ts';
import { type HttpOperationName, type Input, type Output, operations } from '../../shared/contract/registry.ts';
import { type Envelope, OperationError } from '../../shared/lib/errors.ts';
import { readConfig } from '../../viewer/server/config.ts';
import { type RunningViewer, startViewer } from '../../viewer/server/index.ts';
import { createTestDatabase } from './database.ts';

/** A whole viewer on a database of its own, listening on a free port. */
export interface TestViewer extends RunningViewer {
  readonly databaseUrl: string;
  readonly dataFolder: string;
  /** A browser that has visited nobody yet. */
  readonly browser: () => TestBrowser;
  /** Calls as a paired device. */
  readonly asDevice: (token: string) => Call;
  /** Moves the viewer's clock (milliseconds). */
  readonly forward: (milliseconds: number) => void;
}

/** Calls an operation over HTTP; throws `OperationError` where it answers one. */
type Call = <N extends HttpOperationName>(name: N, input: Input<N>) => Promise<Output<N>>;

/** What a browser does by itself: keeps cookies, names the origin. */
interface TestBrowser {
  readonly call: Call;
  /** `name=value` pairs that it would send. */
  readonly cookies: () => string;
  /** The last answer's `Set-Cookie` lines. */
  readonly setCookies: () => readonly string[];
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
}

/** Starts it; `stop` also drops the database and the data. */
export async function startTestViewer(environment: Readonly<Record<string, string>> = {}): Promise<TestViewer> {
  const database = await createTestDatabase();
  const dataFolder = await mkdtemp(join(tmpdir(), 'treppenhaus-viewer-'));
  let ahead = 0;
  const config = await readConfig({
    DATABASE_URL: database.url,
    DATA_DIR: dataFolder,
    PORT: '0',
    LOG_LEVEL: 'silent',
    RELEASE_DELAY_SECONDS: '1',
    ...environment,
  });
  const running = await startViewer(config, { now: () => Date.now() + ahead });
  return {
    ...running,
    databaseUrl: database.url,
    dataFolder,
    browser: () => openBrowser(running.url),
    asDevice: (token) => caller((path, init) => fetch(running.url + path, withHeaders(init, bearer(token)))),
    forward: (milliseconds) => {
      ahead += milliseconds;
    },
    stop: async () => {
      await running.stop();
      await database.drop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

function openBrowser(url: string): TestBrowser {
  const jar = new Map<string, string>();
  let last: readonly string[] = [];
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const send = async (path: string, init: RequestInit = {}) => {
    const own = { origin: url, ...(jar.size === 0 ? {} : { cookie: cookies() }) };
    const response = await fetch(url + path, withHeaders(init, own));
    last = response.headers.getSetCookie();
    for (const line of last) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  return { call: caller(send), cookies, setCookies: () => last, fetch: send };
}

function caller(send: (path: string, init: RequestInit) => Promise<Response>): Call {
  return async <N extends HttpOperationName>(name: N, input: Input<N>): Promise<Output<N>> => {
    const definition: OperationDefinition = operations[name];
    const { method, path, body } = httpRequest(definition, input as Readonly<Record<string, unknown>>);
    const headers: Record<string, string> = body === null ? {} : { 'content-type': 'application/json' };
    const response = await send(path, { method, headers, body });
    const envelope = (await response.json()) as Envelope<unknown>;
    if ('error' in envelope) throw new OperationError(envelope.error.code, envelope.error.details);
    return envelope.ok as Output<N>;
  };
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

function withHeaders(init: RequestInit | undefined, own: Readonly<Record<string, string>>): RequestInit {
  return { ...init, headers: { ...own, ...(init?.headers as Record<string, string> | undefined) } };
}
