import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startCluster } from '../../viewer/server/db/embedded/cluster.ts';
import { clearGround } from '../../viewer/server/db/embedded/place.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser address of the run's PostgreSQL, without a database name. */
    postgresUrl: string;
  }
}

/**
 * Starts the one PostgreSQL of a test run, real and empty, and hands its address to every test file.
 * Vitest calls what it returns when the run is over.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'treppenhaus-tests-'));
  await chmod(folder, 0o755);
  const place = join(folder, 'postgres');
  const cluster = await startCluster({ folder: place, durable: false });
  project.provide('postgresUrl', cluster.url);
  return async () => {
    await cluster.stop();
    await clearGround(place);
    await clearGround(folder);
  };
}
