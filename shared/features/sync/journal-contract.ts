import { z } from 'zod';
import { defineOperations, idInput, idsInput, listFields, nothing, page } from '../../contract/define.ts';
import { errorCodes } from '../../lib/errors.ts';
import { id, instant } from '../../lib/schemas.ts';
import { jsonSchema } from '../../sync/changes.ts';
import { conflictKinds } from './model.ts';

/** What the sync page shows beside the state: the queue, what was refused, the history, the conflict journal. */

/** A row as people know it: its name, its house, and the page on which it is seen. */
export const rowFacts = z.strictObject({
  entity: z.string(),
  id,
  /** Empty where the row has no name or is not here. */
  name: z.string(),
  propertyId: id.nullable(),
  /** "107 Lindenhof"; empty where it belongs to no house. */
  place: z.string(),
  presence: z.enum(['live', 'deleted', 'missing']),
  /** The row whose page shows it. */
  opens: z.strictObject({ entity: z.enum(['property', 'person', 'notice', 'document', 'activity']), id }).nullable(),
});
export type RowFacts = z.infer<typeof rowFacts>;

export const deeds = ['created', 'changed', 'deleted', 'restored'] as const;
export type DeedKind = (typeof deeds)[number];

/** One deed that waits for the viewer. Its id is the changeset's. */
const queuedDeed = z.strictObject({
  id,
  createdAt: instant,
  deed: z.enum(deeds),
  row: rowFacts,
  /** Names of the fields that were set. */
  fields: z.array(z.string()),
  /** Further changes of the same deed. */
  more: z.int(),
  isImport: z.boolean(),
});
export type QueuedDeed = z.infer<typeof queuedDeed>;

/** A deed that the viewer refused, as this desk wrote it: nothing of it is lost. */
const refusedDeed = z.strictObject({
  id,
  createdAt: instant,
  refusedAt: instant.nullable(),
  code: z.enum(errorCodes).nullable(),
  field: z.string().nullable(),
  mayRetry: z.boolean(),
  changeCount: z.int(),
  /** The first of its changes, whole. */
  changes: z.array(z.strictObject({ deed: z.enum(deeds), row: rowFacts, values: z.record(z.string(), jsonSchema) })),
});
export type RefusedDeed = z.infer<typeof refusedDeed>;

/** A stretch of syncing that moved something, or that failed. Tries that follow each other are one. */
const historyEntry = z.strictObject({
  id: z.string(),
  startedAt: instant,
  endedAt: instant,
  sent: z.int(),
  refused: z.int(),
  received: z.int(),
  filesSent: z.int(),
  filesReceived: z.int(),
  bytesSent: z.int(),
  bytesReceived: z.int(),
  /** How often it was tried, where it failed. */
  tries: z.int(),
  /** Why it ended; null where all went well. */
  code: z.enum(errorCodes).nullable(),
});
export type HistoryEntry = z.infer<typeof historyEntry>;

/** Who wrote a version: a colleague at a device, a resident in the portal, or the viewer itself. */
const author = z.strictObject({
  kind: z.enum(['staff', 'account', 'server']),
  /** Empty where the person is not known here. */
  name: z.string(),
  device: z.string(),
});
export type VersionAuthor = z.infer<typeof author>;

const conflictFacts = {
  id,
  kind: z.enum(conflictKinds),
  row: rowFacts,
  group: z.string(),
  lostBy: author,
  keptBy: author,
  lostAt: instant,
  keptAt: instant,
  code: z.string().nullable(),
  createdAt: instant,
  resolvedAt: instant.nullable(),
};

const conflictLine = z.strictObject({
  ...conflictFacts,
  /** The fields that differ. */
  fields: z.array(z.string()),
});
export type ConflictLine = z.infer<typeof conflictLine>;

/** Why the value that lost cannot be written again. */
export const obstacles = [
  'settled',
  'erased',
  'nothing-lost',
  'refused-elsewhere',
  'server-only',
  'immutable',
  'managers-only',
  'unknown-here',
  'masked',
  'incomplete',
  'too-long',
] as const;
export type Obstacle = (typeof obstacles)[number];

const conflictDetail = z.strictObject({
  ...conflictFacts,
  /** Field → value; secrets are masked (`redact.ts`). */
  lost: z.record(z.string(), jsonSchema),
  kept: z.record(z.string(), jsonSchema),
  /** What the ids in both values name. */
  names: z.record(id, z.string()),
  obstacle: z.enum(obstacles).nullable(),
  /** Rows that were deleted meanwhile and would have to come back with the value. */
  alsoRestores: z.array(z.strictObject({ entity: z.string(), name: z.string() })),
});
export type ConflictDetail = z.infer<typeof conflictDetail>;

export const journalOperations = defineOperations({
  queue: {
    summary: 'What waits to be sent, oldest first.',
    input: z.strictObject(listFields),
    output: page(queuedDeed),
    audience: 'staff',
    desk: true,
  },
  refused: {
    summary: 'What the viewer refused and nobody has settled yet, newest first.',
    input: z.strictObject(listFields),
    output: page(refusedDeed),
    audience: 'staff',
    desk: true,
  },
  retryRefused: {
    summary: 'Writes refused deeds again, as new changes.',
    input: idsInput,
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  dismissRefused: {
    summary: 'Settles refused deeds without writing them again.',
    input: idsInput,
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  history: {
    summary: 'When this desk synced, what moved and what failed, newest first.',
    input: z.strictObject(listFields),
    output: page(historyEntry),
    audience: 'staff',
    desk: true,
  },
  conflicts: {
    summary: 'The conflict journal, newest first.',
    input: z.strictObject({
      ...listFields,
      state: z.enum(['open', 'settled', 'all']).default('open'),
      kind: z.enum(conflictKinds).nullable().default(null),
      /** A colleague on either side (staff id), or any resident. */
      by: z
        .union([id, z.literal('resident')])
        .nullable()
        .default(null),
      propertyId: id.nullable().default(null),
    }),
    output: page(conflictLine),
    audience: 'staff',
    desk: true,
  },
  conflict: {
    summary: 'One entry of the journal with both values.',
    input: idInput,
    output: conflictDetail,
    audience: 'staff',
    desk: true,
  },
  resolveConflicts: {
    summary: 'Settles journal entries; `restore` writes the lost value again as a new change.',
    input: z.strictObject({
      ids: z.array(id).min(1).max(500),
      restore: z.boolean(),
      /** Brings back rows that were deleted meanwhile; without it such a value is not restored. */
      withRows: z.boolean().default(false),
    }),
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  reopenConflicts: {
    summary: 'Takes settling back; what a restore wrote is taken back too where nobody has changed it since.',
    input: z.strictObject({ ids: z.array(id).min(1).max(500) }),
    output: nothing,
    audience: 'staff',
    desk: true,
  },
});
