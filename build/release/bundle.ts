import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../lib/run.ts';

/**
 * Bundles the programs of this version into `folder`, so that a later version can be tried against them: the desk with
 * all it needs but the database's addon, the viewer with its own code only (its packages are too many to keep).
 */
export async function bundlePrograms(folder: string): Promise<void> {
  await bundle('main/browser.ts', join(folder, 'desk'), 'desk.mjs', true);
  await bundle('viewer/server/cli.ts', join(folder, 'viewer'), 'viewer.mjs', false);
  await keepMigrations('main/db/migrations', join(folder, 'desk/migrations'));
  await keepMigrations('viewer/server/db/migrations', join(folder, 'viewer/migrations'));
}

async function bundle(entry: string, outDir: string, fileName: string, whole: boolean): Promise<void> {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const outside = whole ? ['better-sqlite3'] : Object.keys(manifest.dependencies);
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: whole ? true : [] },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: true,
      minify: true,
      target: 'node22',
      rolldownOptions: {
        external: outside.map((name) => new RegExp(`^${name}(/|$)`)),
        output: { entryFileNames: fileName, codeSplitting: false },
      },
    },
  });
}

/** The SQL and its journal; the snapshots only serve whoever writes the next migration. */
async function keepMigrations(from: string, to: string): Promise<void> {
  const source = join(root, from);
  await cp(source, to, { recursive: true, filter: (path) => !path.endsWith('_snapshot.json') });
  const journal = join(to, 'meta/_journal.json');
  await writeFile(journal, await readFile(join(source, 'meta/_journal.json')));
  if ((await readdir(to)).filter((name) => name.endsWith('.sql')).length === 0)
    throw new Error(`No migrations in ${from}`);
}
