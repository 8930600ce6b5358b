import { z } from 'zod';
import { id } from '../lib/schemas.ts';
import { type JsonValue, jsonSchema } from './changes.ts';
import { hlcPattern } from './clock.ts';
import type { RowState } from './merge.ts';

const stamp = z.strictObject({ hlc: z.string().regex(hlcPattern), change: id, by: z.string().max(80) });

/** A row with its clock on the wire. */
export const rowStateSchema: z.ZodType<RowState> = z.strictObject({
  fields: z.record(z.string(), jsonSchema as z.ZodType<JsonValue>),
  clock: z.strictObject({ row: stamp.nullable(), groups: z.record(z.string(), stamp) }),
});
