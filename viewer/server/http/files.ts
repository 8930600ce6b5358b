import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { allowedKind } from '../../../shared/features/files/file-kinds.ts';
import { maxFileBytes } from '../../../shared/features/files/model.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { RequestContext, Viewer } from '../context.ts';
import { type Download, findDownload, findPhoto } from '../features/files/download.ts';
import { prepareIncoming } from '../features/files/incoming.ts';
import { takeUpload } from '../features/files/upload.ts';
import { answer } from './answer.ts';
import type { Callers } from './callers.ts';
import { headersOf } from './operations.ts';
import { sendBytes } from './ranges.ts';

/** What a browser may show in its own window: kinds that carry no script of ours or of the sender's. */
const shownInline = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp'];

/** Not every browser opens its PDF viewer in a sandbox; a PDF's scripts run in that viewer, not in the page. */
const pdfPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";
const filePolicy = `sandbox; ${pdfPolicy}`;

/**
 * Files of residents: download by attachment, photo of a property, upload before a message. The session is checked before
 * anything else; who may have a file is decided by what it hangs on.
 */
export async function registerFiles(
  app: FastifyInstance,
  viewer: Viewer,
  callers: Callers,
  dataFolder: string,
): Promise<void> {
  const incoming = join(dataFolder, 'incoming');
  await prepareIncoming(incoming, viewer.now());
  const context = async (request: FastifyRequest, reply: FastifyReply) => {
    const caller = await callers.resident(headersOf(request), (cookie) => reply.header('set-cookie', cookie));
    if (caller === null) throw new OperationError('not-signed-in');
    return { ...viewer, caller };
  };

  app.get<{ Params: { organisationId: string; attachmentId: string }; Querystring: { inline?: string } }>(
    '/api/portal/files/:organisationId/:attachmentId',
    { exposeHeadRoute: false },
    async (request, reply) => {
      const { organisationId, attachmentId } = request.params;
      const file = await findDownload(await context(request, reply), organisationId, attachmentId);
      // The right to a file may end any time, so it is asked for again; unchanged bytes are not sent again.
      return send(viewer, request, reply, file, request.query.inline === '1', 'private, no-cache');
    },
  );

  app.get<{ Params: { organisationId: string; propertyId: string } }>(
    '/api/portal/organisations/:organisationId/properties/:propertyId/photo',
    { exposeHeadRoute: false },
    async (request, reply) => {
      const { organisationId, propertyId } = request.params;
      const file = await findPhoto(await context(request, reply), organisationId, propertyId);
      // The portal asks with the hash in the query: another photo has another address.
      return send(viewer, request, reply, file, true, 'private, max-age=3600');
    },
  );

  await app.register(async (scope) => {
    // Whatever else the viewer reads elsewhere is no file here.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));
    scope.decorateRequest('uploader', null);
    scope.post<{ Params: { organisationId: string }; Body: Readable | undefined }>(
      '/api/portal/organisations/:organisationId/uploads',
      {
        bodyLimit: maxFileBytes + 1,
        onRequest: async (request, reply) => {
          request.uploader = await context(request, reply);
        },
      },
      async (request, reply) => {
        const { uploader } = request;
        if (uploader === null) throw new OperationError('not-signed-in');
        const announced = { name: nameOf(request), size: sizeOf(request) };
        const { organisationId } = request.params;
        const file = await takeUpload(uploader, organisationId, announced, request.body ?? Readable.from([]), incoming);
        return answer(reply, { ok: file });
      },
    );
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who uploads; settled before the bytes are read. */
    uploader: (Viewer & Pick<RequestContext, 'caller'>) | null;
  }
}

function nameOf(request: FastifyRequest): string {
  const name = request.headers['x-file-name'];
  return typeof name === 'string' ? name : '';
}

function sizeOf(request: FastifyRequest): number | null {
  const unpacked = request.headers['content-encoding'] === undefined ? request.headers['content-length'] : undefined;
  return unpacked === undefined ? null : Number(unpacked);
}

async function send(
  viewer: Viewer,
  request: FastifyRequest,
  reply: FastifyReply,
  file: Download,
  inline: boolean,
  caching: string,
): Promise<FastifyReply> {
  const mediaType = allowedKind(file.fileName)?.mediaType ?? 'application/octet-stream';
  const shown = inline && shownInline.includes(mediaType);
  const etag = `"${file.sha256}"`;
  reply
    .header('cache-control', caching)
    .header('etag', etag)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', mediaType === 'application/pdf' && shown ? pdfPolicy : filePolicy)
    .header('cross-origin-resource-policy', 'same-origin');
  if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
  reply
    .header('content-type', mediaType)
    .header('content-disposition', disposition(shown ? 'inline' : 'attachment', file.fileName));
  return sendBytes(request, reply, viewer.blobs, file);
}

function matches(condition: string | undefined, etag: string): boolean {
  return condition?.split(',').some((one) => one.trim().replace(/^W\//, '') === etag) ?? false;
}

/** RFC 6266: a name that every browser reads, and the real one percent-encoded (RFC 8187, formerly 5987). */
export function disposition(kind: 'inline' | 'attachment', fileName: string): string {
  const plain = fileName
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/g, '_')
    .replace(/["\\%]/g, '_');
  const real = encodeURIComponent(fileName).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${real}`;
}
