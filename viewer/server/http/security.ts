import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { OperationError } from '../../../shared/lib/errors.ts';

/** Requests of one address in a minute, over everything: far beyond people, well below a flood. */
const floodLimit = 1200;

/** The policy of everything the viewer serves: only its own files, no inline code, no inline style. */
const contentPolicy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'blob:'],
  'font-src': ["'self'"],
  'media-src': ["'self'"],
  'connect-src': ["'self'"],
  'frame-src': ["'self'"],
  'manifest-src': ["'self'"],
  'worker-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'self'"],
} as const;

/** What the portal never asks a browser for; a frame in it could otherwise. Choosing a photo needs no permission. */
const permissions = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb'];
const permissionsPolicy = permissions.map((name) => `${name}=()`).join(', ');

/** The headers of answers that are made before or without the hooks below. */
export const steadyHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'self'",
  'permissions-policy': permissionsPolicy,
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
};

/** The policy as a header, with a nonce for the one document whose component library writes style elements. */
export function policyWithNonce(nonce: string): string {
  return Object.entries(contentPolicy)
    .map(
      ([name, sources]) => `${name} ${[...sources, ...(name === 'style-src' ? [`'nonce-${nonce}'`] : [])].join(' ')}`,
    )
    .join(';');
}

/**
 * Headers, the flood guard, and the check of who sent a request that changes something.
 * @param publicUrl asked at each request: where nothing is configured it is known only once the viewer listens
 */
export async function registerSecurity(app: FastifyInstance, publicUrl: () => string): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: Object.fromEntries(Object.entries(contentPolicy).map(([name, sources]) => [name, [...sources]])),
    },
    referrerPolicy: { policy: 'same-origin' },
    // Browsers ignore it over plain HTTP; behind a proxy that ends TLS the public address says what it is.
    strictTransportSecurity: publicUrl().startsWith('https:') ? { maxAge: 31_536_000 } : false,
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('permissions-policy', permissionsPolicy);
    // Refusals are nobody's to keep either; what may be kept says so itself.
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
  // Kept per process on purpose: it shields the database, which shares the precise limits of `rate-limits.ts`.
  await app.register(rateLimit, {
    global: false,
    max: floodLimit,
    timeWindow: '1 minute',
    addHeaders: noHeaders,
    addHeadersOnExceeding: noHeaders,
  });
  // Before the hooks of the routes, which ask the database who is calling.
  app.addHook('onRequest', app.rateLimit());
  app.addHook('onRequest', async (request) => {
    if (!isForeign(request, publicUrl())) return;
    request.log.warn({ route: request.routeOptions.url }, 'foreign sender');
    throw new OperationError('forbidden-sender');
  });
}

const noHeaders = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false };
const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Whether another site made the browser send this (CSRF). Every browser names the origin of a request that changes
 * something; a program without cookies need not, since it has nothing that could be abused.
 */
function isForeign(request: FastifyRequest, publicUrl: string): boolean {
  if (safeMethods.includes(request.method)) return false;
  const { origin, cookie, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (origin !== undefined) return origin !== publicUrl && !isSameHost(origin, host);
  if (site !== undefined) return site !== 'same-origin';
  return cookie !== undefined;
}

/** The address under which the viewer was asked, for those who come by another name of this machine. */
function isSameHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}
