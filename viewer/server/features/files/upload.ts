import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { uploadedFile } from '../../../../shared/features/activities/contract.ts';
import { allowedKind } from '../../../../shared/features/files/file-kinds.ts';
import { cleanFileName } from '../../../../shared/features/files/file-name.ts';
import { blobId, maxAttachments, maxFileBytes, uploadWaits } from '../../../../shared/features/files/model.ts';
import { instantText } from '../../../../shared/lib/dates.ts';
import { OperationError } from '../../../../shared/lib/errors.ts';
import { enterCompany } from '../../access/visitor.ts';
import type { Company, RequestContext } from '../../context.ts';
import { checkContent } from './content.ts';
import { type IncomingFile, receiveFile } from './incoming.ts';
import { keepBlob } from './keep.ts';
import { countWaiting, insertUpload, readBlob } from './repository.ts';

/** Files one account may leave without a message: two messages full. */
const maxWaiting = 2 * maxAttachments;

type Context = Pick<RequestContext, 'caller' | 'company' | 'now' | 'newId' | 'blobs'>;

/** What the sender says before the bytes: a percent-encoded name, and the length where it is known. */
export interface Announcement {
  readonly name: string;
  readonly size: number | null;
}

/**
 * Takes a resident's file: checks what can be checked before the bytes, receives them, looks whether they are what the name
 * says, keeps them and tells the desks. Throws `not-found` (no account there), `too-many-requests`, and the codes of files.
 */
export async function takeUpload(
  context: Context,
  organisationId: string,
  announced: Announcement,
  body: Readable,
  folder: string,
): Promise<z.infer<typeof uploadedFile>> {
  const accountId = await checkRoom(context, organisationId);
  const fileName = checkAnnouncement(announced);
  const file = await receiveFile(body, join(folder, context.newId()), fileName);
  try {
    const mediaType = await checkContent(file.path, fileName);
    return await keep(context, organisationId, accountId, { ...file, fileName, mediaType });
  } finally {
    await rm(file.path, { force: true });
  }
}

/** The account that uploads; with several in one company the first, since a message may take files of any of them. */
function checkRoom(context: Context, organisationId: string): Promise<string> {
  return enterCompany(context, organisationId, async (company, visitor) => {
    const [first] = visitor.persons;
    if (first === undefined) throw new OperationError('not-found');
    await assertRoom(company, first.account.id, visitor.now);
    return first.account.id;
  });
}

/** @throws OperationError `too-many-requests` with the seconds until the first file is given up */
async function assertRoom(company: Company, accountId: string, now: number): Promise<void> {
  const { waiting, oldest } = await countWaiting(company, accountId, instantText(now - uploadWaits));
  if (waiting < maxWaiting || oldest === null) return;
  const seconds = Math.max(1, Math.ceil((Date.parse(oldest) + uploadWaits - now) / 1000));
  throw new OperationError('too-many-requests', { seconds });
}

/** The cleaned name. */
function checkAnnouncement({ name, size }: Announcement): string {
  const given = decoded(name);
  const fileName = given === null ? null : cleanFileName(given);
  if (fileName === null) throw new OperationError('file-name-invalid');
  if (allowedKind(fileName) === null) throw new OperationError('file-type-not-allowed', { name: fileName });
  if (size === 0) throw new OperationError('file-empty', { name: fileName });
  if (size !== null && size > maxFileBytes) {
    throw new OperationError('file-too-large', { name: fileName, limit: maxFileBytes });
  }
  return fileName;
}

function decoded(name: string): string | null {
  try {
    return decodeURIComponent(name);
  } catch {
    return null;
  }
}

async function keep(
  context: Context,
  organisationId: string,
  accountId: string,
  file: IncomingFile & { readonly fileName: string; readonly mediaType: string },
): Promise<z.infer<typeof uploadedFile>> {
  const { sha256, fileName, mediaType, size } = file;
  const uploadId = context.newId();
  const now = instantText(context.now());
  await keepBlob(context, organisationId, sha256, file.path, async (company) => {
    // Again: others may have come while the bytes came.
    await assertRoom(company, accountId, context.now());
    await insertUpload(company, {
      id: uploadId,
      accountId,
      sha256,
      fileName,
      mediaType,
      size,
      createdAt: now,
      usedAt: null,
    });
    // Bytes that are there already keep their row: a second one would say nothing new to the desks.
    if ((await readBlob(company, sha256)) !== null) return;
    await company.write({ kind: 'server' }, [
      { entity: 'blob', id: blobId(sha256), set: { sha256, size, mediaType, availableAt: now, deleted: false } },
    ]);
  });
  return { uploadId, sha256, fileName, mediaType, size };
}
