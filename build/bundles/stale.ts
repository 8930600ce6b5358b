import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type Finished, root, runNode, tool } from '../lib/run.ts';

/** One thing that is bundled: what it is made of and how. */
interface Bundle {
  readonly what: string;
  /** Files whose content decides whether the bundle is stale. */
  readonly inputs: readonly string[];
  readonly command: readonly string[];
}

const code = '**/*.{ts,tsx,css,html,svg,json,sql,woff2,png,jpg}';
const common = [`shared/${code}`, 'package.json', 'package-lock.json', '.postcssrc.json', 'tsconfig.base.json'];

const bundles = {
  desk: {
    what: 'the desk',
    inputs: [...common, `main/${code}`, `preload/${code}`, `renderer/${code}`, 'electron.vite.config.ts'],
    command: [tool('electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'],
  },
  portal: {
    what: 'the portal',
    inputs: [...common, `viewer/web/${code}`, 'vite.portal.config.ts'],
    command: [tool('vite/bin/vite.js'), 'build', '--config', 'vite.portal.config.ts', '--logLevel', 'warn'],
  },
} satisfies Readonly<Record<string, Bundle>>;

/**
 * Bundles what has changed since it was bundled last, told by a hash over the content of its inputs.
 * Throws with the bundler's words when it fails; `say` hears one line per bundle.
 */
export async function buildStale(say: (line: string) => void, force = false): Promise<void> {
  for (const [name, bundle] of Object.entries<Bundle>(bundles)) {
    const stamp = join(root, 'out', `${name}.stamp`);
    const digest = await digestOf(bundle.inputs);
    if (!force && (await readFile(stamp, 'utf8').catch(() => '')) === digest) continue;
    const began = performance.now();
    const { code: exit, output }: Finished = await runNode(bundle.command);
    if (exit !== 0) throw new Error(`Building ${bundle.what} failed:\n${stripVTControlCharacters(output).trim()}`);
    await mkdir(join(root, 'out'), { recursive: true });
    await writeFile(stamp, digest);
    say(`Built ${bundle.what} in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
  }
}

async function digestOf(patterns: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  const files = globSync([...patterns], { cwd: root, exclude: ['**/*.test.*', '**/tsconfig.json'] }).sort();
  for (const file of files) {
    hash.update(`${file}\0`);
    hash.update(await readFile(join(root, file)));
  }
  return hash.digest('hex');
}
