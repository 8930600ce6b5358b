import { index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Conflict, Erasure, ImportRun } from '../../../../shared/features/sync/model.ts';
import { type Agrees, companyColumns, companyKeys, type Proof, syncColumns } from '../../db/columns.ts';

export const conflictTable = pgTable(
  'conflict',
  {
    ...companyColumns,
    kind: text('kind').$type<Conflict['kind']>().notNull(),
    entity: text('entity').notNull(),
    entityId: uuid('entity_id').notNull(),
    group: text('group').notNull(),
    lostValue: text('lost_value').notNull(),
    keptValue: text('kept_value').notNull(),
    lostBy: text('lost_by').notNull(),
    keptBy: text('kept_by').notNull(),
    lostAt: text('lost_at').notNull(),
    keptAt: text('kept_at').notNull(),
    lostChangeId: uuid('lost_change_id').notNull(),
    keptChangeId: uuid('kept_change_id'),
    code: text('code'),
    createdAt: text('created_at').notNull(),
    resolvedAt: text('resolved_at'),
    ...syncColumns,
  },
  (table) => [...companyKeys('conflict', table), index('conflict_entity_id').on(table.organisationId, table.entityId)],
);
export type ConflictProof = Proof<Agrees<typeof conflictTable.$inferSelect, Conflict>>;

/** What was erased for good: the register that refuses it for ever. */
export const erasureTable = pgTable(
  'erasure',
  {
    ...companyColumns,
    entity: text('entity').notNull(),
    entityId: uuid('entity_id').notNull(),
    erasedAt: text('erased_at').notNull(),
    ...syncColumns,
  },
  (table) => [...companyKeys('erasure', table), index('erasure_entity_id').on(table.organisationId, table.entityId)],
);
export type ErasureProof = Proof<Agrees<typeof erasureTable.$inferSelect, Erasure>>;

export const importRunTable = pgTable(
  'import_run',
  {
    ...companyColumns,
    fileNames: jsonb('file_names').$type<ImportRun['fileNames']>().notNull(),
    startedAt: text('started_at').notNull(),
    finishedAt: text('finished_at'),
    rowCount: integer('row_count').notNull(),
    ...syncColumns,
  },
  (table) => [...companyKeys('import_run', table)],
);
export type ImportRunProof = Proof<Agrees<typeof importRunTable.$inferSelect, ImportRun>>;
