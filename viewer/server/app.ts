import { randomUUID } from 'node:crypto';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { defaultMaxBytes } from '../../shared/contract/define.ts';
import type { ViewerConfig } from './config.ts';
import type { Viewer } from './context.ts';
import { registerErrorAnswers } from './http/answer.ts';
import { registerBlobs } from './http/blobs.ts';
import { registerBodies } from './http/bodies.ts';
import type { Callers } from './http/callers.ts';
import { registerDeviceEnds } from './http/device-ends.ts';
import { registerEvents } from './http/events.ts';
import { registerFiles } from './http/files.ts';
import { registerHealth } from './http/health.ts';
import { openApiDocument } from './http/openapi.ts';
import { type HttpHandlers, registerOperations } from './http/operations.ts';
import { registerPortal } from './http/portal.ts';
import { registerSecurity } from './http/security.ts';
import { registerSnapshots } from './http/snapshots.ts';
import { answerUnreadable, answerUnroutable } from './http/unreadable.ts';
import { endUnusedConnections } from './http/unused-connections.ts';
import type { Heads } from './plugins/heads.ts';
import type { Snapshots } from './sync/snapshot.ts';

/** What the HTTP side is made of. */
export interface AppParts {
  readonly config: Pick<ViewerConfig, 'dataFolder' | 'trustedProxies'>;
  readonly log: FastifyBaseLogger;
  readonly viewer: Viewer;
  readonly callers: Callers;
  readonly handlers: HttpHandlers;
  readonly heads: Heads;
  readonly snapshots: Snapshots;
  /** Where people reach it; asked at each request. */
  readonly publicUrl: () => string;
  /** The built portal; null where there is none. */
  readonly portalFolder: string | null;
}

/** Builds the HTTP side; the caller listens. */
export async function createApp(parts: AppParts): Promise<FastifyInstance> {
  const { viewer, callers, config } = parts;
  const app = fastify({
    loggerInstance: parts.log,
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: (_error, request, reply) => void answerUnroutable(reply.header('x-request-id', request.id)),
    clientErrorHandler: answerUnreadable,
    genReqId: () => randomUUID(),
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    bodyLimit: defaultMaxBytes,
    // A slow sender may take its time with a photo, not for ever.
    requestTimeout: 900_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 250 },
  });
  registerErrorAnswers(app);
  registerRequestLog(app);
  endUnusedConnections(app);
  registerBodies(app);
  await registerSecurity(app, parts.publicUrl);
  registerHealth(app, viewer);
  registerOperations(app, viewer, callers, parts.handlers);
  registerDeviceEnds(app, callers, parts.heads);
  registerEvents(app, viewer, callers, parts.heads);
  registerSnapshots(app, callers, parts.snapshots);
  await registerBlobs(app, viewer, callers, config.dataFolder);
  await registerFiles(app, viewer, callers, config.dataFolder);
  const document = openApiDocument();
  app.get('/api/openapi.json', () => document);
  await registerPortal(app, parts.portalFolder);
  return app;
}

/** One line per request: the pattern of its route, never its address, which may hold a token or an id of a person. */
function registerRequestLog(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const route = request.routeOptions.url ?? null;
    request.log.info({ method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request');
  });
}
