import { eq } from 'drizzle-orm';
import type { Attachment } from '../../../../shared/features/files/model.ts';
import { OperationError } from '../../../../shared/lib/errors.ts';
import { id as idSchema } from '../../../../shared/lib/schemas.ts';
import { readConversation, readSummaries } from '../../access/conversations.ts';
import { readDocuments } from '../../access/documents.ts';
import { readAttachment } from '../../access/files.ts';
import { readNotices } from '../../access/notices.ts';
import { enterCompany, readPlace, readPlaces, type Visitor } from '../../access/visitor.ts';
import type { Company, RequestContext } from '../../context.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { readBlob, readParent } from './repository.ts';

type Caller = Pick<RequestContext, 'caller' | 'company' | 'now'>;

/** A file that the caller may have. */
export interface Download {
  readonly organisationId: string;
  readonly sha256: string;
  readonly fileName: string;
  /** Bytes, as the server measured them. */
  readonly size: number;
}

/**
 * The file of an attachment, if the caller sees what it hangs on: the notice, the document (its current version only), the
 * entry. Everything else is `not-found`, exactly as an id that nobody has.
 */
export function findDownload(context: Caller, organisationId: string, attachmentId: string): Promise<Download> {
  if (!idSchema.safeParse(attachmentId).success) throw new OperationError('not-found');
  return enterCompany(context, organisationId, async (company, visitor) => {
    const attachment = await readAttachment(company, attachmentId);
    if (attachment === null || !(await seesAttachment(company, visitor, attachment))) {
      throw new OperationError('not-found');
    }
    const blob = await readBlob(company, attachment.sha256);
    if (blob === null) throw new OperationError('not-found');
    return { organisationId, sha256: attachment.sha256, fileName: attachment.fileName, size: blob.size };
  });
}

async function seesAttachment(company: Company, visitor: Visitor, attachment: Attachment): Promise<boolean> {
  const { parent, parentId } = attachment;
  const found = await readParent(company, attachment);
  if (found === null) return false;
  if ('activityId' in found) {
    return (await readConversation(company, visitor, found.activityId, parentId)) !== null;
  }
  const places = await readPlaces(company, visitor, [found.propertyId]);
  if (parent === 'notice') {
    return (await readNotices(company, visitor, places, eq(entityTables.notice.id, parentId))).length > 0;
  }
  const documents = await readDocuments(company, visitor, places, eq(entityTables.document.id, parentId));
  return documents.some(({ file }) => file.id === attachment.id);
}

/** The photo of a property that the caller can open. */
export function findPhoto(context: Caller, organisationId: string, propertyId: string): Promise<Download> {
  if (!idSchema.safeParse(propertyId).success) throw new OperationError('not-found');
  return enterCompany(context, organisationId, async (company, visitor) => {
    const place = await readPlace(company, visitor, propertyId);
    const { photo } = place.property;
    const reachable =
      place.standing !== 'none' ||
      (await readDocuments(company, visitor, [place])).length > 0 ||
      (await readSummaries(company, visitor)).some(({ activity }) => activity.propertyId === propertyId);
    const blob = photo === null || !reachable ? null : await readBlob(company, photo);
    if (photo === null || blob === null) throw new OperationError('not-found');
    return { organisationId, sha256: photo, fileName: photoName(blob.mediaType), size: blob.size };
  });
}

function photoName(mediaType: string): string {
  const extension = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' }[mediaType] ?? 'bin';
  return `photo.${extension}`;
}
