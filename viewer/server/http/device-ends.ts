import type { FastifyInstance } from 'fastify';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { Heads } from '../plugins/heads.ts';
import type { Callers } from './callers.ts';
import { headersOf } from './operations.ts';

/** Where bytes run for longer than a moment. Who sends them is checked there; here only that it ends in time. */
const long = /^\/api\/sync\/(?:uploads|blobs|snapshots?)(?:[/?]|$)/;

/** Cuts uploads and downloads of a device that is revoked or suspended while they run. */
export function registerDeviceEnds(app: FastifyInstance, callers: Callers, heads: Pick<Heads, 'onDeviceEnd'>): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!long.test(request.url)) return;
    const device = await callers.device(headersOf(request)).catch((error: unknown) => {
      // The route answers in its own way to whom it does not serve.
      if (error instanceof OperationError) return null;
      throw error;
    });
    if (device === null) return;
    reply.raw.once(
      'close',
      heads.onDeviceEnd(device.deviceId, () => request.raw.destroy()),
    );
  });
}
