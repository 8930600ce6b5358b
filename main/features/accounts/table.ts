import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Account } from '../../../shared/features/accounts/model.ts';
import { type Agrees, type Proof, syncColumns } from '../../db/columns.ts';

export const accountTable = sqliteTable(
  'account',
  {
    id: text('id').primaryKey(),
    personId: text('person_id').notNull(),
    email: text('email'),
    channel: text('channel').$type<Account['channel']>().notNull(),
    invitedAt: text('invited_at').notNull(),
    expiresAt: text('expires_at').notNull(),
    disabledAt: text('disabled_at'),
    invitationSentAt: text('invitation_sent_at'),
    registeredAt: text('registered_at'),
    lastSeenAt: text('last_seen_at'),
    loginEmail: text('login_email'),
    showInDirectory: integer('show_in_directory', { mode: 'boolean' }).notNull(),
    showPhone: integer('show_phone', { mode: 'boolean' }).notNull(),
    showEmail: integer('show_email', { mode: 'boolean' }).notNull(),
    language: text('language').$type<Account['language']>().notNull(),
    problem: text('problem'),
    ...syncColumns,
  },
  (table) => [index('account_person_id').on(table.personId)],
);
export type AccountProof = Proof<Agrees<typeof accountTable.$inferSelect, Account>>;
