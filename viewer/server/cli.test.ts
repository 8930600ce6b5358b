import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clearGround } from './db/embedded/place.ts';
import { findEmbeddedDatabase } from './plugins/embedded.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'treppenhaus-cli-'));
  await chmod(folder, 0o755);
});
afterAll(async () => {
  await clearGround(join(folder, 'postgres'));
  await rm(folder, { recursive: true });
});

function start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const env = { ...inherited, DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent', ...environment };
  return spawn(process.execPath, [join(import.meta.dirname, 'cli.ts'), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = start(args, environment);
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = await once(child, 'close');
  return { code, out: out.trim(), err: err.trim() };
}

async function serve(): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = start(['serve']);
  if (child.stdout === null) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Viewer: (.+)$/.exec(line)?.[1];
    if (url !== undefined) return { child, url };
  }
  throw new Error('It ended without having been ready');
}

test('with nothing but a folder it serves, makes a pairing code beside it, and ends in good order; data stay', async () => {
  const { child, url } = await serve();
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  const { code, out, err } = await run(['pairing-code']);
  expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/) });
  expect(err).toContain('Valid until');
  const second = await run(['serve']);
  expect(second).toMatchObject({ code: 1, err: expect.stringContaining(`Another viewer works in ${folder}.`) });
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(await findEmbeddedDatabase(folder)).toBeNull();
  const again = await serve();
  const pairing = {
    protocol: 1,
    code: out,
    deviceName: 'Büro',
    appVersion: '1.0.0',
    organisation: {
      id: '01930000-0000-7000-8000-00000000000a',
      name: 'Sommer',
      staffId: '01930000-0000-7000-8000-00000000000b',
    },
  };
  const paired = await fetch(`${again.url}/api/sync/pair`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(pairing),
  });
  expect(paired.status).toBe(200);
  expect(await run(['after-restore'])).toMatchObject({ code: 0, out: '1 company starts a new epoch.' });
  again.child.kill('SIGINT');
  expect(await once(again.child, 'exit')).toEqual([0, null]);
}, 120_000);

test('a code without a viewer, a taken port and a wrong word get a sentence, not a stack', async () => {
  expect(await run(['pairing-code'])).toMatchObject({
    code: 1,
    err: `No viewer runs in ${folder}. Start it first: npm run viewer -- serve`,
  });
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  expect(await run(['serve'], { PORT: port })).toMatchObject({
    code: 1,
    err: `Port ${port} is taken by another program. Choose another with PORT.`,
  });
  taken.close();
  expect(await run(['server'])).toMatchObject({ code: 2, err: expect.stringContaining('npm run viewer -- serve') });
  const unreachable = { DATABASE_URL: 'postgresql://nobody:secret@127.0.0.1:1/none' };
  const refused = await run(['serve'], unreachable);
  expect(refused.code).toBe(1);
  expect(refused.err).not.toMatch(/secret|\n {4}at /);
}, 120_000);
