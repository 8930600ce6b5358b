import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { _electron, type Browser, type ElectronApplication, type Page } from '@playwright/test';
import { electronBinary } from '../../../build/lib/electron.ts';
import { root, toolEnvironment } from '../../../build/lib/run.ts';
import type { DeskBridge } from '../../../shared/contract/bridge.ts';
import type { DeskOperationName, Input, Output } from '../../../shared/contract/registry.ts';
import { type Envelope, OperationError } from '../../../shared/lib/errors.ts';
import { spawnOwned } from '../../../viewer/server/db/embedded/child.ts';

declare global {
  interface Window {
    readonly desk?: DeskBridge;
  }
}

export type Host = 'browser' | 'electron';

/** A running desk and its window. */
export interface Desk {
  readonly host: Host;
  readonly page: Page;
  /** Electron's main; null in the browser host. */
  readonly app: ElectronApplication | null;
  /** Calls an operation the way the page does. Rejects with `OperationError`. */
  readonly call: <N extends DeskOperationName>(name: N, input: Input<N>) => Promise<Output<N>>;
  /** Ends the process that holds the data without a warning (SIGKILL). In Electron it comes back by itself. */
  readonly killService: () => Promise<void>;
  /** Closes the window and waits for the end of all its processes. */
  readonly close: () => Promise<void>;
}

/** Starts a desk on a data folder of its own, in one of the two hosts. `browser` shows the page of the browser host. */
export function openDesk(host: Host, folder: string, browser: Browser): Promise<Desk> {
  return host === 'electron' ? openElectron(folder) : openBrowserHost(folder, browser);
}

/** As root, as in a container, Chromium's sandbox cannot start. */
export const sandboxless: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

async function openElectron(folder: string): Promise<Desk> {
  const executablePath = electronBinary();
  if (executablePath === undefined) throw new Error('There is no Electron');
  const app = await _electron.launch({
    executablePath,
    args: [root, `--data=${folder}`, ...sandboxless],
    cwd: root,
    env: stringsOf(toolEnvironment()),
    locale: 'de-DE',
  });
  const page = await app.firstWindow();
  return {
    host: 'electron',
    page,
    app,
    call: (name, input) => callFrom(page, name, input),
    killService: async () => {
      const pid = await servicePid(app);
      process.kill(pid, 'SIGKILL');
      await until(async () => (await servicePid(app).catch(() => pid)) !== pid);
    },
    close: () => app.close(),
  };
}

/** The process of the desk service, as the system knows it. */
export async function servicePid(app: ElectronApplication): Promise<number> {
  const pid = await app.evaluate(
    ({ app: main }) => main.getAppMetrics().find((metric) => metric.name === 'Treppenhaus')?.pid ?? null,
  );
  if (pid === null) throw new Error('The service does not run');
  return pid;
}

async function openBrowserHost(folder: string, browser: Browser): Promise<Desk> {
  const child = spawnOwned(process.execPath, ['main/browser.ts', '--data', folder], {
    cwd: root,
    env: toolEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await addressOf(child);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  return {
    host: 'browser',
    page,
    app: null,
    call: (name, input) => callFrom(page, name, input),
    killService: () => end('SIGKILL'),
    close: async () => {
      await context.close();
      await end('SIGTERM');
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The browser host ended with ${code}`)));
    if (child.stdout === null) return reject(new Error('The browser host has no output'));
    createInterface({ input: child.stdout }).once('line', (line) => resolve((JSON.parse(line) as { url: string }).url));
  });
}

async function callFrom<N extends DeskOperationName>(page: Page, name: N, input: Input<N>): Promise<Output<N>> {
  const envelope = (await page.evaluate(
    async ([operation, given]) => {
      if (window.desk !== undefined) return window.desk.call(operation as DeskOperationName, given);
      const response = await fetch('/call', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ operation, input: given }),
      });
      return (await response.json()) as unknown;
    },
    [name, input] as const,
  )) as Envelope<Output<N>>;
  if ('ok' in envelope) return envelope.ok;
  throw new OperationError(envelope.error.code, envelope.error.details);
}

/** Waits until something holds; the runner's own time limit ends a wait in vain. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 100));
}

function stringsOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
