import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerPortal } from './portal.ts';
import { registerSecurity } from './security.ts';

let folder: string;
let app: FastifyInstance;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'treppenhaus-portal-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<meta content="__CSP_NONCE__"><script nonce="__CSP_NONCE__">');
  await writeFile(join(folder, 'assets/app-1a2b.js'), 'export {};');
  await writeFile(join(folder, 'icon.svg'), '<svg/>');
  app = fastify();
  await registerSecurity(app, () => 'https://portal.example.de');
  await registerPortal(app, folder);
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

const html = { accept: 'text/html,application/xhtml+xml' };

test('every address that is no file is the page, with a nonce of its own', async () => {
  const nonces = new Set<string>();
  for (const url of ['/', '/index.html', '/einladung/abc', '/organisations/1/properties/2/notices']) {
    const response = await app.inject({ url, headers: html });
    expect(response.statusCode).toBe(200);
    const found = [...response.body.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(found).toHaveLength(2);
    expect(new Set(found).size).toBe(1);
    expect(response.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${found[0]}'`);
    expect(response.headers['content-security-policy']).not.toContain('unsafe');
    expect(response.headers['cache-control']).toBe('no-store');
    nonces.add(found[0] ?? '');
  }
  expect(nonces.size).toBe(4);
});

test('files are served; those whose name changes with their content for ever', async () => {
  const asset = await app.inject({ url: '/assets/app-1a2b.js' });
  expect(asset.statusCode).toBe(200);
  expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  const icon = await app.inject({ url: '/icon.svg' });
  expect(icon.headers['cache-control']).toBe('no-cache');
  expect(icon.headers['content-security-policy']).toContain("default-src 'none'");
});

test('nothing outside the folder is a file, and a missing file is no page', async () => {
  for (const url of ['/../config.ts', '/%2e%2e/config.ts', '/assets/..%2f..%2fconfig.ts', '/assets/gone.js']) {
    const response = await app.inject({ url });
    expect({ url, status: response.statusCode }).toEqual({ url, status: 404 });
    expect(response.json()).toMatchObject({ error: { code: 'not-found' } });
  }
});

test('somebody with a mangled address sees the portal, a program sees an error', async () => {
  for (const url of ['/einladung/%00', '/assets/', '/a%5c..%5cb']) {
    const page = await app.inject({ url, headers: html });
    expect({ url, status: page.statusCode, body: page.body }).toMatchObject({ url, status: 200 });
    expect(page.headers['content-security-policy']).toContain('nonce-');
    const program = await app.inject({ url });
    expect({ url, status: program.statusCode }).toEqual({ url, status: 404 });
  }
});

test('an address of the API is never the page', async () => {
  const response = await app.inject({ url: '/api/other', headers: html });
  expect(response.json()).toMatchObject({ error: { code: 'unknown-operation' } });
});

test('over https browsers are told to stay there', async () => {
  const response = await app.inject({ url: '/', headers: html });
  expect(response.headers['strict-transport-security']).toContain('max-age=31536000');
});

test('a flood from one address ends, other addresses are served', async () => {
  let limited = 0;
  for (let count = 0; count < 1300; count += 1) {
    const response = await app.inject({ url: '/icon.svg', remoteAddress: '192.0.2.1' });
    if (response.statusCode === 429) limited += 1;
  }
  expect(limited).toBe(100);
  expect((await app.inject({ url: '/icon.svg', remoteAddress: '192.0.2.2' })).statusCode).toBe(200);
});
