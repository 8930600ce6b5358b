import { z } from 'zod';
import { errorCodes } from '../lib/errors.ts';
import { id, requiredLine } from '../lib/schemas.ts';
import { changesetSchema, loggedChangeSchema } from './changes.ts';
import { hlcPattern } from './clock.ts';

/** Version of the wire: moves with every change of these schemas or of the merge (`wire-hash.test.ts`). */
export const protocolVersion = 1;

/** Most changesets and bytes in one push; the body may be gzip. */
export const maxPushChanges = 500;
export const maxPushBytes = 1024 * 1024;
/** Most changes in one page of a pull, before the page is filled up to the end of its last changeset. */
export const pullPage = 1000;

const position = { epoch: id, head: z.int().min(0) };
const protocol = z.int().min(1);

export const pushRequest = z.strictObject({ protocol, changesets: z.array(changesetSchema).max(maxPushChanges) });

/** The verdict on one changeset. `stamps` holds the canonical clocks where the server clamped. */
export const verdictSchema = z.strictObject({
  changesetId: id,
  verdict: z.enum(['applied', 'superseded', 'rejected']),
  code: z.enum(errorCodes).nullable(),
  field: z.string().nullable(),
  stamps: z.array(z.strictObject({ changeId: id, hlc: z.string().regex(hlcPattern) })),
});
export type Verdict = z.infer<typeof verdictSchema>;

export const pushResponse = z.strictObject({ ...position, verdicts: z.array(verdictSchema) });

export const pullRequest = z.strictObject({
  protocol: z.coerce.number().int().min(1),
  epoch: id.optional(),
  cursor: z.coerce.number().int().min(0),
});

/** `reset` says that the cursor is of another epoch or beyond the head: the server was restored. */
export const pullResponse = z.strictObject({
  ...position,
  reset: z.boolean(),
  changes: z.array(loggedChangeSchema),
  cursor: z.int().min(0),
  more: z.boolean(),
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
