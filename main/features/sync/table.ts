import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Conflict, Erasure, ImportRun } from '../../../shared/features/sync/model.ts';
import { type Agrees, type Proof, syncColumns } from '../../db/columns.ts';

export const conflictTable = sqliteTable(
  'conflict',
  {
    id: text('id').primaryKey(),
    kind: text('kind').$type<Conflict['kind']>().notNull(),
    entity: text('entity').notNull(),
    entityId: text('entity_id').notNull(),
    group: text('group').notNull(),
    lostValue: text('lost_value').notNull(),
    keptValue: text('kept_value').notNull(),
    lostBy: text('lost_by').notNull(),
    keptBy: text('kept_by').notNull(),
    lostAt: text('lost_at').notNull(),
    keptAt: text('kept_at').notNull(),
    lostChangeId: text('lost_change_id').notNull(),
    keptChangeId: text('kept_change_id'),
    code: text('code'),
    createdAt: text('created_at').notNull(),
    resolvedAt: text('resolved_at'),
    ...syncColumns,
  },
  (table) => [index('conflict_entity_id').on(table.entityId)],
);
export type ConflictProof = Proof<Agrees<typeof conflictTable.$inferSelect, Conflict>>;

/** What was erased for good: the viewer told this desk, and the desk forgot it. */
export const erasureTable = sqliteTable(
  'erasure',
  {
    id: text('id').primaryKey(),
    entity: text('entity').notNull(),
    entityId: text('entity_id').notNull(),
    erasedAt: text('erased_at').notNull(),
    ...syncColumns,
  },
  (table) => [index('erasure_entity_id').on(table.entityId)],
);
export type ErasureProof = Proof<Agrees<typeof erasureTable.$inferSelect, Erasure>>;

export const importRunTable = sqliteTable('import_run', {
  id: text('id').primaryKey(),
  fileNames: text('file_names', { mode: 'json' }).$type<ImportRun['fileNames']>().notNull(),
  startedAt: text('started_at').notNull(),
  finishedAt: text('finished_at'),
  rowCount: integer('row_count').notNull(),
  ...syncColumns,
});
export type ImportRunProof = Proof<Agrees<typeof importRunTable.$inferSelect, ImportRun>>;
