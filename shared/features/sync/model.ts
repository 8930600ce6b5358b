import { z } from 'zod';
import { id, instant, line, text } from '../../lib/schemas.ts';
import { defineEntity, type RowOf } from '../../sync/entity.ts';

export const conflictKinds = [
  'overwritten',
  'edited-and-deleted',
  'clock-clamped',
  'rejected',
  'close-unseen',
] as const;

/** The conflict journal: a value that somebody lost without having known of the other one. Written by the server alone. */
export const conflictEntity = defineEntity(
  'conflict',
  {
    kind: z.enum(conflictKinds),
    entity: line(60),
    entityId: id,
    group: line(60),
    /** JSON objects field → value; secrets redacted. */
    lostValue: text(200_000),
    keptValue: text(200_000),
    lostBy: line(80),
    keptBy: line(80),
    lostAt: instant,
    keptAt: instant,
    lostChangeId: id,
    keptChangeId: id.nullable(),
    code: line(60).nullable(),
    createdAt: instant,
    resolvedAt: instant.nullable(),
  },
  {
    groups: {
      facts: [
        'kind',
        'entity',
        'entityId',
        'group',
        'lostValue',
        'keptValue',
        'lostBy',
        'keptBy',
        'lostAt',
        'keptAt',
        'lostChangeId',
        'keptChangeId',
        'code',
        'createdAt',
      ],
    },
    serverOnly: ['facts'],
  },
);
export type Conflict = RowOf<typeof conflictEntity>;

/**
 * A row that was erased for good (DSGVO): its id is kept, nothing else, so that no push, import or restore brings it
 * back. Written by the viewer; its arrival makes a desk forget the row. Its id comes from what it names (`naturalName`).
 */
export const erasureEntity = defineEntity(
  'erasure',
  { entity: line(60), entityId: id, erasedAt: instant },
  { groups: { facts: ['entity', 'entityId', 'erasedAt'] }, immutable: ['facts'], writers: 'server', since: 2 },
);
export type Erasure = RowOf<typeof erasureEntity>;

/** One import of files: reports are refused until its end marker (`finishedAt`) has arrived. */
export const importRunEntity = defineEntity('importRun', {
  fileNames: z.array(line(200)).max(50),
  startedAt: instant,
  finishedAt: instant.nullable(),
  rowCount: z.int().min(0),
});
export type ImportRun = RowOf<typeof importRunEntity>;
