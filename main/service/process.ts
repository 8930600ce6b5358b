import { join } from 'node:path';
import type { DeskLog, ShellPort } from './context.ts';
import { openLog } from './log.ts';
import { openPorts } from './port.ts';
import { type DeskService, refusingService, startDeskService } from './service.ts';
import type { FromService, ToService } from './wire.ts';

/**
 * The desk service's own process in Electron: database, files and sync run here, so that nothing they do can stop a
 * window. Main says once where the data are and hands over one port per window; calls and events travel on it.
 */
const main = process.parentPort;
const tell = (message: FromService) => main.postMessage(message);

main.once('message', ({ data }) => {
  const init = data as ToService;
  if (init.kind === 'init') serve(init);
});

function serve(init: Extract<ToService, { kind: 'init' }>): void {
  const log = openLog({ terminal: 'warn', file: { folder: init.place.logs, name: 'desk.log' } });
  process.on('uncaughtException', (error) => log.error({ err: error }, 'uncaught exception'));
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  const service = start(init, log);
  const windows = openPorts(() => service, log);
  void service.then((started) => started.on(windows.broadcast));
  main.on('message', ({ data, ports: [port] }) => {
    switch ((data as ToService).kind) {
      case 'init':
        return;
      case 'window':
        if (port !== undefined) windows.add(port);
        return;
      case 'key-destroyed':
        return;
      case 'wake':
        void service.then((started) => started.wake());
        return;
      case 'stop':
        void service.then((started) => started.stop()).then(() => tell({ kind: 'stopped' }));
        return;
    }
  });
}

function start(init: Extract<ToService, { kind: 'init' }>, log: DeskLog): Promise<DeskService> {
  if ('refusal' in init.start) return Promise.resolve(refusingService(init.start.refusal));
  const shell: ShellPort = {
    host: 'electron',
    keyProtection: init.start.keyProtection,
    notify: (title, body) => tell({ kind: 'notify', title, body }),
    openExternal: (url) => tell({ kind: 'open-external', url }),
    destroyKey: () =>
      new Promise((resolve) => {
        main.on('message', ({ data }) => {
          if ((data as ToService).kind === 'key-destroyed') resolve();
        });
        tell({ kind: 'destroy-key' });
      }),
  };
  return startDeskService({
    ...init.place,
    key: Buffer.from(init.start.key),
    shell,
    log,
    migrationsFolder: join(import.meta.dirname, 'migrations'),
  });
}
