import { z } from 'zod';
import { id } from '../lib/schemas.ts';
import { hlcPattern } from './clock.ts';

/** Most changes in one changeset. */
export const maxChangesPerChangeset = 500;

/** Any JSON value. */
export const jsonSchema: z.ZodType<JsonValue> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(jsonSchema), z.record(z.string(), jsonSchema)]),
);
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Deeper values than any field holds would overflow the stack of whoever reads them. */
const deepest = 16;

function isShallow(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return false;
    level = level.flatMap((item) => (item !== null && typeof item === 'object' ? Object.values(item) : []));
  }
  return true;
}

/** A patch of one row with one clock. `set` holds whole merge groups; `base` is the version of each that the editor saw. */
export const changeSchema = z.strictObject({
  id,
  entity: z.string().min(1).max(60),
  entityId: id,
  set: z
    .unknown()
    .refine(isShallow, 'too-deep')
    .pipe(z.record(z.string().max(60), jsonSchema)),
  base: z.record(z.string().max(60), id),
  hlc: z.string().regex(hlcPattern),
});
export type Change = z.infer<typeof changeSchema>;

/** Who wrote. The server sets or checks it; a sender cannot choose. */
export const authorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('staff'), deviceId: id, staffId: id }),
  z.strictObject({ kind: z.literal('account'), accountId: id }),
  z.strictObject({ kind: z.literal('server') }),
]);
export type Author = z.infer<typeof authorSchema>;

/** The changes of one user action: applied whole, or rejected whole with a code. */
export const changesetSchema = z.strictObject({
  id,
  /** Position in the device's own order, from 1. */
  deviceSeq: z.int().min(1),
  staffId: id,
  importId: id.nullable(),
  changes: z.array(changeSchema).min(1).max(maxChangesPerChangeset),
});
export type Changeset = z.infer<typeof changesetSchema>;

/** A change as the server ordered it. */
export const loggedChangeSchema = z.strictObject({
  seq: z.int().min(1),
  changesetId: id,
  importId: id.nullable(),
  author: authorSchema,
  change: changeSchema,
});
export type LoggedChange = z.infer<typeof loggedChangeSchema>;

/** `staff:<id>`, `account:<id>` or `server`: how stamps and the journal name an author. */
export function authorText(author: Author): string {
  switch (author.kind) {
    case 'staff':
      return `staff:${author.staffId}`;
    case 'account':
      return `account:${author.accountId}`;
    case 'server':
      return 'server';
  }
}
