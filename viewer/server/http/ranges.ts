import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BlobStore, ByteRange } from '../context.ts';

/**
 * Sends a file or the part of it that `Range` asks for (RFC 9110, 14): 206 with the part, 416 where there is none.
 * A file never changes under its hash, so a part always fits what came before.
 */
export async function sendBytes(
  request: FastifyRequest,
  reply: FastifyReply,
  blobs: BlobStore,
  file: { readonly organisationId: string; readonly sha256: string; readonly size: number },
): Promise<FastifyReply> {
  const { organisationId, sha256, size } = file;
  const part = partOf(request.headers.range, size);
  reply.header('accept-ranges', 'bytes');
  if (part === 'none') return reply.code(416).header('content-range', `bytes */${size}`).send();
  // Before the length is said: where this fails, the answer is another one.
  const bytes = await blobs.open(organisationId, sha256, part ?? undefined);
  if (part === null) return reply.header('content-length', size).send(bytes);
  return reply
    .code(206)
    .header('content-range', `bytes ${part.start}-${part.end}/${size}`)
    .header('content-length', part.end - part.start + 1)
    .send(bytes);
}

/** One range of bytes; null for the whole file, as for several ranges, which a server may leave unanswered. */
export function partOf(header: string | undefined, size: number): ByteRange | 'none' | null {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (found === null) return null;
  const [, first = '', last = ''] = found;
  if (first === '' && last === '') return null;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'none' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return null;
  return start >= size ? 'none' : { start, end };
}
