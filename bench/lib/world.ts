import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Cluster, startCluster } from '../../viewer/server/db/embedded/cluster.ts';
import { clearGround } from '../../viewer/server/db/embedded/place.ts';
import { type Child, startChild } from './child.ts';

/** Where a bench works: a folder and a durable PostgreSQL of its own; all of it goes with it. */
export interface World {
  /** An empty database. */
  readonly database: () => Promise<string>;
  /** An empty folder. */
  readonly folder: (name: string) => Promise<string>;
  /** Starts a process that ends with the world, unless it was stopped before. */
  readonly start: <A>(file: URL, execArgv?: readonly string[]) => Child<A>;
  readonly close: () => Promise<void>;
}

export async function openWorld(): Promise<World> {
  const ground = await mkdtemp(join(tmpdir(), 'treppenhaus-bench-'));
  await chmod(ground, 0o755);
  const place = join(ground, 'postgres');
  const cluster: Cluster = await startCluster({ folder: place, durable: true });
  const children: Child<unknown>[] = [];
  let names = 0;
  return {
    database: async () => {
      names += 1;
      const client = new pg.Client({ connectionString: `${cluster.url}/postgres` });
      await client.connect();
      await client.query(`create database bench_${names}`);
      await client.end();
      return `${cluster.url}/bench_${names}`;
    },
    folder: async (name) => {
      names += 1;
      const folder = join(ground, `${name}-${names}`);
      await mkdir(folder);
      return folder;
    },
    start: (file, execArgv) => {
      const child = startChild<never>(file, execArgv);
      children.push(child);
      return child;
    },
    close: async () => {
      for (const child of children) await child.stop();
      await cluster.stop();
      await clearGround(place);
      await rm(ground, { recursive: true, force: true });
    },
  };
}
