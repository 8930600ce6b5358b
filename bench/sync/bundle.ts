import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { root } from '../../build/lib/run.ts';

let made: Promise<URL> | null = null;

/** The desk's process bundled as the product is: from its sources Node would hold its compiler in memory as well. */
export function deskBundle(): Promise<URL> {
  made ??= bundle();
  return made;
}

async function bundle(): Promise<URL> {
  const outDir = join(root, 'out/bench');
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      minify: false,
      rolldownOptions: {
        input: { desk: join(import.meta.dirname, 'desk.process.ts') },
        external: ['better-sqlite3'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  });
  return pathToFileURL(join(outDir, 'desk.cjs'));
}
