import { bigint, boolean, index, jsonb, pgSchema, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { Author, Change } from '../../../shared/sync/changes.ts';
import { companyPolicy } from './columns.ts';

/**
 * The head of a company: its row lock serialises the writers and hands out the sequence. `epoch` changes when the
 * viewer is restored from a backup.
 */
export const organisationHeadTable = pgTable(
  'organisation_head',
  {
    organisationId: uuid('organisation_id').primaryKey(),
    epoch: uuid('epoch').notNull(),
    head: bigint('head', { mode: 'number' }).notNull(),
    lastActivityNumber: bigint('last_activity_number', { mode: 'number' }).notNull(),
    /** When the epoch began because of a restore, and the head at that moment; null for a company's first epoch. */
    epochStartedAt: text('epoch_started_at'),
    epochHead: bigint('epoch_head', { mode: 'number' }).notNull().default(0),
    /** How many rows were erased for good: most companies have none, and then nobody looks for one. */
    erasedRows: bigint('erased_rows', { mode: 'number' }).notNull().default(0),
  },
  () => [companyPolicy('organisation_head')],
);

/** Every change the server ordered. A page of a pull ends where `last` is true, so that changesets arrive whole. */
export const changeLogTable = pgTable(
  'change_log',
  {
    organisationId: uuid('organisation_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    changeId: uuid('change_id').notNull(),
    changesetId: uuid('changeset_id').notNull(),
    importId: uuid('import_id'),
    last: boolean('last').notNull(),
    author: jsonb('author').$type<Author>().notNull(),
    entity: text('entity').notNull(),
    entityId: uuid('entity_id').notNull(),
    change: jsonb('change').$type<Change>().notNull(),
    receivedAt: text('received_at').notNull(),
    /** The device that brought it back after the viewer was restored. */
    recoveredBy: uuid('recovered_by'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.seq] }),
    unique('change_log_change_id').on(table.organisationId, table.changeId),
    index('change_log_entity').on(table.organisationId, table.entity, table.entityId),
    index('change_log_changeset').on(table.organisationId, table.changesetId),
    companyPolicy('change_log'),
  ],
);

/** Changesets that were refused: kept with the reason, never blocking the queue behind them. */
export const quarantineTable = pgTable(
  'quarantine',
  {
    organisationId: uuid('organisation_id').notNull(),
    changesetId: uuid('changeset_id').notNull(),
    author: jsonb('author').$type<Author>().notNull(),
    code: text('code').notNull(),
    field: text('field'),
    changes: jsonb('changes').$type<readonly Change[]>().notNull(),
    receivedAt: text('received_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.changesetId] }), companyPolicy('quarantine')],
);

/** What a resident has seen, per account and subject (`notices:<propertyId>`, `documents:<propertyId>`, `activity:<id>`). */
export const seenTable = pgTable(
  'seen',
  {
    organisationId: uuid('organisation_id').notNull(),
    accountId: uuid('account_id').notNull(),
    subject: text('subject').notNull(),
    seenAt: text('seen_at').notNull(),
    previousSeenAt: text('previous_seen_at'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.accountId, table.subject] }), companyPolicy('seen')],
);

/** A file a resident uploaded before sending the message it belongs to; thrown away after a day without one. */
export const residentUploadTable = pgTable(
  'resident_upload',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    accountId: uuid('account_id').notNull(),
    sha256: text('sha256').notNull(),
    fileName: text('file_name').notNull(),
    mediaType: text('media_type').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    createdAt: text('created_at').notNull(),
    usedAt: text('used_at'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] }), companyPolicy('resident_upload')],
);

/** Global, over all companies: logins, sessions, and the secrets that find a company. Only hashes of secrets. */
export const authSchema = pgSchema('auth');

/** Which accounts a login opens. */
export const loginAccountTable = authSchema.table(
  'login_account',
  {
    loginId: text('login_id').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    accountId: uuid('account_id').notNull(),
    createdAt: text('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.loginId, table.organisationId, table.accountId] })],
);

/** Links of invitations, SHA-256 of the token. */
export const invitationTokenTable = authSchema.table(
  'invitation_token',
  {
    tokenHash: text('token_hash').primaryKey(),
    organisationId: uuid('organisation_id').notNull(),
    accountId: uuid('account_id').notNull(),
    /** `account.invitedAt` it was made for: a renewed invitation voids it. */
    invitedAt: text('invited_at').notNull(),
    expiresAt: text('expires_at').notNull(),
    usedAt: text('used_at'),
  },
  (table) => [index('invitation_token_account').on(table.organisationId, table.accountId)],
);

/** Single-use codes that pair a desk, SHA-256 of the code. Without a company: the desk's own is adopted. */
export const pairingCodeTable = authSchema.table('pairing_code', {
  codeHash: text('code_hash').primaryKey(),
  organisationId: uuid('organisation_id'),
  staffId: uuid('staff_id'),
  expiresAt: text('expires_at').notNull(),
  usedAt: text('used_at'),
});

/** Tokens of paired desks, SHA-256. */
export const deviceTokenTable = authSchema.table('device_token', {
  tokenHash: text('token_hash').primaryKey(),
  organisationId: uuid('organisation_id').notNull(),
  deviceId: uuid('device_id').notNull().unique(),
  staffId: uuid('staff_id').notNull(),
  createdAt: text('created_at').notNull(),
  revokedAt: text('revoked_at'),
  /** Since when nobody active stands behind it: the member of staff was deactivated or deleted. */
  suspendedAt: text('suspended_at'),
  /** Since when the desk is to destroy its key, and when it was first told so. */
  destroyAskedAt: text('destroy_asked_at'),
  destroyToldAt: text('destroy_told_at'),
  /** Number and payload (SHA-256) of the last changeset that was accepted: what tells a copy of a desk from the desk. */
  lastSeq: bigint('last_seq', { mode: 'number' }).notNull().default(0),
  lastHash: text('last_hash'),
  lastContactAt: text('last_contact_at'),
  appVersion: text('app_version'),
  /** When the company's own row of the device last got the contact: at most once a day. */
  reportedAt: text('reported_at'),
  /** Of a copied database: the wish that made it, and the device it was before. */
  forkId: uuid('fork_id').unique(),
  forkedFrom: uuid('forked_from'),
});
