import { z } from 'zod';
import { errorCodes } from '../lib/errors.ts';
import { id, requiredLine } from '../lib/schemas.ts';
import { authorSchema, changeSchema, changesetSchema, loggedChangeSchema, maxChangesPerChangeset } from './changes.ts';
import { hlcPattern } from './clock.ts';

/** Version of the wire: moves with every change of these schemas or of the merge (`wire-hash.test.ts`). */
export const protocolVersion = 2;

/** The oldest version that a viewer still answers and a desk still speaks. */
export const minProtocol = 1;

/** Most changesets and bytes in one push; the body may be gzip. */
export const maxPushChanges = 500;
export const maxPushBytes = 1024 * 1024;
/** Most changes in one page of a pull, before the page is filled up to the end of its last changeset. */
export const pullPage = 1000;

const position = { epoch: id, head: z.int().min(0) };
const protocol = z.int().min(1);

/**
 * Where a desk stands: `mark` is the change at its cursor, `settled` the number of the newest changeset that the viewer
 * has judged for it in this epoch, `settledBy` the device that it was then. A viewer that has another change there, or
 * has not judged so far, was restored.
 */
const standing = {
  cursor: z.int().min(0),
  mark: id.optional(),
  settled: z.int().min(1).optional(),
  settledBy: id.optional(),
};

export const pushRequest = z.strictObject({
  protocol,
  changesets: z.array(changesetSchema).max(maxPushChanges),
  /** From version 2: a viewer that was restored takes nothing before the desk has brought back what was lost. */
  at: z.strictObject({ epoch: id, ...standing }).optional(),
});

/** The verdict on one changeset. `stamps` holds the canonical clocks where the server clamped. */
export const verdictSchema = z.strictObject({
  changesetId: id,
  verdict: z.enum(['applied', 'superseded', 'rejected']),
  code: z.enum(errorCodes).nullable(),
  field: z.string().nullable(),
  stamps: z.array(z.strictObject({ changeId: id, hlc: z.string().regex(hlcPattern) })),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** `reset`: the viewer was restored, and judged nothing. Only for those who said where they stand. */
export const pushResponse = z.strictObject({
  ...position,
  verdicts: z.array(verdictSchema),
  reset: z.literal(true).optional(),
});

export const pullRequest = z.strictObject({
  protocol: z.coerce.number().int().min(1),
  epoch: id.optional(),
  cursor: z.coerce.number().int().min(0),
  /** From version 2. */
  mark: standing.mark,
  settled: z.coerce.number().int().min(1).optional(),
  settledBy: standing.settledBy,
});

/** A cursor further ahead of the head than this was never given by a viewer. */
export const maxCursorLead = 10_000_000;

/** `reset` says that the cursor is of another epoch, beyond the head or at another change: the server was restored. */
export const pullResponse = z.strictObject({
  ...position,
  reset: z.boolean(),
  changes: z.array(loggedChangeSchema),
  cursor: z.int().min(0),
  more: z.boolean(),
});

/**
 * What a desk had pulled, offered to a viewer that was restored: whole changesets with their own ids, clocks and
 * authors, in the order of their arrival; the desk's own among them. `last` ends it. From version 2.
 */
export const recoverRequest = z.strictObject({
  protocol,
  epoch: id,
  changesets: z
    .array(
      z.strictObject({
        id,
        importId: id.nullable(),
        author: authorSchema,
        changes: z.array(changeSchema).min(1).max(maxChangesPerChangeset),
      }),
    )
    .max(maxPushChanges),
  last: z.boolean(),
});
export type RecoverRequest = z.infer<typeof recoverRequest>;

/** `open` false: nothing is taken any more. `taken`: changes that the viewer did not know. */
export const recoverResponse = z.strictObject({ ...position, open: z.boolean(), taken: z.int().min(0) });

/** Rows to erase for good. From version 2. */
export const eraseRequest = z.strictObject({
  rows: z
    .array(z.strictObject({ entity: z.string().min(1).max(60), id }))
    .min(1)
    .max(500),
});

export const pairRequest = z.strictObject({
  protocol,
  code: requiredLine(20),
  deviceName: requiredLine(120),
  appVersion: requiredLine(40),
  /** Of a desk that has a company already; the viewer adopts it at the first pairing. */
  organisation: z.strictObject({ id, name: requiredLine(200), staffId: id }).nullable(),
});

export const pairResponse = z.strictObject({
  ...position,
  organisationId: id,
  organisationName: z.string(),
  deviceId: id,
  staffId: id,
  token: z.string().min(40),
});

/** The server-sent hint to pull. */
export const headEvent = z.strictObject(position);
