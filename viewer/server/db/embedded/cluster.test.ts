import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startCluster } from './cluster.ts';
import { clearGround } from './place.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'treppenhaus-cluster-'));
  await chmod(folder, 0o755);
});
afterEach(async () => {
  await clearGround(join(folder, 'postgres'));
  await rm(folder, { recursive: true });
});

async function query(url: string, sql: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: `${url}/postgres` });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('data outlive a stop, umlauts have capitals, and nothing listens beyond this machine', async () => {
  const options = { folder: join(folder, 'postgres'), durable: true };
  const first = await startCluster(options);
  await query(first.url, "CREATE TABLE door AS SELECT 'Tür' AS name");
  expect(await query(first.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  await first.stop();
  const second = await startCluster(options);
  expect(await query(second.url, 'SELECT upper(name) AS name FROM door')).toEqual([{ name: 'TÜR' }]);
  await second.stop();
  await expect(query(second.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
});

test('an owner that is killed takes its server along or the next start ends it; what was committed is there', async () => {
  const options = { folder: join(folder, 'postgres'), durable: true };
  const script = `const { startCluster } = await import(${JSON.stringify(join(import.meta.dirname, 'cluster.ts'))});
    console.log((await startCluster(${JSON.stringify(options)})).url);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = await once(createInterface({ input: owner.stdout }), 'line');
  await query(url, 'CREATE TABLE bell AS SELECT 7 AS number');
  owner.kill('SIGKILL');
  const next = await startCluster(options);
  expect(await query(next.url, 'SELECT number FROM bell')).toEqual([{ number: 7 }]);
  await next.stop();
  await expect(query(url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
});
