import { z } from 'zod';
import { nothing } from '../../contract/define.ts';

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

/** Loading the rows anew. */
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
} as const;
