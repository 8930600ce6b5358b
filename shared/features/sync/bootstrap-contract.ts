import { z } from 'zod';
import { nothing } from '../../contract/define.ts';
import { instant } from '../../lib/schemas.ts';
import { checksumsRequest, checksumsResponse } from '../../sync/checksum.ts';

/** Why a desk loads its rows anew. */
export const bootstrapReasons = ['joined', 'far-behind', 'mismatch', 'upgrade', 'asked'] as const;
export type BootstrapReason = (typeof bootstrapReasons)[number];

/** How far the loading of the rows is. */
export const bootstrapState = z.strictObject({
  reason: z.enum(bootstrapReasons),
  /** `waiting` for the line or for room on the disk; `finishing`: indexes and checks; `cancelled` until somebody asks again. */
  phase: z.enum(['waiting', 'loading', 'finishing', 'cancelled']),
  /** Without it this desk lacks rows: nothing is pulled until it is done. */
  required: z.boolean(),
  rows: z.int().min(0),
  /** Null until the viewer has said. */
  totalRows: z.int().min(0).nullable(),
  /** Bytes on the line so far. */
  bytes: z.int().min(0),
  /** Null while nobody can tell. */
  remainingSeconds: z.int().min(0).nullable(),
  /** Code of what it waits for. */
  problem: z.string().nullable(),
});
export type BootstrapState = z.infer<typeof bootstrapState>;

/** What the last comparison of this desk's rows with the viewer's found. */
export const selfCheckState = z.strictObject({
  at: instant,
  /** `different` rows are loaded anew; `unsettled`: there were changes all the time, so it is tried again later. */
  outcome: z.enum(['same', 'different', 'unsettled']),
  /** Entities whose rows were not the viewer's. */
  different: z.array(z.string()),
  /** Entities that the two sides do not know alike, or that have parked changes. */
  skipped: z.array(z.string()),
  /** Rows that were compared. */
  rows: z.int().min(0),
  /** When the rows were loaded anew because of it. */
  repairedAt: instant.nullable(),
});
export type SelfCheckState = z.infer<typeof selfCheckState>;

/** Loading the rows anew, and comparing them. */
export const bootstrapOperations = {
  bootstrap: {
    summary: 'Loads all rows anew from the viewer; what waits to be sent is kept.',
    input: nothing,
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  cancelBootstrap: {
    summary: 'Ends the loading of the rows; the desk stays as it is.',
    input: nothing,
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  check: {
    summary: 'Compares the rows of this desk with the viewer’s; what differs is loaded anew.',
    input: nothing,
    output: selfCheckState,
    audience: 'staff',
    desk: true,
  },
  checksums: {
    summary: 'Checksums of the company’s tables at one sequence, for a desk that compares itself.',
    input: checksumsRequest,
    output: checksumsResponse,
    audience: 'device',
    http: { method: 'POST', path: '/api/sync/checksums' },
  },
} as const;
