import { pipeline, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { OperationError } from '../../../shared/lib/errors.ts';

/**
 * Lets requests be sent as gzip. The body limit of a route counts the unpacked bytes as they come out, so that a small
 * bomb ends at the limit and costs no more than the limit.
 */
export function registerBodies(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain');
  app.addHook('preParsing', async (request, _reply, payload) => {
    const encoding = request.headers['content-encoding'];
    if (encoding === undefined || encoding === 'identity') return payload;
    if (encoding !== 'gzip') throw new OperationError('invalid-input', { paths: ['content-encoding'] });
    const limit = request.routeOptions.bodyLimit;
    let received = 0;
    let unpackedBytes = 0;
    const gunzip = createGunzip();
    const limited = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        unpackedBytes += chunk.length;
        if (unpackedBytes > limit) done(new OperationError('too-large', { limit }));
        else done(null, chunk);
      },
    });
    payload.on('data', (chunk: Buffer) => {
      received += chunk.length;
    });
    payload.once('error', (error) => gunzip.destroy(error));
    // The request itself stays open, or the answer could not be sent.
    pipeline(payload.pipe(gunzip), limited, (error) => {
      if (error) payload.unpipe(gunzip).resume();
    });
    // Fastify compares the announced length with the one that came in, both before unpacking.
    Object.defineProperty(limited, 'receivedEncodedLength', { get: () => received });
    return limited;
  });
}
