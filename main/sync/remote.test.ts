import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { protocolVersion } from '../../shared/sync/protocol.ts';
import { createRemote } from './remote.ts';

let server: Server | undefined;
afterEach(() => new Promise((resolve) => server?.close(resolve)));

async function pulled(status: number, body: string): Promise<unknown> {
  const listening = createServer((_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(body),
  );
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  const remote = createRemote(url, 'x', new AbortController().signal);
  return remote('sync.pull', { protocol: protocolVersion, cursor: 0 });
}

test.each([
  [200, '<html>Anmeldung</html>'],
  [200, 'null'],
  [200, '7'],
  [200, '"ok"'],
  [200, '{"ok":true}'],
  [200, '{"ok":{}}'],
  [200, '{"ok":{"status":"up"}}'],
  [401, '{"error":"unauthorized"}'],
  [403, '{"error":{"code":403,"message":"Forbidden"}}'],
  [500, '{"error":null}'],
])('what somebody else on the way answers is no viewer: %s %s', async (status, body) => {
  await expect(pulled(status, body)).rejects.toMatchObject({ code: 'viewer-unreachable', details: { status } });
});

test('a viewer is heard, also a newer one that says more', async () => {
  const page = { epoch: 'e', head: 3, reset: false, changes: [], cursor: 3, more: false, later: 1 };
  expect(await pulled(200, JSON.stringify({ ok: page }))).toEqual(page);
});

test('a refusal keeps its code', async () => {
  await expect(pulled(401, '{"error":{"code":"device-revoked","details":{"destroyKey":true}}}')).rejects.toMatchObject({
    code: 'device-revoked',
    details: { destroyKey: true },
  });
});
