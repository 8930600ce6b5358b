import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const product = ['main', 'preload', 'renderer', 'shared', 'viewer'];
const sources = product.flatMap((folder) =>
  globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root, exclude: (name) => name === 'node_modules' }),
);
const shipped = sources.filter((file) => !/\.test\.tsx?$/.test(file));

test('no source of the product imports a test, so no mistake on purpose can come into a build', async () => {
  expect(shipped.length).toBeGreaterThan(300);
  const strays: string[] = [];
  for (const file of shipped) {
    const text = await readFile(join(root, file), 'utf8');
    if (/(?:from|import\(|import)\s*\(?['"][^'"]*\btests\//.test(text)) strays.push(file);
    if (/--break|bare-sequence|cursor-first|skip-dedupe|no-base/.test(text)) strays.push(file);
  }
  expect(strays).toEqual([]);
});

test('the bundles, where they were made, hold none of it', async () => {
  const bundles = globSync('out/**/*.{js,cjs,mjs}', { cwd: root });
  for (const bundle of bundles) {
    const text = await readFile(join(root, bundle), 'utf8');
    expect(text.includes('bare-sequence') || text.includes('tests/simulator')).toBe(false);
  }
});
