import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The first line of standard output that begins so; rejects when the process ends before. */
export function lineOf(child: ChildProcess, beginning: string): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) return reject(new Error('A process without output'));
    child.once('exit', (code) => reject(new Error(`The process ended with ${code} before it was ready`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith(beginning)) resolve(line);
    });
  });
}

/** Sends the signal and waits for the end. */
export async function ended(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const end = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await end;
}
