import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Audience, defaultMaxBytes, type OperationDefinition } from '../../../shared/contract/define.ts';
import { dispatch, failure } from '../../../shared/contract/dispatch.ts';
import {
  type Handlers,
  type HttpOperationName,
  httpOperationNames,
  operations,
} from '../../../shared/contract/registry.ts';
import { type Envelope, OperationError } from '../../../shared/lib/errors.ts';
import type { RequestContext, Viewer } from '../context.ts';
import { answer } from './answer.ts';
import type { Callers } from './callers.ts';
import { countAttempt } from './rate-limits.ts';

export type HttpHandlers = Handlers<HttpOperationName, RequestContext>;

declare module 'fastify' {
  interface FastifyRequest {
    caller: RequestContext['caller'];
  }
}

/** Operations that look in their own transaction whether the device is still served. */
const lookAgain: ReadonlySet<HttpOperationName> = new Set(['sync.push', 'sync.pull']);

/**
 * Serves every HTTP operation of the contract by one loop: caller and audience first, before the body is read; then the
 * limits; then dispatch, which checks the input and calls the handler.
 */
export function registerOperations(
  app: FastifyInstance,
  viewer: Viewer,
  callers: Callers,
  handlers: HttpHandlers,
): void {
  app.decorateRequest('caller');
  for (const name of httpOperationNames) {
    const definition: OperationDefinition = operations[name];
    if (definition.http === undefined) continue;
    app.route({
      method: definition.http.method,
      url: definition.http.path,
      exposeHeadRoute: false,
      bodyLimit: definition.maxBytes ?? defaultMaxBytes,
      onRequest: async (request, reply) => {
        const known = lookAgain.has(name) ? callers.remembered(headersOf(request)) : null;
        request.caller = known ?? (await callerFor(definition.audience, callers, request, reply));
      },
      handler: async (request, reply) => {
        reply.header('cache-control', 'no-store');
        const context = contextOf(viewer, request, reply);
        const envelope = await serve(name, definition, handlers, context, request);
        // It says all that the desk has to know: that it is to destroy its key, or may come back.
        if ('error' in envelope && envelope.error.code === 'device-revoked')
          await callers.device(context.request.headers);
        return answer(reply, envelope);
      },
    });
  }
}

/** @throws OperationError for whoever is not of the audience, before anything is told */
async function callerFor(
  audience: Audience,
  callers: Callers,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<RequestContext['caller']> {
  const headers = headersOf(request);
  const caller =
    audience === 'device'
      ? await callers.device(headers)
      : await callers.resident(headers, (cookie) => setCookie(reply, cookie));
  if (caller !== null) return caller;
  if (audience !== 'anonymous') throw new OperationError('not-signed-in');
  return { kind: 'anonymous' };
}

async function serve(
  name: HttpOperationName,
  definition: OperationDefinition,
  handlers: HttpHandlers,
  context: RequestContext,
  request: FastifyRequest,
): Promise<Envelope<unknown>> {
  const { input, bytes } = inputOf(definition, request);
  try {
    const attempt = await countAttempt(name, context, isRecord(input) ? input : {});
    const envelope = await dispatch(handlers, context, name, input, bytes, request.log);
    if ('error' in envelope) return envelope;
    await attempt.succeeded();
    return checked(name, definition, envelope.ok, request);
  } catch (error) {
    if (error instanceof OperationError) return failure(error);
    throw error;
  }
}

/**
 * What residents are told is held against the contract once more: a field that is not in it never leaves, even where a
 * handler forgot to leave it out.
 */
function checked(
  name: HttpOperationName,
  definition: OperationDefinition,
  value: unknown,
  request: FastifyRequest,
): Envelope<unknown> {
  if (definition.audience === 'device') return { ok: value };
  const parsed = definition.output.safeParse(value);
  if (parsed.success) return { ok: parsed.data };
  const paths = parsed.error.issues.map((issue) => issue.path.join('.'));
  request.log.error({ operation: name, paths }, 'answer does not fit the contract');
  return failure(new OperationError('internal'));
}

/** Path, query and body as one input. A field of the path cannot be overridden; a body that is no object stays as it is. */
function inputOf(definition: OperationDefinition, request: FastifyRequest): { input: unknown; bytes: number } {
  const params = request.params as Readonly<Record<string, string>>;
  const method = definition.http?.method;
  if (method === 'GET' || method === 'DELETE') {
    return { input: { ...(request.query as object), ...params }, bytes: request.url.length };
  }
  const body = request.body ?? {};
  return {
    input: isRecord(body) ? { ...body, ...params } : body,
    bytes: Number(request.headers['content-length'] ?? 0),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function contextOf(viewer: Viewer, request: FastifyRequest, reply: FastifyReply): RequestContext {
  return {
    ...viewer,
    log: request.log,
    caller: request.caller,
    request: {
      headers: headersOf(request),
      ip: request.ip,
      setCookie: (value) => setCookie(reply, value),
    },
  };
}

function setCookie(reply: FastifyReply, value: string): void {
  reply.header('set-cookie', value);
}

/** The headers of a request in the form of the web platform. */
export function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  return headers;
}
