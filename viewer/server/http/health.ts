import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import type { Viewer } from '../context.ts';

/** `/healthz`: the process answers. `/readyz`: it can reach its database, so it may be given requests. */
export function registerHealth(app: FastifyInstance, viewer: Viewer): void {
  app.get('/healthz', { logLevel: 'warn' }, () => ({ ok: {} }));
  app.get('/readyz', { logLevel: 'warn' }, async (request, reply) => {
    try {
      await viewer.global.execute(sql`SELECT 1`);
      return { ok: {} };
    } catch (error) {
      request.log.error({ err: error }, 'the database cannot be reached');
      return reply.code(503).send({ error: { code: 'not-possible-now', details: {} } });
    }
  });
}
