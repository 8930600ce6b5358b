import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Notice } from '../../../shared/features/notices/model.ts';
import { type Agrees, type Proof, syncColumns } from '../../db/columns.ts';

export const noticeTable = sqliteTable(
  'notice',
  {
    id: text('id').primaryKey(),
    propertyId: text('property_id').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    audienceGroups: text('audience_groups', { mode: 'json' }).$type<Notice['audienceGroups']>().notNull(),
    pinned: integer('pinned', { mode: 'boolean' }).notNull(),
    visibleFrom: text('visible_from'),
    visibleUntil: text('visible_until'),
    state: text('state').$type<Notice['state']>().notNull(),
    publishedAt: text('published_at'),
    authorKind: text('author_kind').$type<Notice['authorKind']>().notNull(),
    authorId: text('author_id').notNull(),
    approval: text('approval').$type<Notice['approval']>().notNull(),
    createdAt: text('created_at').notNull(),
    ...syncColumns,
  },
  (table) => [index('notice_property_id').on(table.propertyId)],
);
export type NoticeProof = Proof<Agrees<typeof noticeTable.$inferSelect, Notice>>;
