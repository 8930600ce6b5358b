import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { OperationError } from '../../../shared/lib/errors.ts';
import { id as idSchema } from '../../../shared/lib/schemas.ts';
import { snapshotRequest, snapshotsPath } from '../../../shared/sync/snapshot.ts';
import type { DeviceCaller } from '../context.ts';
import type { Snapshots } from '../sync/snapshot.ts';
import type { Callers } from './callers.ts';

/** Lines of one desk that a snapshot goes over at a time; a file that is read takes its room even when it is removed. */
const mostLines = 2;

const place = z.object({ id: idSchema, from: z.coerce.number().int().min(0).default(0) });

/**
 * Snapshots for desks: `POST /api/sync/snapshots` begins one and answers its head, `GET /api/sync/snapshots/:id?from=k`
 * streams its frames from chunk k, so that a desk that was cut off asks for the rest only.
 */
export function registerSnapshots(app: FastifyInstance, callers: Callers, snapshots: Snapshots): void {
  const open = new Map<Readable, string>();
  /** Ends the oldest lines of a desk but so many. */
  const endLines = (deviceId: string, but: number): void => {
    const lines = [...open].filter(([, owner]) => owner === deviceId);
    for (const [frames] of lines.slice(0, Math.max(0, lines.length - but))) frames.destroy();
  };
  // A stop does not wait for a slow line: the desk asks again for what it misses.
  app.addHook('preClose', async () => {
    for (const frames of open.keys()) frames.destroy();
  });
  const signedIn = async (request: FastifyRequest): Promise<DeviceCaller> => {
    const device = await callers.device(new Headers(request.headers as Record<string, string>));
    if (device === null) throw new OperationError('not-signed-in');
    return device;
  };
  app.post(snapshotsPath, async (request, reply) => {
    const device = await signedIn(request);
    if (!snapshotRequest.safeParse(request.body).success) throw new OperationError('invalid-input');
    const head = await snapshots.begin(device);
    endLines(device.deviceId, 0);
    return reply.header('cache-control', 'no-store').send({ ok: head });
  });
  app.get(`${snapshotsPath}/:id`, async (request, reply) => {
    const device = await signedIn(request);
    const wanted = place.safeParse({ ...(request.query as object), ...(request.params as object) });
    if (!wanted.success) throw new OperationError('invalid-input');
    const frames = Readable.from(await snapshots.read(device, wanted.data.id, wanted.data.from), {
      objectMode: false,
      highWaterMark: 1024 * 1024,
    });
    endLines(device.deviceId, mostLines - 1);
    open.set(frames, device.deviceId);
    frames.once('close', () => open.delete(frames));
    return reply
      .header('cache-control', 'no-store')
      .header('content-type', 'application/octet-stream')
      .header('x-content-type-options', 'nosniff')
      .send(frames);
  });
}
