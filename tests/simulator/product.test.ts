import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const product = ['main', 'preload', 'renderer', 'shared', 'viewer'];
const isTest = /\.test\.tsx?$/;

/** `import … from`, `export … from`, `import()` and `new URL()` of a file. */
const imports = /(?:\bfrom|\bimport|\bURL)\s*\(?\s*['"](\.{1,2}\/[^'"]+\.[a-z]+)['"]/g;

/** Every file that sources of the product import, by whatever way, and what of it lies outside of the product. */
async function reached(starts: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const from = new Map<string, string>(starts.map((file) => [file, 'the product']));
  for (const file of from.keys()) {
    if (!/\.tsx?$/.test(file)) continue;
    for (const [, fileName = ''] of (await readFile(file, 'utf8')).matchAll(imports)) {
      const [path = ''] = join(dirname(file), fileName).split('?');
      if (!existsSync(path)) throw new Error(`${relative(root, file)} imports ${fileName}, which is not there`);
      if (!from.has(path)) from.set(path, relative(root, file));
    }
  }
  return from;
}

test('nothing that the product imports lies among the tests, so no mistake on purpose can come into a build', async () => {
  const shipped = product.flatMap((folder) =>
    globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root, exclude: (name) => name === 'node_modules' })
      .filter((file) => !isTest.test(file))
      .map((file) => join(root, file)),
  );
  expect(shipped.length).toBeGreaterThan(300);
  const strays = [...(await reached(shipped))].flatMap(([path, importer]) => {
    const inside = relative(root, path);
    const isOwn = product.includes(inside.split(sep)[0] ?? '') || inside === 'package.json';
    return isOwn && !isTest.test(inside) ? [] : [`${importer} imports ${inside}`];
  });
  expect(strays).toEqual([]);
});

test('a way to the simulator is found, also over a file in between', async () => {
  const found = await reached([join(root, 'tests/simulator/worker.ts')]);
  expect(found.get(join(root, 'tests/simulator/breaks/skip-dedupe.ts'))).toBe('tests/simulator/breaks/breaks.ts');
});

test('the bundles, where they were made, hold none of it', async () => {
  const bundles = globSync('out/**/*.{js,cjs,mjs}', { cwd: root });
  for (const bundle of bundles) {
    const text = await readFile(join(root, bundle), 'utf8');
    expect(text.includes('bare-sequence') || text.includes('tests/simulator')).toBe(false);
  }
});
