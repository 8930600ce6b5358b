import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import type { BreakName } from './breaks/breaks.ts';
import type { RunResult } from './simulate.ts';

/** What a process of the pool is told when it starts. */
export interface WorkerSetting {
  readonly url: string;
  readonly steps: number;
  readonly breakName: BreakName | null;
}

export type WorkerOrder = { readonly kind: 'seed'; readonly seed: number } | { readonly kind: 'end' };

export type WorkerReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly result: RunResult }
  | { readonly kind: 'error'; readonly seed: number; readonly text: string };

export interface PoolOptions {
  /** A PostgreSQL without a database's name; all runs share one database in it, each with a company of its own. */
  readonly postgresUrl: string;
  /** The next seed; null when there are no more. */
  readonly nextSeed: () => number | null;
  readonly steps: number;
  readonly breakName: BreakName | null;
  readonly workers: number;
  /** Told of each seed as it ends. */
  readonly ended: (outcome: Outcome) => void;
}

/** How the run of a seed ended: with a result, or with an error that nothing expected. */
export type Outcome =
  | { readonly seed: number; readonly result: RunResult }
  | { readonly seed: number; readonly error: string };

/** Runs of one process side by side: while one waits for PostgreSQL the others go on. */
const lanes = 3;

/** Runs seeds in processes of their own; resolves when all have ended. @throws when a process of the pool dies */
export async function runSeeds(options: PoolOptions): Promise<void> {
  const name = `simulator_${randomBytes(6).toString('hex')}`;
  await asAdministrator(options.postgresUrl, `CREATE DATABASE ${name}`);
  try {
    const url = `${options.postgresUrl}/${name}`;
    await Promise.all(Array.from({ length: options.workers }, () => runWorker(options, url)));
  } finally {
    await asAdministrator(options.postgresUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}

function runWorker(options: PoolOptions, url: string): Promise<void> {
  const { steps, breakName } = options;
  const setting: WorkerSetting = { url, steps, breakName };
  const child: ChildProcess = fork(join(import.meta.dirname, 'worker.ts'), [JSON.stringify(setting)], { execArgv: [] });
  let underWay = 0;
  const send = (order: WorkerOrder): void => void child.send(order);
  const more = (): void => {
    for (let seed: number | null = 0; underWay < lanes; underWay += 1) {
      seed = options.nextSeed();
      if (seed === null) break;
      send({ kind: 'seed', seed });
    }
    if (underWay === 0) send({ kind: 'end' });
  };
  return new Promise((resolve, reject) => {
    child.on('message', (report: WorkerReport) => {
      if (report.kind !== 'ready') underWay -= 1;
      if (report.kind === 'result') options.ended({ seed: report.result.seed, result: report.result });
      if (report.kind === 'error') options.ended({ seed: report.seed, error: report.text });
      more();
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`A process of the simulator ended with ${signal ?? code}`));
    });
  });
}

async function asAdministrator(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
