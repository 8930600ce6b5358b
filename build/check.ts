import { existsSync, globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { checkLayers } from './check/layers.ts';
import { type Finished, root, run, runNode, tool } from './lib/run.ts';
import { databases, isCurrent } from './migrations/drizzle.ts';

/** Every TypeScript project; one compiler process looks at all of them. */
const projects = [
  'shared',
  'shared/ui',
  'shared/export',
  'main',
  'preload',
  'renderer',
  'viewer/server',
  'viewer/web',
  'build',
  'bench',
  'tests',
];

const steps: Readonly<Record<string, () => Promise<Finished>>> = {
  format: () => biome('format', '--reporter=summary'),
  lint: () => biome('lint', '--max-diagnostics=40'),
  types,
  layers,
  migrations,
  unused: () => runNode([tool('knip/bin/knip.js'), '--no-progress']),
};

function biome(command: string, ...flags: string[]): Promise<Finished> {
  return run(tool('.bin/biome'), [command, '--error-on-warnings', ...flags, '.']);
}

/** Projects without a source file yet are left out: the compiler calls an empty project an error. */
function types(): Promise<Finished> {
  const filled = projects.filter((project) => {
    const sources = globSync('**/*.{ts,tsx}', { cwd: join(root, project), exclude: ['**/*.test.*'] });
    return existsSync(join(root, project)) && sources.some((file) => ownProject(project, file));
  });
  // One checker per project and as many projects at once as there are cores: several checkers repeat each other's work.
  const parallel = ['--checkers', '1', '--builders', String(availableParallelism())];
  return runNode([tool('typescript/bin/tsc'), '-b', ...parallel, ...filled]);
}

/** A file of `shared/ui` belongs to that project, not to `shared`. */
function ownProject(project: string, file: string): boolean {
  const path = dirname(join(project, file));
  return !projects.some((other) => other.startsWith(`${project}/`) && `${path}/`.startsWith(`${other}/`));
}

async function layers(): Promise<Finished> {
  const { modules, violations } = await checkLayers(root, join(root, '.dependency-cruiser.cjs'));
  return { code: violations.length === 0 ? 0 : 1, output: [...violations, `${modules} modules read`].join('\n') };
}

async function migrations(): Promise<Finished> {
  const stale: string[] = [];
  for (const database of databases) if (!(await isCurrent(database))) stale.push(database.name);
  const output = `Tables without a migration: ${stale.join(', ')}. Run: npm run migrations -- <name>`;
  return { code: stale.length === 0 ? 0 : 1, output };
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !(name in steps));
  if (unknown.length > 0) {
    console.error(`There is no check named ${unknown.join(', ')}. The checks are ${Object.keys(steps).join(', ')}.`);
    process.exit(2);
  }
  const failed: string[] = [];
  for (const [name, step] of Object.entries(steps)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const began = performance.now();
    const { code, output } = await step().catch((error: Error) => ({ code: 1, output: error.stack ?? error.message }));
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`${code === 0 ? 'ok  ' : 'FAIL'}  ${name.padEnd(10)} ${seconds} s`);
    if (code !== 0) {
      failed.push(name);
      console.log(`${output.trimEnd()}\n`);
    }
  }
  console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`);
  process.exit(failed.length === 0 ? 0 : 1);
}

await main();
