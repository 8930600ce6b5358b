import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Document, DocumentCategory } from '../../../shared/features/documents/model.ts';
import { type Agrees, type Proof, syncColumns } from '../../db/columns.ts';

export const documentTable = sqliteTable(
  'document',
  {
    id: text('id').primaryKey(),
    propertyId: text('property_id').notNull(),
    title: text('title').notNull(),
    categoryId: text('category_id'),
    audienceGroups: text('audience_groups', { mode: 'json' }).$type<Document['audienceGroups']>().notNull(),
    audiencePersonIds: text('audience_person_ids', { mode: 'json' }).$type<Document['audiencePersonIds']>().notNull(),
    periodFrom: text('period_from'),
    periodTo: text('period_to'),
    state: text('state').$type<Document['state']>().notNull(),
    publishedAt: text('published_at'),
    createdAt: text('created_at').notNull(),
    ...syncColumns,
  },
  (table) => [index('document_property_id').on(table.propertyId), index('document_category_id').on(table.categoryId)],
);
export type DocumentProof = Proof<Agrees<typeof documentTable.$inferSelect, Document>>;

export const documentCategoryTable = sqliteTable('document_category', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  position: integer('position').notNull(),
  icon: text('icon'),
  ...syncColumns,
});
export type DocumentCategoryProof = Proof<Agrees<typeof documentCategoryTable.$inferSelect, DocumentCategory>>;
