import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OperationDefinition } from '../../../shared/contract/define.ts';
import { httpOperationNames, operations } from '../../../shared/contract/registry.ts';
import { pullRequest } from '../../../shared/sync/protocol.ts';
import { foundCompany, type TestCompany } from '../../../tests/setup/company.ts';
import { startTestViewer, type TestViewer } from '../../../tests/setup/viewer.ts';
import { deviceTokenTable } from '../db/schema.ts';

let viewer: TestViewer;
let company: TestCompany;
let token: string;
let deviceId: string;
beforeAll(async () => {
  viewer = await startTestViewer();
  company = await foundCompany(viewer.viewer);
  token = randomBytes(32).toString('base64url');
  deviceId = viewer.viewer.newId();
  await viewer.viewer.global.insert(deviceTokenTable).values({
    tokenHash: createHash('sha256').update(token).digest('hex'),
    organisationId: company.organisationId,
    deviceId,
    staffId: viewer.viewer.newId(),
    createdAt: '2026-01-01T00:00:00.000Z',
    revokedAt: null,
  });
});
afterAll(() => viewer.stop());

async function send(path: string, init: RequestInit = {}) {
  const response = await fetch(viewer.url + path, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function post(path: string, body: BodyInit, headers: Readonly<Record<string, string>> = {}) {
  return send(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
}

const code = (code: string) => ({ error: { code, details: expect.anything() } });

test('the address and its name are healthy', async () => {
  expect(await send('/healthz')).toMatchObject({ status: 200, body: { ok: {} } });
  expect(await send('/readyz')).toMatchObject({ status: 200, body: { ok: {} } });
});

test('whoever is not of the audience is told nothing else, on every operation', async () => {
  for (const name of httpOperationNames) {
    const definition: OperationDefinition = operations[name];
    if (definition.audience === 'anonymous' || definition.http === undefined) continue;
    const { method, path } = definition.http;
    const init = method === 'GET' || method === 'DELETE' ? { method } : { method, body: '{"no":"such field"}' };
    const headers = { 'content-type': 'application/json' };
    const asNobody = await send(path, { ...init, ...('body' in init ? { headers } : {}) });
    expect({ name, status: asNobody.status, body: asNobody.body }).toEqual({
      name,
      status: 401,
      body: { error: { code: 'not-signed-in', details: {} } },
    });
    if (definition.audience !== 'resident') continue;
    // A desk is no resident: its token opens no operation of the portal.
    const asDevice = await send(path, { ...init, headers: { ...headers, authorization: `Bearer ${token}` } });
    expect({ name, status: asDevice.status }).toEqual({ name, status: 401 });
  }
});

test('a device is known by its token until it is revoked', async () => {
  const { epoch } = await viewer.asDevice(token)('sync.pull', { protocol: 1, cursor: 0 });
  expect(epoch).toMatch(/^[0-9a-f-]{36}$/);
  const wrong = viewer.asDevice(randomBytes(32).toString('base64url'))('sync.pull', { protocol: 1, cursor: 0 });
  await expect(wrong).rejects.toMatchObject({ code: 'not-signed-in' });
  await viewer.viewer.global.update(deviceTokenTable).set({ revokedAt: '2026-02-01T00:00:00.000Z' });
  const revoked = viewer.asDevice(token)('sync.pull', { protocol: 1, cursor: 0 });
  await expect(revoked).rejects.toMatchObject({ code: 'device-revoked' });
  await viewer.viewer.global.update(deviceTokenTable).set({ revokedAt: null });
});

test('path and query are the input of a GET, and strict', async () => {
  const headers = { authorization: `Bearer ${token}` };
  expect(await send('/api/sync/changes?protocol=1&cursor=0', { headers })).toMatchObject({ status: 200 });
  expect(await send('/api/sync/changes?protocol=1', { headers })).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid-input', details: { paths: ['cursor'] } } },
  });
  const extra = await send('/api/sync/changes?protocol=1&cursor=0&more=1', { headers });
  expect(extra).toMatchObject({ status: 400, body: code('invalid-input') });
});

test('a field of the path cannot be given again in the body', async () => {
  const path = `/api/portal/invitations/${'z'.repeat(43)}`;
  const body = JSON.stringify({ token: 'other', showInDirectory: true, language: 'de' });
  expect(await post(path, body)).toMatchObject({ status: 404, body: code('invitation-invalid') });
});

test('malformed, oversized and foreign bodies get a code, never a stack', async () => {
  const path = '/api/portal/sign-in';
  expect(await post(path, '{')).toMatchObject({ status: 400, body: code('invalid-input') });
  expect(await post(path, '')).toMatchObject({ status: 400, body: code('invalid-input') });
  expect(await post(path, '[]')).toMatchObject({ status: 400, body: code('invalid-input') });
  expect(await post(path, '{"__proto__":{"email":"x"}}')).toMatchObject({ status: 400, body: code('invalid-input') });
  expect(await post(path, 'a=b', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({
    status: 400,
    body: code('invalid-input'),
  });
  expect(await post(path, '{}', { 'content-type': 'text/plain' })).toMatchObject({
    status: 400,
    body: code('invalid-input'),
  });
  const large = JSON.stringify({ email: 'x'.repeat(300_000), password: '' });
  expect(await post(path, large)).toMatchObject({ status: 413, body: code('too-large') });
});

test('an unknown operation is no page', async () => {
  expect(await send('/api/nothing', { headers: { accept: 'text/html' } })).toMatchObject({
    status: 404,
    body: code('unknown-operation'),
  });
  expect(await post('/api/portal/session', '{}')).toMatchObject({ status: 404, body: code('unknown-operation') });
  expect(await send('/api/%zz')).toMatchObject({ status: 400, body: code('invalid-input') });
});

test('gzip is unpacked, a bomb is not', async () => {
  const headers = { 'content-encoding': 'gzip', authorization: `Bearer ${token}` };
  const push = (bytes: Buffer) => post('/api/sync/push', new Uint8Array(bytes), headers);
  expect(await push(gzipSync('{"protocol":1,"changesets":[]}'))).toMatchObject({ status: 200 });
  const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '));
  expect(bomb.length).toBeLessThan(1024 * 1024);
  expect(await push(bomb)).toMatchObject({ status: 413, body: code('too-large') });
  expect(await push(Buffer.from('no gzip at all'))).toMatchObject({ status: 400, body: code('invalid-input') });
  expect(await push(gzipSync('{"protocol":1}').subarray(0, 12))).toMatchObject({ status: 400 });
  const other = await post('/api/sync/push', '{}', { ...headers, 'content-encoding': 'br' });
  expect(other).toMatchObject({ status: 400, body: code('invalid-input') });
  expect(await send('/healthz')).toMatchObject({ status: 200 });
});

test('another site cannot make a browser change something', async () => {
  const body = JSON.stringify({ email: 'a@example.de', password: 'x' });
  const cookie = 'treppenhaus.session_token=x';
  const host = new URL(viewer.url).host;
  const attempts: readonly (readonly [Readonly<Record<string, string>>, boolean])[] = [
    [{ origin: 'https://evil.example' }, false],
    [{ origin: 'null' }, false],
    [{ origin: `http://${host}.evil.example` }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ cookie }, false],
    [{ cookie, origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, false],
    [{ cookie, origin: viewer.url }, true],
    [{ cookie, 'sec-fetch-site': 'same-origin' }, true],
    [{}, true],
  ];
  for (const [headers, allowed] of attempts) {
    const { status, body: answer } = await post('/api/portal/sign-in', body, headers);
    const expected = allowed ? 'wrong-credentials' : 'forbidden-sender';
    expect({ headers, status, answer }).toEqual({ headers, status: allowed ? 401 : 403, answer: code(expected) });
  }
});

test('every answer carries the policy, and no script, style or frame of others is in it', async () => {
  for (const path of ['/healthz', '/api/portal/session', '/api/openapi.json', '/nothing', '/api/%zz']) {
    const { headers } = await send(path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toContain('geolocation=()');
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('server')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  }
});

test('answers of operations are not stored', async () => {
  const { headers } = await send('/api/sync/changes?protocol=1&cursor=0', {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(headers.get('cache-control')).toBe('no-store');
  const refused = [
    '/api/portal/session',
    '/api/none',
    '/api/%zz',
    '/api/portal/files/a/b',
    '/api/portal/invitations/x',
  ];
  for (const path of refused) {
    expect([path, (await send(path)).headers.get('cache-control')]).toEqual([path, 'no-store']);
  }
});

test('what is no HTTP gets an envelope as well', async () => {
  const { port } = new URL(viewer.url);
  const knock = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
      let answer = '';
      socket.on('data', (chunk) => {
        answer += String(chunk);
      });
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
    });
  const long = `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`;
  for (const text of ['FOO / HTTP/1.1\r\nhost: x\r\n\r\n', '\u0016\u0003\u0001 no tls here\r\n\r\n', long]) {
    const answer = await knock(text);
    expect(answer).toMatch(/^HTTP\/1\.1 4(00|31) /);
    expect(answer).toContain('nosniff');
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject(code('invalid-input'));
  }
});

test('the OpenAPI document names every operation, its fields and who may call it', async () => {
  const { body } = await send('/api/openapi.json');
  const document = body as {
    openapi: string;
    paths: Record<string, Record<string, { operationId: string; security: object[]; parameters: { name: string }[] }>>;
    components: { schemas: Record<string, unknown> };
  };
  expect(document.openapi).toBe('3.1.0');
  const described = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  expect(described.map((operation) => operation.operationId).sort()).toEqual([...httpOperationNames].sort());
  expect(document.paths['/api/portal/organisations/{organisationId}/settings']?.get).toMatchObject({
    operationId: 'accounts.settings',
    security: [{ resident: [] }],
    parameters: [{ name: 'organisationId', in: 'path', required: true }],
  });
  expect(document.paths['/api/sync/changes']?.get?.parameters.map((parameter) => parameter.name)).toEqual(
    Object.keys(pullRequest.shape),
  );
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(references.length).toBeGreaterThan(0);
  for (const reference of references) {
    const name = /^#\/components\/schemas\/(.+)$/.exec(reference)?.[1] ?? '';
    expect(Object.keys(document.components.schemas)).toContain(name);
  }
});
