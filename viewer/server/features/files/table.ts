import { bigint, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Attachment, Blob } from '../../../../shared/features/files/model.ts';
import { type Agrees, companyColumns, companyKeys, type Proof, syncColumns } from '../../db/columns.ts';

export const attachmentTable = pgTable(
  'attachment',
  {
    ...companyColumns,
    parent: text('parent').$type<Attachment['parent']>().notNull(),
    parentId: uuid('parent_id').notNull(),
    sha256: text('sha256').notNull(),
    fileName: text('file_name').notNull(),
    mediaType: text('media_type').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    position: integer('position').notNull(),
    createdAt: text('created_at').notNull(),
    ...syncColumns,
  },
  (table) => [
    ...companyKeys('attachment', table),
    index('attachment_parent_id').on(table.organisationId, table.parentId),
    index('attachment_sha256').on(table.organisationId, table.sha256),
  ],
);
export type AttachmentProof = Proof<Agrees<typeof attachmentTable.$inferSelect, Attachment>>;

export const blobTable = pgTable(
  'blob',
  {
    ...companyColumns,
    sha256: text('sha256').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    mediaType: text('media_type').notNull(),
    availableAt: text('available_at').notNull(),
    ...syncColumns,
  },
  (table) => [...companyKeys('blob', table), index('blob_sha256').on(table.organisationId, table.sha256)],
);
export type BlobProof = Proof<Agrees<typeof blobTable.$inferSelect, Blob>>;
