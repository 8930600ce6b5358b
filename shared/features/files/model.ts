import { z } from 'zod';
import { id, instant, requiredLine, sha256 } from '../../lib/schemas.ts';
import { defineEntity, type RowOf } from '../../sync/entity.ts';

/** Largest file anywhere (bytes). */
export const maxFileBytes = 50 * 1024 * 1024;
/** Most files at one entry or notice. */
export const maxAttachments = 20;

/** How long a resident's file waits for the message that it belongs to (milliseconds). */
export const uploadWaits = 24 * 3600_000;

export const attachmentParents = ['document', 'notice', 'entry'] as const;

const fileName = requiredLine(200).refine(
  (name) => !/[\\/:*?"<>|]/.test(name) && name !== '.' && name !== '..' && !name.endsWith('.'),
  'file-name',
);

/**
 * A file at a document (its newest attachment is the current version), a notice or an entry. Immutable: another
 * version is another attachment.
 */
export const attachmentEntity = defineEntity(
  'attachment',
  {
    parent: z.enum(attachmentParents),
    parentId: id,
    sha256,
    fileName,
    mediaType: requiredLine(120),
    /** Bytes. */
    size: z.int().min(1),
    position: z.int(),
    createdAt: instant,
  },
  {
    groups: { file: ['parent', 'parentId', 'sha256', 'fileName', 'mediaType', 'size', 'createdAt'] },
    immutable: ['file'],
    notAfterClock: ['createdAt'],
  },
);
export type Attachment = RowOf<typeof attachmentEntity>;

/** A blob that the server holds and has hashed; its id comes from the hash (`blobId`). Absence means "upload pending". */
export const blobEntity = defineEntity(
  'blob',
  { sha256, size: z.int().min(1), mediaType: requiredLine(120), availableAt: instant },
  { groups: { facts: ['sha256', 'size', 'mediaType', 'availableAt'] }, writers: 'server' },
);
export type Blob = RowOf<typeof blobEntity>;

/** The row id of a blob: the first 128 bits of its hash, marked as a UUID of version 8 (RFC 9562). */
export function blobId(hash: string): string {
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
