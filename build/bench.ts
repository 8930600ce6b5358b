import { benchSync } from '../bench/sync/index.ts';

/** `npm run bench -- sync`: one line of JSON per measured number. */
const benches: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = { sync: benchSync };

const [name = '', ...args] = process.argv.slice(2);
const bench = benches[name];
if (bench === undefined) {
  console.error(`Usage: npm run bench -- <${Object.keys(benches).join('|')}> [options]`);
  process.exit(2);
}
try {
  await bench(args);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
