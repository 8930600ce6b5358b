import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FileStore } from '@tus/file-store';
import { ERRORS, Server } from '@tus/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { blobEntity, blobId, maxFileBytes } from '../../../shared/features/files/model.ts';
import { instantText } from '../../../shared/lib/dates.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import { sha256 as sha256Schema } from '../../../shared/lib/schemas.ts';
import type { DeviceCaller, Viewer } from '../context.ts';
import { keepBlob } from '../features/files/keep.ts';
import { isLive } from '../sync/consequences.ts';
import { readStates } from '../sync/rows.ts';
import type { Callers } from './callers.ts';
import { sendBytes } from './ranges.ts';

/** Uploads that nobody goes on with are thrown away after this long (milliseconds). */
const uploadLife = 30 * 24 * 3600_000;
/** Less free space than this cannot take a piece of a file (bytes). */
const leastRoom = 1024 * 1024;
const uploadsPath = '/api/sync/uploads';

/**
 * Files of the desks: `/api/sync/uploads` speaks tus 1.0 (resumable), `GET /api/sync/blobs/:sha256` hands them out.
 * A file is available only after the whole object was hashed here; then a `blob` row tells every desk.
 */
export async function registerBlobs(
  app: FastifyInstance,
  viewer: Viewer,
  callers: Callers,
  folder: string,
): Promise<void> {
  const directory = join(folder, 'uploads');
  await mkdir(directory, { recursive: true });
  const deviceOf = async (headers: Headers): Promise<DeviceCaller> => {
    const device = await callers.device(headers).catch((error: unknown) => {
      if (error instanceof OperationError) return null;
      // A database that does not answer says nothing about the device: it must not be told that it is revoked.
      viewer.log.error({ err: error }, 'cannot tell who uploads');
      throw { status_code: 503, body: 'internal' };
    });
    if (device === null) throw { status_code: 401, body: 'not-signed-in' };
    return device;
  };
  const server = new Server({
    path: uploadsPath,
    datastore: new FileStore({ directory, expirationPeriodInMilliseconds: uploadLife }),
    maxSize: maxFileBytes,
    relativeLocation: true,
    namingFunction: async (request) => `${(await deviceOf(request.headers)).organisationId}_${viewer.newId()}`,
    onIncomingRequest: async (request, uploadId) => {
      const { organisationId } = await deviceOf(request.headers);
      // A stranger's upload is not there.
      if (uploadId !== undefined && uploadId !== '' && !uploadId.startsWith(`${organisationId}_`)) {
        if (request.method !== 'POST') throw { status_code: 404, body: 'not-found' };
      }
    },
    onUploadCreate: async (_request, upload) => {
      const { sha256, mediaType } = upload.metadata ?? {};
      // Everything the row will need, before the first byte: a whole file without a row would be nobody's.
      const facts = { sha256, mediaType, size: upload.size, availableAt: instantText(viewer.now()) };
      if (!blobEntity.schema.safeParse(facts).success) throw { status_code: 400, body: 'invalid-input' };
      return {};
    },
    onUploadFinish: async (request, upload) => {
      const { organisationId } = await deviceOf(request.headers);
      const path = join(directory, upload.id);
      const sha256 = upload.metadata?.sha256 ?? '';
      if ((await hashFile(path)) !== sha256) {
        await throwAway(path);
        throw { status_code: 460, body: 'file-content-mismatch' };
      }
      await keepBlob(viewer, organisationId, sha256, path, ({ write }) =>
        write({ kind: 'server' }, [
          {
            entity: 'blob',
            id: blobId(sha256),
            set: {
              sha256,
              size: upload.size ?? 0,
              mediaType: upload.metadata?.mediaType ?? 'application/octet-stream',
              availableAt: instantText(viewer.now()),
              deleted: false,
            },
          },
        ]),
      ).catch((error: unknown) => {
        viewer.log.error({ err: error }, 'an uploaded file is not kept');
        const code = error instanceof OperationError ? error.code : 'internal';
        throw { status_code: code === 'disk-full' ? 507 : 503, body: code };
      });
      await throwAway(path);
      return {};
    },
    onResponseError: async (_request, error) =>
      (await foundNoRoom(error, directory)) ? { status_code: 507, body: 'disk-full' } : undefined,
  });
  app.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null));
  app.all(uploadsPath, (request, reply) => {
    reply.hijack();
    void server.handle(request.raw, reply.raw);
  });
  app.all(`${uploadsPath}/*`, (request, reply) => {
    reply.hijack();
    void server.handle(request.raw, reply.raw);
  });
  const signedIn = async (request: FastifyRequest): Promise<DeviceCaller> => {
    const device = await callers.device(new Headers(request.headers as Record<string, string>));
    if (device === null) throw new OperationError('not-signed-in');
    return device;
  };
  // Whether a file is available: its bytes are here, and every desk is told so.
  app.head<{ Params: { sha256: string } }>('/api/sync/blobs/:sha256', async (request, reply) => {
    const { organisationId } = await signedIn(request);
    const { sha256 } = request.params;
    if (!sha256Schema.safeParse(sha256).success || !(await viewer.blobs.has(organisationId, sha256)))
      throw new OperationError('not-found');
    const rows = await viewer.company(organisationId, ({ tx }) =>
      readStates(tx, organisationId, 'blob', [blobId(sha256)]),
    );
    if (!isLive(rows.get(blobId(sha256)) ?? null)) throw new OperationError('not-found');
    // By its name: whoever is on the way may answer everything with a page of their own.
    return reply.header('cache-control', 'no-store').header('etag', `"${sha256}"`).send();
  });
  app.get<{ Params: { sha256: string } }>('/api/sync/blobs/:sha256', async (request, reply) => {
    const device = await signedIn(request);
    const { sha256 } = request.params;
    if (!sha256Schema.safeParse(sha256).success) throw new OperationError('not-found');
    const size = await viewer.blobs.size(device.organisationId, sha256);
    if (size === null) throw new OperationError('not-found');
    reply.header('content-type', 'application/octet-stream').header('x-content-type-options', 'nosniff');
    return sendBytes(request, reply, viewer.blobs, { organisationId: device.organisationId, sha256, size });
  });
  const cleaning = setInterval(() => {
    server.cleanUpExpiredUploads().catch((error: unknown) => viewer.log.warn({ err: error }, 'expired uploads stay'));
  }, 3600_000);
  cleaning.unref();
  app.addHook('onClose', async () => clearInterval(cleaning));
}

/** Whether an upload failed on a full disk. The store says only that it could not write, so the disk is asked. */
async function foundNoRoom(error: Error | { readonly status_code: number }, directory: string): Promise<boolean> {
  if ('code' in error && error.code === 'ENOSPC') return true;
  if (!('status_code' in error) || error.status_code !== ERRORS.FILE_WRITE_ERROR.status_code) return false;
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize < leastRoom;
}

/** An upload: its bytes and what is known of it. */
async function throwAway(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(`${path}.json`, { force: true });
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
