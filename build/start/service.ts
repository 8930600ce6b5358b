import type { ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { endChild, spawnOwned } from '../../viewer/server/db/embedded/child.ts';
import { root } from '../lib/run.ts';

/** A part of the product that runs as a process of its own. */
export interface Service {
  /** The first line it said that `isReady` took. */
  readonly line: string;
  readonly process: ChildProcess;
  readonly stop: () => Promise<void>;
}

export interface ServiceOptions {
  /** Names the log file. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly logs: string;
  /** Takes a line of standard output that says that the service can be used. */
  readonly isReady: (line: string) => boolean;
}

const living = new Set<ChildProcess>();

/** Ends every service that still runs, also one that was not ready yet. */
export async function endServices(): Promise<void> {
  await Promise.all([...living].map((child) => endChild(child, 'SIGTERM', 15_000)));
}

/** Milliseconds within which a service is ready, also on a slow disk. */
const patience = 90_000;

/**
 * Starts a service, keeps all it says in a log file, and resolves when it is ready.
 * Throws with its last words when it ends before.
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  await mkdir(options.logs, { recursive: true });
  const path = join(options.logs, `${options.name}.log`);
  const log = createWriteStream(path, { flags: 'a' });
  const child = spawnOwned(options.command, options.args, {
    cwd: root,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  living.add(child);
  child.once('exit', () => living.delete(child));
  if (!child.stdout || !child.stderr) throw new Error(`${options.name} has no output to read`);
  let words = '';
  const line = await new Promise<string>((resolve, reject) => {
    const take = (text: string) => {
      log.write(`${text}\n`);
      words = `${words}\n${text}`.slice(-2000);
    };
    createInterface({ input: child.stderr ?? process.stdin }).on('line', take);
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (text) => {
      take(text);
      if (options.isReady(text)) resolve(text);
    });
    child.once('error', reject);
    setTimeout(
      () => reject(new Error(`The ${options.name} was not ready within ${patience / 1000} s. Its log is ${path}`)),
      patience,
    ).unref();
    child.once('exit', () => reject(new Error(`The ${options.name} did not start. Its log is ${path}:${words}`)));
  }).catch(async (error: unknown) => {
    await endChild(child, 'SIGTERM', 5_000);
    throw error;
  });
  return { line, process: child, stop: () => endChild(child, 'SIGTERM', 15_000) };
}
