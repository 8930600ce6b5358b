import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/** util-linux, part of every Debian: lets the kernel end a child when its parent dies, however it dies. */
const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path));

/** How a child is started. */
export interface OwnedOptions extends SpawnOptions {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Starts a long-running child in a process group of its own, so that Ctrl+C reaches only its parent, which ends its
 * children in the right order. On Linux the kernel sends `SIGINT` to the child should the parent be killed outright.
 */
export function spawnOwned(command: string, args: readonly string[], options: OwnedOptions): ChildProcess {
  if (!setpriv) return spawn(command, [...args], { ...options, detached: process.platform !== 'win32' });
  const { uid, gid, ...rest } = options;
  const identity = uid === undefined ? [] : [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  return spawn(setpriv, ['--pdeathsig', 'INT', ...identity, '--', command, ...args], { ...rest, detached: true });
}

/**
 * Ends a child: asks with `signal`, and after `patience` milliseconds kills it. Resolves when it is gone.
 */
export async function endChild(child: ChildProcess, signal: NodeJS.Signals, patience: number): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  const killing = setTimeout(() => child.kill('SIGKILL'), patience);
  await gone;
  clearTimeout(killing);
}

/** Runs a program to its end without a shell. Resolves with its exit code (1 after a signal) and all it said. */
export function runToEnd(
  command: string,
  args: readonly string[],
  options: OwnedOptions = {},
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const take = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
