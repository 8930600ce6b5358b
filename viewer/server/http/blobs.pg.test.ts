import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { fastify } from 'fastify';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { protocolVersion } from '../../../shared/sync/protocol.ts';
import { startTestViewer, type TestViewer } from '../../../tests/setup/viewer.ts';
import { deviceTokenTable } from '../db/schema.ts';
import { createPairingCode } from '../sync/pairing.ts';
import { registerBlobs } from './blobs.ts';

let viewer: TestViewer;
let ours: string;
let theirs: string;

beforeAll(async () => {
  viewer = await startTestViewer();
  ours = (await pair()).token;
  theirs = (await pair()).token;
});
afterAll(() => viewer?.stop());

async function pair() {
  const { code } = await createPairingCode(viewer.viewer, null);
  const organisation = { id: v7(), name: 'Verwaltung', staffId: v7() };
  return viewer.asDevice('')('sync.pair', {
    protocol: protocolVersion,
    code,
    deviceName: 'PC',
    appVersion: '1',
    organisation,
  });
}

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const metadata = (fields: Readonly<Record<string, string>>) =>
  Object.entries(fields)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',');
const tus = (token: string, path: string, init: RequestInit = {}) =>
  fetch(new URL(path, viewer.url), {
    ...init,
    headers: { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0', ...(init.headers as object) },
  });
const create = (token: string, length: string | null, fields: Readonly<Record<string, string>>) =>
  tus(token, '/api/sync/uploads', {
    method: 'POST',
    headers: {
      ...(length === null ? { 'upload-defer-length': '1' } : { 'upload-length': length }),
      'upload-metadata': metadata(fields),
    },
  });
const patch = (token: string, path: string, offset: number, body: Uint8Array<ArrayBuffer>) =>
  tus(token, path, {
    method: 'PATCH',
    headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
    body,
  });
const blob = (token: string, sha256: string, method = 'GET') => tus(token, `/api/sync/blobs/${sha256}`, { method });

async function begin(bytes: Uint8Array, sha256 = hash(bytes)): Promise<string> {
  const created = await create(ours, String(bytes.length), { sha256, mediaType: 'application/pdf' });
  expect(created.status).toBe(201);
  return new URL(created.headers.get('location') ?? '', viewer.url).pathname;
}

test('a file is there once it is whole, for its company alone', async () => {
  const bytes = new Uint8Array(randomBytes(5000));
  const path = await begin(bytes);
  expect((await patch(ours, path, 0, bytes.subarray(0, 2000))).status).toBe(204);
  expect((await blob(ours, hash(bytes), 'HEAD')).status).toBe(404);
  for (const method of ['HEAD', 'GET', 'DELETE'])
    expect([method, (await tus(theirs, path, { method })).status]).toEqual([method, 404]);
  expect((await patch(theirs, path, 2000, bytes.subarray(2000))).status).toBe(404);
  expect((await patch('x'.repeat(43), path, 2000, bytes.subarray(2000))).status).toBe(401);
  expect((await patch(ours, path, 2000, bytes.subarray(2000))).status).toBe(204);
  expect((await blob(ours, hash(bytes), 'HEAD')).status).toBe(200);
  expect(new Uint8Array(await (await blob(ours, hash(bytes))).arrayBuffer())).toEqual(bytes);
  for (const method of ['HEAD', 'GET']) expect((await blob(theirs, hash(bytes), method)).status).toBe(404);
});

test('a part of a file is handed out, so that a desk goes on where its line broke', async () => {
  const bytes = new Uint8Array(randomBytes(5000));
  expect((await patch(ours, await begin(bytes), 0, bytes)).status).toBe(204);
  const part = (range: string) => tus(ours, `/api/sync/blobs/${hash(bytes)}`, { headers: { range } });
  const rest = await part('bytes=4000-');
  expect([rest.status, rest.headers.get('content-range')]).toEqual([206, 'bytes 4000-4999/5000']);
  expect(new Uint8Array(await rest.arrayBuffer())).toEqual(bytes.subarray(4000));
  const beyond = await part('bytes=5000-');
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */5000']);
});

test('what is not what its hash says is not kept', async () => {
  const bytes = new Uint8Array(randomBytes(100));
  const path = await begin(bytes, 'ab'.repeat(32));
  expect((await patch(ours, path, 0, bytes)).status).toBe(460);
  expect((await blob(ours, 'ab'.repeat(32), 'HEAD')).status).toBe(404);
  expect((await tus(ours, path, { method: 'HEAD' })).status).toBe(404);
});

test.each<readonly [string, string | null, Readonly<Record<string, string>>, number]>([
  ['of no size', '0', { sha256: 'ab'.repeat(32), mediaType: 'a/b' }, 400],
  ['whose size comes later', null, { sha256: 'ab'.repeat(32), mediaType: 'a/b' }, 400],
  ['of a negative size', '-5', { sha256: 'ab'.repeat(32), mediaType: 'a/b' }, 400],
  ['larger than any may be', String(50 * 1024 * 1024 + 1), { sha256: 'ab'.repeat(32), mediaType: 'a/b' }, 413],
  ['without a hash', '5', { mediaType: 'a/b' }, 400],
  ['with a path for a hash', '5', { sha256: '../../../etc/passwd', mediaType: 'a/b' }, 400],
  ['without a type', '5', { sha256: 'ab'.repeat(32) }, 400],
  ['with an endless type', '5', { sha256: 'ab'.repeat(32), mediaType: 'x'.repeat(500) }, 400],
  ['with a control character in its type', '5', { sha256: 'ab'.repeat(32), mediaType: 'a\u0000b' }, 400],
])('an upload %s does not begin', async (_what, length, fields, status) => {
  expect((await create(ours, length, fields)).status).toBe(status);
});

test('more bytes than announced are not taken', async () => {
  const bytes = new Uint8Array(randomBytes(100));
  const path = await begin(bytes);
  const more = new Uint8Array(randomBytes(5000));
  expect((await patch(ours, path, 0, more)).status).toBeGreaterThanOrEqual(400);
  expect((await blob(ours, hash(bytes), 'HEAD')).status).toBe(404);
});

test('a path in the place of an upload leads nowhere', async () => {
  const organisationId = (await begin(new Uint8Array(5))).split('/').at(-1)?.split('_')[0] ?? '';
  for (const name of [
    `${organisationId}_%2f..%2f..%2fsecret`,
    `${organisationId}_..%5c..%5csecret`,
    '%00',
    '..%2f..',
  ]) {
    for (const method of ['HEAD', 'DELETE', 'GET'])
      expect([name, method, (await tus(ours, `/api/sync/uploads/${name}`, { method })).status]).toEqual([
        name,
        method,
        404,
      ]);
  }
});

test('a line that breaks in the middle of a piece harms nobody', async () => {
  const bytes = new Uint8Array(randomBytes(200_000));
  const path = await begin(bytes);
  await new Promise<void>((resolve) => {
    const half = httpRequest(new URL(path, viewer.url), {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${ours}`,
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
        'content-length': String(bytes.length),
      },
    });
    half.on('error', () => resolve());
    half.write(bytes.subarray(0, 100_000), () => setTimeout(() => half.destroy(), 50));
    half.on('close', () => resolve());
  });
  const position = await expect
    .poll(async () => (await tus(ours, path, { method: 'HEAD' })).headers.get('upload-offset'), { timeout: 20_000 })
    .toMatch(/^\d+$/)
    .then(async () => Number((await tus(ours, path, { method: 'HEAD' })).headers.get('upload-offset')));
  expect((await patch(ours, path, position, bytes.subarray(position))).status).toBe(204);
  expect((await blob(ours, hash(bytes), 'HEAD')).status).toBe(200);
});

test('a revoked desk neither goes on with an upload nor hears of news', async () => {
  const { token, deviceId } = await pair();
  const bytes = new Uint8Array(randomBytes(10));
  const created = await create(token, '10', { sha256: hash(bytes), mediaType: 'a/b' });
  const path = new URL(created.headers.get('location') ?? '', viewer.url).pathname;
  await viewer.viewer.global
    .update(deviceTokenTable)
    .set({ revokedAt: '2026-02-01T00:00:00.000Z' })
    .where(eq(deviceTokenTable.deviceId, deviceId));
  expect((await patch(token, path, 0, bytes)).status).toBe(401);
  expect((await blob(token, hash(bytes))).status).toBe(401);
  expect((await tus(token, '/api/sync/events')).status).toBe(401);
});

test('a database that does not answer is no revocation', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'blobs-'));
  const away = async () => {
    throw new Error('the database is away');
  };
  const app = fastify();
  await registerBlobs(app, viewer.viewer, { device: away, remembered: () => null, resident: away }, folder);
  await app.listen({ host: '127.0.0.1', port: 0 });
  try {
    const port = (app.server.address() as AddressInfo).port;
    const answer = await fetch(`http://127.0.0.1:${port}/api/sync/uploads`, {
      method: 'POST',
      headers: { 'tus-resumable': '1.0.0', 'upload-length': '3', authorization: `Bearer ${ours}` },
    });
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain('away');
  } finally {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  }
});
