import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ErrorCode } from '../../shared/lib/errors.ts';
import type { Author, Change, LoggedChange } from '../../shared/sync/changes.ts';

/** Facts of this desk alone: identity, cursor, clock, preferences. JSON values. */
export const metaTable = sqliteTable('meta', { key: text('key').primaryKey(), value: text('value').notNull() });

/**
 * The sync queue: every changeset this desk made, in its own order. Acknowledged ones are kept 60 days, so that they
 * can be pushed again to a restored viewer.
 */
export const outboxTable = sqliteTable(
  'outbox',
  {
    deviceSeq: integer('device_seq').primaryKey(),
    changesetId: text('changeset_id').notNull().unique(),
    staffId: text('staff_id').notNull(),
    importId: text('import_id'),
    changes: text('changes', { mode: 'json' }).$type<readonly Change[]>().notNull(),
    changeCount: integer('change_count').notNull(),
    createdAt: text('created_at').notNull(),
    state: text('state').$type<'pending' | 'applied' | 'superseded' | 'rejected' | 'dismissed'>().notNull(),
    code: text('code'),
    field: text('field'),
    settledAt: text('settled_at'),
  },
  (table) => [index('outbox_state').on(table.state, table.deviceSeq, table.changeCount)],
);

/** Rows with a change in the queue: what lists mark as pending. */
export const pendingRowTable = sqliteTable(
  'pending_row',
  {
    changeId: text('change_id').primaryKey(),
    entity: text('entity').notNull(),
    entityId: text('entity_id').notNull(),
    deviceSeq: integer('device_seq').notNull(),
  },
  (table) => [
    index('pending_row_entity').on(table.entity, table.entityId),
    index('pending_row_device_seq').on(table.deviceSeq),
  ],
);

/** Files staged on this desk or fetched to it; immutable copies in the blob folder, by hash. */
export const localFileTable = sqliteTable(
  'local_file',
  {
    sha256: text('sha256').primaryKey(),
    fileName: text('file_name').notNull(),
    mediaType: text('media_type').notNull(),
    size: integer('size').notNull(),
    /** To be uploaded; null once the viewer has confirmed the whole object, or for fetched files. */
    upload: text('upload').$type<'waiting' | 'done'>(),
    tusUrl: text('tus_url'),
    sentBytes: integer('sent_bytes').notNull().default(0),
    createdAt: text('created_at').notNull(),
  },
  (table) => [index('local_file_upload').on(table.upload)],
);

/** Changes whose entity or fields this version does not know: parked and replayed after an upgrade. */
export const parkedChangeTable = sqliteTable('parked_change', {
  seq: integer('seq').primaryKey(),
  change: text('change', { mode: 'json' }).$type<LoggedChange>().notNull(),
});

/** When this desk synced and what moved: stretches, not rounds; pruned by `main/sync/history.ts`. */
export const syncHistoryTable = sqliteTable(
  'sync_history',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    startedAt: text('started_at').notNull(),
    endedAt: text('ended_at').notNull(),
    sent: integer('sent').notNull().default(0),
    refused: integer('refused').notNull().default(0),
    received: integer('received').notNull().default(0),
    filesSent: integer('files_sent').notNull().default(0),
    filesReceived: integer('files_received').notNull().default(0),
    bytesSent: integer('bytes_sent').notNull().default(0),
    bytesReceived: integer('bytes_received').notNull().default(0),
    tries: integer('tries').notNull().default(1),
    /** Why it ended; null where all went well. */
    code: text('code').$type<ErrorCode>(),
  },
  (table) => [index('sync_history_ended_at').on(table.endedAt)],
);

/**
 * What was written in the last 60 days and this desk pulled, in the order of its arrival: offered to a viewer that was
 * restored and lost it. Of this desk's own changesets the queue has the changes, so they are null here.
 */
export const pulledChangesetTable = sqliteTable(
  'pulled_changeset',
  {
    position: integer('position').primaryKey({ autoIncrement: true }),
    changesetId: text('changeset_id').notNull().unique(),
    importId: text('import_id'),
    author: text('author', { mode: 'json' }).$type<Author>().notNull(),
    changes: text('changes', { mode: 'json' }).$type<readonly Change[]>(),
    /** By the clocks of the log, never by this desk's. */
    receivedAt: text('received_at').notNull(),
  },
  (table) => [index('pulled_changeset_received_at').on(table.receivedAt)],
);
