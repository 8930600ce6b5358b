import type { ChildProcess } from 'node:child_process';
import { appendFileSync, closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DeskClient, openDesk } from '../../build/demo/desk.ts';
import { root, toolEnvironment } from '../../build/lib/run.ts';
import { spawnOwned } from '../../viewer/server/db/embedded/child.ts';
import { ended, lineOf } from '../journeys/support/process.ts';

/** A process that may be killed and started again. */
export interface Mortal {
  readonly start: () => Promise<void>;
  /** SIGKILL; the process is gone when it resolves. */
  readonly kill: () => Promise<void>;
  /** SIGTERM, as at the end of a working day. */
  readonly stop: () => Promise<void>;
  /** Ends that nobody asked for: a crash of the product. */
  readonly crashes: () => readonly string[];
}

export interface ViewerProcess extends Mortal {
  readonly port: number;
}

export interface DeskProcess extends Mortal {
  readonly name: string;
  /** Its data folder. */
  readonly folder: string;
  /** The operations of the process that runs now; a dead one answers nothing. */
  readonly client: () => DeskClient;
}

interface Program {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** What it says beside the line that is waited for. */
  readonly log: string;
  /** How the line begins that says that it is ready. */
  readonly ready: string;
}

/** `serve` on a port of its own, which stays the same over restarts. */
export async function viewerProcess(options: {
  readonly folder: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly smtpUrl: string;
  readonly program?: string;
  readonly environment?: Readonly<Record<string, string>>;
}): Promise<ViewerProcess> {
  const { folder, port, databaseUrl, smtpUrl } = options;
  const program = mortal(() => ({
    args: [options.program ?? 'viewer/server/cli.ts', 'serve'],
    environment: {
      DATABASE_URL: databaseUrl,
      DATA_DIR: join(folder, 'viewer'),
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: '',
      SMTP_URL: smtpUrl,
      RELEASE_DELAY_SECONDS: '0',
      LOG_LEVEL: 'warn',
      ...options.environment,
    },
    log: join(folder, 'viewer.log'),
    ready: 'Viewer:',
  }));
  return { ...program, start: async () => void (await program.start()), port };
}

/** The browser host over a data folder. */
export function deskProcess(options: {
  readonly name: string;
  readonly folder: string;
  readonly program?: string;
}): DeskProcess {
  const folder = join(options.folder, options.name);
  let client: DeskClient | null = null;
  const program = mortal(() => ({
    args: [options.program ?? 'main/browser.ts', '--data', folder],
    environment: {},
    log: join(options.folder, `${options.name}.log`),
    ready: '{"url":',
  }));
  return {
    ...program,
    name: options.name,
    folder,
    client: () => {
      if (client === null) throw new Error(`The desk ${options.name} was never started`);
      return client;
    },
    start: async () => {
      const line = await program.start();
      client = await openDesk((JSON.parse(line) as { readonly url: string }).url);
    },
  };
}

function mortal(programOf: () => Program): {
  readonly start: () => Promise<string>;
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly crashes: () => readonly string[];
} {
  let child: ChildProcess | null = null;
  const crashes: string[] = [];
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    const ending = child;
    child = null;
    if (ending !== null) await ended(ending, signal);
  };
  return {
    start: async () => {
      const { args, environment, log, ready } = programOf();
      appendFileSync(log, `--- start ${new Date().toISOString()}\n`);
      const errors = openSync(log, 'a');
      try {
        child = spawnOwned(process.execPath, args, {
          cwd: root,
          env: toolEnvironment({ ...environment, NODE_ENV: 'production' }),
          stdio: ['ignore', 'pipe', errors],
        });
      } finally {
        closeSync(errors);
      }
      const started = child;
      started.once('exit', (code) => {
        if (child === started) crashes.push(`${args.join(' ')} ended by itself with ${code}; see ${log}`);
      });
      const line = await lineOf(started, ready).catch((error: unknown) => {
        throw new Error(`${args.join(' ')} did not start:\n${readFileSync(log, 'utf8').slice(-2000)}`, {
          cause: error,
        });
      });
      started.stdout?.on('data', (text: Buffer) => appendFileSync(log, text));
      return line;
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    crashes: () => crashes,
  };
}
