import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRendererFile } from './renderer-files.ts';

let top: string;
let folder: string;
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'treppenhaus-renderer-'));
  folder = join(top, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  mkdirSync(join(folder, 'folder.js'));
  writeFileSync(join(folder, 'index.html'), 'page');
  writeFileSync(join(folder, 'assets', 'index-B3_a.js'), 'script');
  writeFileSync(join(folder, 'assets', 'noext'), 'x');
  writeFileSync(join(folder, '.env.js'), 'secret');
  writeFileSync(join(top, 'secret.js'), 'secret');
});
afterAll(() => rmSync(top, { recursive: true }));

test('serves the build, and the page for every screen', async () => {
  expect(await readRendererFile(folder, '/assets/index-B3_a.js')).toMatchObject({
    mediaType: 'text/javascript; charset=utf-8',
    immutable: true,
  });
  for (const path of ['/', '/index.html', '/people', '/people/01a2']) {
    expect(await readRendererFile(folder, path)).toMatchObject({ body: Buffer.from('page'), immutable: false });
  }
});

test.each([
  '/../secret.js',
  '/..%2fsecret.js',
  '/%2e%2e/secret.js',
  '/assets/..%5c..%5csecret.js',
  '/assets/%00.js',
  '/.env.js',
  '/%E0%A4%A',
  '/assets/missing.js',
  '/assets/a.php',
  '/assets/index-B3_a.js/x.js',
  '/folder.js',
])('does not serve %s', async (path) => {
  expect(await readRendererFile(folder, path)).toBeNull();
});
