import { type ChildProcess, spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** The repository's top folder. */
export const root = join(import.meta.dirname, '../..');

/** What a finished child left behind. */
export interface Finished {
  /** Exit code; 1 when a signal ended it. */
  readonly code: number;
  /** Both streams in the order they came. */
  readonly output: string;
}

/** How a tool is started. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Called with each piece of output as it comes. */
  readonly onOutput?: (text: string) => void;
  /** Milliseconds after which the child is killed. */
  readonly timeout?: number;
}

/** The environment of every tool: project binaries first, and no Electron that pretends to be Node. */
export function toolEnvironment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _, ...inherited } = process.env;
  const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  return { ...inherited, PATH: path, ...extra };
}

/** Runs a Node script or a tool's entry file on the Node that runs this, waits, and collects what it said. */
export function runNode(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return run(process.execPath, args, options);
}

/** Runs a command without a shell, waits, and collects what it said. Rejects only when it cannot be started. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = spawn(command, [...args], {
      cwd: options.cwd ?? root,
      env: options.env ?? toolEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeout,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const take = (chunk: Buffer) => {
      output += chunk.toString();
      options.onOutput?.(chunk.toString());
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** A command line and its environment. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** Runs a command on this terminal, in the repository, and resolves with its exit code; 1 when a signal ended it. */
export function passThrough({ command, args, env }: Launch): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], { cwd: root, env, stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** The file behind a package's command, to be run by Node itself: works on Windows, where `.bin` holds shell scripts. */
export function tool(path: string): string {
  return join(root, 'node_modules', path);
}
