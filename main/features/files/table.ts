import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Attachment, Blob } from '../../../shared/features/files/model.ts';
import { type Agrees, type Proof, syncColumns } from '../../db/columns.ts';

export const attachmentTable = sqliteTable(
  'attachment',
  {
    id: text('id').primaryKey(),
    parent: text('parent').$type<Attachment['parent']>().notNull(),
    parentId: text('parent_id').notNull(),
    sha256: text('sha256').notNull(),
    fileName: text('file_name').notNull(),
    mediaType: text('media_type').notNull(),
    size: integer('size').notNull(),
    position: integer('position').notNull(),
    createdAt: text('created_at').notNull(),
    ...syncColumns,
  },
  (table) => [index('attachment_parent_id').on(table.parentId), index('attachment_sha256').on(table.sha256)],
);
export type AttachmentProof = Proof<Agrees<typeof attachmentTable.$inferSelect, Attachment>>;

export const blobTable = sqliteTable(
  'blob',
  {
    id: text('id').primaryKey(),
    sha256: text('sha256').notNull(),
    size: integer('size').notNull(),
    mediaType: text('media_type').notNull(),
    availableAt: text('available_at').notNull(),
    ...syncColumns,
  },
  (table) => [index('blob_sha256').on(table.sha256)],
);
export type BlobProof = Proof<Agrees<typeof blobTable.$inferSelect, Blob>>;

/** What this desk keeps of a property's files; without a row the newest that fit. */
export const propertyFilesTable = sqliteTable('property_files', {
  propertyId: text('property_id').primaryKey(),
  keep: text('keep').$type<'all' | 'opened'>().notNull(),
});

/** When a file was last opened or staged at this desk: what was not used for long makes room first. */
export const fileUseTable = sqliteTable('file_use', {
  sha256: text('sha256').primaryKey(),
  usedAt: text('used_at').notNull(),
});
