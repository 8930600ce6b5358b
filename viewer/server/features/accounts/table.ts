import { boolean, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Account } from '../../../../shared/features/accounts/model.ts';
import { type Agrees, companyColumns, companyKeys, type Proof, syncColumns } from '../../db/columns.ts';

export const accountTable = pgTable(
  'account',
  {
    ...companyColumns,
    personId: uuid('person_id').notNull(),
    email: text('email'),
    channel: text('channel').$type<Account['channel']>().notNull(),
    invitedAt: text('invited_at').notNull(),
    expiresAt: text('expires_at').notNull(),
    disabledAt: text('disabled_at'),
    invitationSentAt: text('invitation_sent_at'),
    registeredAt: text('registered_at'),
    lastSeenAt: text('last_seen_at'),
    loginEmail: text('login_email'),
    showInDirectory: boolean('show_in_directory').notNull(),
    showPhone: boolean('show_phone').notNull(),
    showEmail: boolean('show_email').notNull(),
    language: text('language').$type<Account['language']>().notNull(),
    problem: text('problem'),
    ...syncColumns,
  },
  (table) => [...companyKeys('account', table), index('account_person_id').on(table.organisationId, table.personId)],
);
export type AccountProof = Proof<Agrees<typeof accountTable.$inferSelect, Account>>;
