import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { holds } from './line.ts';

const sha256 = 'ab'.repeat(32);
let server: Server | undefined;
afterEach(() => new Promise((resolve) => server?.close(resolve)));

async function asked(answer: RequestListener): Promise<boolean> {
  const listening = createServer(answer);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  const signal = new AbortController().signal;
  return holds({ url, token: 'x', signal, progressed: () => undefined }, sha256);
}

test('a viewer names the file that it has; one of 0.1.0 answers without a word', async () => {
  expect(await asked((_request, response) => response.writeHead(200, { etag: `"${sha256}"` }).end())).toBe(true);
  expect(await asked((_request, response) => response.writeHead(200).end())).toBe(true);
  expect(await asked((_request, response) => response.writeHead(404).end())).toBe(false);
});

test.each<readonly [string, RequestListener]>([
  ['its page', (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end()],
  [
    'the way to its page',
    ({ url }, response) =>
      url === '/login' ? response.writeHead(200).end() : response.writeHead(302, { location: '/login' }).end(),
  ],
])('a network that answers everything with %s has no file, and is no viewer', async (_what, answer) => {
  await expect(asked(answer)).rejects.toMatchObject({ code: 'viewer-unreachable' });
});
