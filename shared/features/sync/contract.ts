import { z } from 'zod';
import { defineOperations, nothing } from '../../contract/define.ts';
import { id, instant, requiredLine } from '../../lib/schemas.ts';
import {
  maxPushBytes,
  pairRequest,
  pairResponse,
  pullRequest,
  pullResponse,
  pushRequest,
  pushResponse,
} from '../../sync/protocol.ts';
import { rowStateSchema } from '../../sync/state.ts';
import { bootstrapOperations, bootstrapState, selfCheckState } from './bootstrap-contract.ts';
import { deviceOperations } from './devices-contract.ts';
import { journalOperations } from './journal-contract.ts';
import { waitingOperations } from './waiting-contract.ts';
import { restoreOperations } from './restore-contract.ts';

/** A file on its way (bytes); the speed is smoothed. */
const fileTransfer = z.strictObject({
  sha256: z.string(),
  fileName: z.string(),
  sent: z.int(),
  size: z.int(),
  bytesPerSecond: z.int(),
});

/** What the status bar says, always visible and honest. */
export const syncState = z.strictObject({
  connection: z.enum(['not-paired', 'offline', 'connecting', 'online', 'paused', 'revoked', 'update-needed']),
  viewerUrl: z.string().nullable(),
  /** When the viewer last confirmed that this desk holds everything and it holds everything of this desk. */
  confirmedAt: instant.nullable(),
  pendingChanges: z.int(),
  /** Files on their way up, and down. */
  uploads: z.array(fileTransfer),
  downloads: z.array(fileTransfer),
  /** Files that wait to go up, those on their way among them, and their bytes that have not arrived. */
  pendingUploads: z.int(),
  pendingUploadBytes: z.int(),
  conflicts: z.int(),
  rejected: z.int(),
  lastError: z.string().nullable(),
  /** Who has to be updated before everything can be exchanged; what both understand goes on. */
  updateNeeded: z.enum(['desk', 'viewer']).nullable(),
  /** Since when nothing has gone through; null where the last round went well. */
  failingSince: instant.nullable(),
  /** How far the loading of all rows is; null where none is wanted. */
  bootstrap: bootstrapState.nullable(),
  /** What the last comparison with the viewer found. */
  selfCheck: selfCheckState.nullable(),
});
export type SyncState = z.infer<typeof syncState>;

/** One thing that the next sync releases. */
const publicationItem = z.strictObject({
  kind: z.enum(['document', 'notice', 'entry', 'invitation']),
  id,
  title: z.string(),
  place: z.string(),
  /** How many persons will see it. */
  audience: z.int(),
  /** Waits for a file that is not uploaded yet. */
  waitsForFile: z.boolean(),
});

export const syncOperations = defineOperations({
  ...journalOperations,
  ...waitingOperations,
  ...restoreOperations,
  ...deviceOperations,
  ...bootstrapOperations,
  state: { summary: 'The sync state.', input: nothing, output: syncState, audience: 'staff', desk: true },
  connect: {
    summary: 'Pairs this desk with a viewer by a short code; a desk without a company joins the code’s company.',
    input: z.strictObject({ url: z.url().max(500), code: requiredLine(20), deviceName: requiredLine(120) }),
    output: z.strictObject({ organisationName: z.string() }),
    audience: 'staff',
    desk: true,
  },
  now: { summary: 'Syncs at once.', input: nothing, output: syncState, audience: 'staff', desk: true },
  setOffline: {
    summary: 'Works offline on purpose, or ends that.',
    input: z.strictObject({ offline: z.boolean() }),
    output: syncState,
    audience: 'staff',
    desk: true,
  },
  publication: {
    summary: 'What the next sync will release.',
    input: nothing,
    output: z.strictObject({ items: z.array(publicationItem), mails: z.int() }),
    audience: 'staff',
    desk: true,
  },

  pair: {
    summary: 'Redeems a pairing code.',
    input: pairRequest,
    output: pairResponse,
    audience: 'anonymous',
    http: { method: 'POST', path: '/api/sync/pair' },
  },
  push: {
    summary: 'Pushes changesets; every one gets a verdict.',
    input: pushRequest,
    output: pushResponse,
    audience: 'device',
    http: { method: 'POST', path: '/api/sync/push' },
    maxBytes: 4 * maxPushBytes,
  },
  pull: {
    summary: 'Changes after a cursor, in whole changesets.',
    input: pullRequest,
    output: pullResponse,
    audience: 'device',
    http: { method: 'GET', path: '/api/sync/changes' },
  },
  rows: {
    summary: 'Rows with their clocks as the viewer holds them: how a desk takes back what was refused.',
    input: z.strictObject({
      rows: z
        .array(z.strictObject({ entity: z.string().max(60), id }))
        .min(1)
        .max(500),
    }),
    output: z.strictObject({
      rows: z.array(z.strictObject({ entity: z.string(), id, state: rowStateSchema.nullable() })),
    }),
    audience: 'device',
    http: { method: 'POST', path: '/api/sync/rows' },
  },
});
