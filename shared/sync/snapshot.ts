import { z } from 'zod';
import { id } from '../lib/schemas.ts';
import type { EntityDefinition } from './entity.ts';

/**
 * A snapshot of a company's rows at one sequence, for a desk that starts or starts over. It travels as frames: one line
 * of JSON, then as many bytes as the line says. A chunk is gzip of rows in the text format of PostgreSQL's COPY (fields
 * separated by tabs, `\N` for null, backslash escapes), in the order of the fields that the head names; yes and no are
 * 1 and 0.
 */

const protocol = z.int().min(1);

export const snapshotRequest = z.strictObject({ protocol });

const snapshotTable = z.strictObject({
  entity: z.string().min(1).max(60),
  /** Order of the values in a row: `id`, the fields, `deleted`, `clock`. */
  fields: z.array(z.string()).min(3),
  rows: z.int().min(0),
});

/** What the rows belong to, known before the first of them travels. */
export const snapshotHead = z.strictObject({
  id,
  epoch: id,
  /** The sequence that the rows stand at: the log goes on behind it. */
  head: z.int().min(0),
  tables: z.array(snapshotTable),
});
export type SnapshotHead = z.infer<typeof snapshotHead>;

/** Before each chunk, and at the end. `bytes` and `sha256` are those of the compressed chunk. */
export const snapshotFrame = z.union([
  z.strictObject({
    chunk: z.int().min(0),
    entity: z.string(),
    bytes: z.int().min(1),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  z.strictObject({ end: z.literal(true), chunks: z.int().min(0) }),
]);
export type SnapshotFrame = z.infer<typeof snapshotFrame>;

/** Path of a snapshot's frames; `from` is the first chunk that is wanted. */
export function snapshotPath(id: string, from: number): string {
  return `${snapshotsPath}/${id}?from=${from}`;
}

export const snapshotsPath = '/api/sync/snapshots';

/** The fields of a row as a snapshot and a checksum name them. */
export function snapshotFields(definition: EntityDefinition): readonly string[] {
  return ['id', ...Object.keys(definition.shape), 'deleted', 'clock'];
}
