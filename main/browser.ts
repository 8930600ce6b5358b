import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startBrowserHost } from './hosts/browser.ts';
import { serviceStart } from './service/key.ts';
import { openLog } from './service/log.ts';
import { deskPlace } from './service/place.ts';
import { refusingService, startDeskService } from './service/service.ts';
import { destroyKey } from './service/wipe.ts';

/**
 * The desk for a machine without Electron: `node main/browser.ts --data <dir> [--port N] [--renderer <dir>]`. Says one
 * JSON line `{"url": …}` when it can be opened, ends on SIGTERM and SIGINT.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    port: { type: 'string', default: '0' },
    renderer: { type: 'string', default: join(import.meta.dirname, '../out/renderer') },
  },
});
const port = Number(values.port);
if (values.data === undefined || !Number.isInteger(port) || port < 0 || port > 65_535) {
  process.stderr.write('Usage: node main/browser.ts --data <dir> [--port N] [--renderer <dir>]\n');
  process.exit(2);
}

const place = deskPlace(values.data);
const log = openLog({ terminal: 'warn', file: { folder: place.logs, name: 'desk.log' } });
const start = await serviceStart(place, null, log);
const service =
  'refusal' in start
    ? refusingService(start.refusal)
    : await startDeskService({
        ...place,
        key: Buffer.from(start.key),
        shell: {
          host: 'browser',
          keyProtection: start.keyProtection,
          destroyKey: async () => destroyKey(place.keyFile),
          notify: () => log.info({}, 'notification not shown: no window system'),
          openExternal: () => log.info({}, 'address not opened: no window system'),
        },
        log,
      });
const host = await startBrowserHost({ service, renderer: values.renderer, port, log }).catch(async (error: unknown) => {
  await service.stop();
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  process.stderr.write(taken ? `Port ${port} is in use.\n` : `The desk cannot be served: ${String(error)}\n`);
  process.exit(1);
});
process.stdout.write(`${JSON.stringify({ url: host.url })}\n`);

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await host.stop();
  await service.stop();
  process.exit(0);
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
process.on('uncaughtException', (error) => log.error({ err: error }, 'uncaught exception'));
process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
