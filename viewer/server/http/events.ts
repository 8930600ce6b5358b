import { eq } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { Viewer } from '../context.ts';
import { organisationHeadTable } from '../db/schema.ts';
import type { Head, Heads } from '../plugins/heads.ts';
import type { Callers } from './callers.ts';

/** Between two heartbeats (milliseconds); each carries the head, so that a desk can say "confirmed at". */
const heartbeat = 20_000;

/** `GET /api/sync/events`: the hint to pull, for paired desks. */
export function registerEvents(app: FastifyInstance, viewer: Viewer, callers: Callers, heads: Heads): void {
  const open = new Set<() => void>();
  // Before the server waits for requests to end: these never do by themselves.
  app.addHook('preClose', async () => {
    for (const end of open) end();
  });
  app.get('/api/sync/events', async (request, reply) => {
    const device = await callers.device(new Headers(request.headers as Record<string, string>));
    if (device === null) throw new OperationError('not-signed-in');
    const { organisationId, deviceId } = device;
    reply.hijack();
    const stream = reply.raw;
    stream.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const send = ({ epoch, head }: Pick<Head, 'epoch' | 'head'>): void => {
      stream.write(`event: head\ndata: ${JSON.stringify({ epoch, head })}\n\n`);
    };
    const beat = async (): Promise<void> => {
      try {
        // Should the word that ends a revoked device at once not have come through.
        await callers.device(new Headers(request.headers as Record<string, string>));
        const current = await readHead(viewer, organisationId);
        if (current !== null) send(current);
      } catch {
        end();
      }
    };
    const unsubscribe = heads.subscribe(organisationId, send);
    const forget = heads.onDeviceEnd(deviceId, () => end());
    const timer = setInterval(() => void beat(), heartbeat);
    const end = (): void => {
      clearInterval(timer);
      unsubscribe();
      forget();
      open.delete(end);
      stream.end();
    };
    open.add(end);
    stream.on('close', end);
    await beat();
  });
}

async function readHead(viewer: Viewer, organisationId: string): Promise<Pick<Head, 'epoch' | 'head'> | null> {
  return viewer.company(organisationId, async ({ tx }) => {
    const [row] = await tx
      .select()
      .from(organisationHeadTable)
      .where(eq(organisationHeadTable.organisationId, organisationId));
    return row ?? null;
  });
}
