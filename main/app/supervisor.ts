import { utilityProcess } from 'electron';
import type { DeskLog } from '../service/context.ts';
import type { FromService, ToService } from '../service/wire.ts';

export interface SupervisorOptions {
  /** The service's bundle. */
  readonly entry: string;
  readonly init: Extract<ToService, { kind: 'init' }>;
  readonly log: DeskLog;
  readonly heard: (message: FromService) => void;
  /** The service was lost and a new one stands: windows need new ports. */
  readonly restarted: () => void;
}

/** Keeps one service process alive. */
export interface Supervisor {
  readonly connect: (port: Electron.MessagePortMain) => void;
  readonly wake: () => void;
  /** The key is gone: the service is told, and one that starts after it gets none. */
  readonly keyDestroyed: () => void;
  /** Lets the service end its work; after `patience` it is killed, which loses nothing that was acknowledged. */
  readonly stop: () => Promise<void>;
}

/** Times in milliseconds. */
const patience = 10_000;
const longestWait = 30_000;
/** A service that lived this long counts as healthy again. */
const healthy = 60_000;

/** Starts the service process, and starts it anew when it is lost: at once, then ever more slowly while it keeps falling. */
export function superviseService(options: SupervisorOptions): Supervisor {
  let falls = 0;
  let stopping = false;
  let init = options.init;
  let process = start();

  function start(): Electron.UtilityProcess {
    const began = Date.now();
    const child = utilityProcess.fork(options.entry, [], { serviceName: 'Treppenhaus', stdio: 'inherit' });
    child.on('message', (message: FromService) => options.heard(message));
    child.once('exit', (code) => {
      if (stopping) return;
      options.log.error({ code }, 'service lost');
      falls = Date.now() - began > healthy ? 1 : falls + 1;
      setTimeout(restart, falls === 1 ? 0 : Math.min(longestWait, 500 * 2 ** falls));
    });
    child.postMessage(init);
    return child;
  }

  function restart(): void {
    if (stopping) return;
    process = start();
    options.restarted();
  }

  return {
    connect: (port) => process.postMessage({ kind: 'window' } satisfies ToService, [port]),
    wake: () => void process.postMessage({ kind: 'wake' } satisfies ToService),
    keyDestroyed: () => {
      init = { ...init, start: { refusal: { code: 'device-revoked', details: { destroyKey: true } } } };
      process.postMessage({ kind: 'key-destroyed' } satisfies ToService);
    },
    stop: () => {
      stopping = true;
      const child = process;
      if (child.pid === undefined) return Promise.resolve();
      return new Promise((resolve) => {
        const killing = setTimeout(() => child.kill(), patience);
        child.once('exit', () => {
          clearTimeout(killing);
          resolve();
        });
        child.on('message', (message: FromService) => {
          if (message.kind === 'stopped') child.kill();
        });
        child.postMessage({ kind: 'stop' } satisfies ToService);
      });
    },
  };
}
