import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { failure } from '../../../shared/contract/dispatch.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import { answer } from './answer.ts';
import { policyWithNonce } from './security.ts';

/** What the portal's `index.html` holds in the place of the nonce. */
const noncePlace = '__CSP_NONCE__';

/**
 * Serves the built portal. Every address that is no file and no operation is a page of it; the page carries a nonce of
 * its own, since its component library writes style elements.
 * @param folder with `index.html` and `assets/`; null where no portal is built
 */
export async function registerPortal(app: FastifyInstance, folder: string | null): Promise<void> {
  if (folder !== null) {
    const page = await readFile(join(folder, 'index.html'), 'utf8');
    const sendPage = (reply: FastifyReply) => {
      const nonce = randomBytes(16).toString('base64');
      return reply
        .header('content-security-policy', policyWithNonce(nonce))
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(page.replaceAll(noncePlace, nonce));
    };
    const sendOther = (request: FastifyRequest, reply: FastifyReply) => {
      const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
      return isPage && !request.url.startsWith('/api/') ? sendPage(reply.code(200)) : unknown(request.url, reply);
    };
    await app.register(async (files) => {
      // A path that can be no file is as good as one that is none.
      files.setErrorHandler((error: FastifyError, request, reply) => {
        if ((error.statusCode ?? 500) >= 500 || error.statusCode === 429) throw error;
        return sendOther(request, reply);
      });
      await files.register(fastifyStatic, {
        root: folder,
        index: false,
        wildcard: true,
        setHeaders: (reply, path) => {
          // Names of files in `assets` change with their content.
          const lasting = path.startsWith(join(folder, 'assets'));
          reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
        },
      });
    });
    app.get('/', (_request, reply) => sendPage(reply));
    app.get('/index.html', (_request, reply) => sendPage(reply));
    app.setNotFoundHandler(sendOther);
    return;
  }
  app.setNotFoundHandler((request, reply) => unknown(request.url, reply));
}

function unknown(url: string, reply: FastifyReply): FastifyReply {
  const code = url.startsWith('/api/') ? 'unknown-operation' : 'not-found';
  return answer(reply, failure(new OperationError(code)));
}
