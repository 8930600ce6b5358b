import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { runChaos } from '../tests/chaos/chaos.ts';
import { startCluster } from '../viewer/server/db/embedded/cluster.ts';
import { clearGround } from '../viewer/server/db/embedded/place.ts';

/** `npm run chaos -- --rounds N [--seed S]`: real processes that die over lines that break; see docs/sync.md. */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' } },
});
const rounds = Number(values.rounds);
const seed = Number(values.seed);
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed)) {
  console.error('Usage: npm run chaos -- --rounds N [--seed S]');
  process.exit(2);
}

async function main(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'treppenhaus-chaos-database-'));
  await chmod(folder, 0o755);
  const place = join(folder, 'postgres');
  const cluster = await startCluster({ folder: place, durable: false });
  try {
    const administrator = new pg.Client({ connectionString: `${cluster.url}/postgres` });
    await administrator.connect();
    await administrator.query('CREATE DATABASE chaos');
    await administrator.end();
    const { checks, summary } = await runChaos({ databaseUrl: `${cluster.url}/chaos`, rounds, seed, say: console.log });
    for (const { name, faults } of checks) {
      console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'} ${name}`);
      for (const fault of faults.slice(0, 10)) console.log(`     ${fault}`);
    }
    const failed = checks.filter((check) => check.faults.length > 0).length;
    console.log(summary);
    if (failed > 0) console.log(`Again: npm run chaos -- --rounds ${rounds} --seed ${seed}`);
    console.log(`${checks.length - failed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  } finally {
    await cluster.stop();
    await clearGround(place);
    await clearGround(folder);
  }
}

process.exitCode = await main();
