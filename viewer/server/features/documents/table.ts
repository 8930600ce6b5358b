import { index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Document, DocumentCategory } from '../../../../shared/features/documents/model.ts';
import { type Agrees, companyColumns, companyKeys, type Proof, syncColumns } from '../../db/columns.ts';

export const documentTable = pgTable(
  'document',
  {
    ...companyColumns,
    propertyId: uuid('property_id').notNull(),
    title: text('title').notNull(),
    categoryId: uuid('category_id'),
    audienceGroups: jsonb('audience_groups').$type<Document['audienceGroups']>().notNull(),
    audiencePersonIds: jsonb('audience_person_ids').$type<Document['audiencePersonIds']>().notNull(),
    periodFrom: text('period_from'),
    periodTo: text('period_to'),
    state: text('state').$type<Document['state']>().notNull(),
    publishedAt: text('published_at'),
    createdAt: text('created_at').notNull(),
    ...syncColumns,
  },
  (table) => [
    ...companyKeys('document', table),
    index('document_property_id').on(table.organisationId, table.propertyId),
    index('document_category_id').on(table.organisationId, table.categoryId),
  ],
);
export type DocumentProof = Proof<Agrees<typeof documentTable.$inferSelect, Document>>;

export const documentCategoryTable = pgTable(
  'document_category',
  {
    ...companyColumns,
    name: text('name').notNull(),
    position: integer('position').notNull(),
    icon: text('icon'),
    ...syncColumns,
  },
  (table) => [...companyKeys('document_category', table)],
);
export type DocumentCategoryProof = Proof<Agrees<typeof documentCategoryTable.$inferSelect, DocumentCategory>>;
