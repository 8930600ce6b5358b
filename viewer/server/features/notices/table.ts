import { boolean, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Notice } from '../../../../shared/features/notices/model.ts';
import { type Agrees, companyColumns, companyKeys, type Proof, syncColumns } from '../../db/columns.ts';

export const noticeTable = pgTable(
  'notice',
  {
    ...companyColumns,
    propertyId: uuid('property_id').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    audienceGroups: jsonb('audience_groups').$type<Notice['audienceGroups']>().notNull(),
    pinned: boolean('pinned').notNull(),
    visibleFrom: text('visible_from'),
    visibleUntil: text('visible_until'),
    state: text('state').$type<Notice['state']>().notNull(),
    publishedAt: text('published_at'),
    authorKind: text('author_kind').$type<Notice['authorKind']>().notNull(),
    authorId: uuid('author_id').notNull(),
    approval: text('approval').$type<Notice['approval']>().notNull(),
    createdAt: text('created_at').notNull(),
    ...syncColumns,
  },
  (table) => [...companyKeys('notice', table), index('notice_property_id').on(table.organisationId, table.propertyId)],
);
export type NoticeProof = Proof<Agrees<typeof noticeTable.$inferSelect, Notice>>;
