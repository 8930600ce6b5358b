import { join } from 'node:path';
import type { PortCall, PortMessage } from '../../shared/contract/bridge.ts';
import type { EventMessage } from '../../shared/contract/events.ts';
import type { ShellPort } from './context.ts';
import { openLog } from './log.ts';
import { type DeskService, refusingService, startDeskService } from './service.ts';
import type { FromService, ToService } from './wire.ts';

/**
 * The desk service's own process in Electron: database, files and sync run here, so that nothing they do can stop a
 * window. Main hands over one port per window; calls and events travel on it.
 */
type Port = Electron.MessagePortMain;

const main = process.parentPort;
const ports = new Set<Port>();
let log = openLog({ terminal: 'warn' });
let service: Promise<DeskService> | null = null;

const tell = (message: FromService) => main.postMessage(message);

function start(init: Extract<ToService, { kind: 'init' }>): Promise<DeskService> {
  log = openLog({ terminal: 'warn', file: { folder: init.place.logs, name: 'desk.log' } });
  if ('refusal' in init.start) return Promise.resolve(refusingService(init.start.refusal));
  const shell: ShellPort = {
    host: 'electron',
    keyProtection: init.start.keyProtection,
    notify: (title, body) => tell({ kind: 'notify', title, body }),
    openExternal: (url) => tell({ kind: 'open-external', url }),
  };
  return startDeskService({
    ...init.place,
    key: Buffer.from(init.start.key),
    shell,
    log,
    migrationsFolder: join(import.meta.dirname, 'migrations'),
  });
}

async function stop(): Promise<void> {
  await (await service)?.stop();
  tell({ kind: 'stopped' });
}

function serve(port: Port): void {
  ports.add(port);
  port.on('close', () => ports.delete(port));
  port.on('message', ({ data }) => {
    answer(port, data as PortCall).catch((error: unknown) => log.error({ err: error }, 'answer failed'));
  });
  port.start();
}

async function answer(port: Port, { id, operation, input }: PortCall): Promise<void> {
  const envelope = await (await ready()).callText(operation, input);
  port.postMessage({ id, envelope } satisfies PortMessage);
}

function ready(): Promise<DeskService> {
  if (service === null) throw new Error('The service was called before it was told where its data are');
  return service;
}

function broadcast(message: EventMessage): void {
  for (const port of ports) port.postMessage(message);
}

main.on('message', ({ data, ports: [port] }) => {
  const message = data as ToService;
  switch (message.kind) {
    case 'init':
      service = start(message);
      service.then(
        (started) => started.on(broadcast),
        (error: unknown) => log.error({ err: error }, 'service did not start'),
      );
      return;
    case 'window':
      if (port !== undefined) serve(port);
      return;
    case 'wake':
      void service?.then((started) => started.wake());
      return;
    case 'stop':
      void stop();
      return;
  }
});

process.on('uncaughtException', (error) => log.error({ err: error }, 'uncaught exception'));
process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
