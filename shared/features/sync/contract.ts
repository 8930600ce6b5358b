import { z } from 'zod';
import { defineOperations, idInput, idsInput, nothing } from '../../contract/define.ts';
import { email, id, instant, requiredLine } from '../../lib/schemas.ts';
import { rowSchema } from '../../sync/entity.ts';
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
import { deviceEntity, staffRoles } from '../settings/model.ts';
import { journalOperations } from './journal-contract.ts';

export const deviceRow = rowSchema(deviceEntity);

/** What the status bar says, always visible and honest. */
export const syncState = z.strictObject({
  connection: z.enum(['not-paired', 'offline', 'connecting', 'online', 'paused', 'revoked', 'update-needed']),
  viewerUrl: z.string().nullable(),
  /** When the viewer last confirmed that this desk holds everything and it holds everything of this desk. */
  confirmedAt: instant.nullable(),
  pendingChanges: z.int(),
  uploads: z.array(z.strictObject({ sha256: z.string(), fileName: z.string(), sent: z.int(), size: z.int() })),
  pendingUploads: z.int(),
  conflicts: z.int(),
  rejected: z.int(),
  lastError: z.string().nullable(),
  /** Since when nothing has gone through; null where the last round went well. */
  failingSince: instant.nullable(),
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
  devices: {
    summary: 'The company’s devices.',
    input: nothing,
    output: z.array(deviceRow.extend({ staffName: z.string(), own: z.boolean() })),
    audience: 'staff',
    desk: true,
  },
  invitePairing: {
    summary: 'Asks the viewer for a code to pair another desk, for a colleague or oneself.',
    input: z.strictObject({
      staffId: id.nullable(),
      staff: z.strictObject({ name: requiredLine(200), email, role: z.enum(staffRoles) }).nullable(),
    }),
    output: z.strictObject({ code: z.string(), expiresAt: instant, url: z.string() }),
    audience: 'staff',
    desk: true,
  },
  revokeDevices: {
    summary: 'Revokes devices at the viewer.',
    input: idsInput,
    output: nothing,
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
  createPairingCode: {
    summary: 'A single-use code, valid 15 minutes, for a member of staff.',
    input: z.strictObject({ staffId: id }),
    output: z.strictObject({ code: z.string(), expiresAt: instant }),
    audience: 'device',
    http: { method: 'POST', path: '/api/sync/pairing-codes' },
  },
  revokeDevice: {
    summary: 'Ends a device’s access.',
    input: idInput,
    output: nothing,
    audience: 'device',
    http: { method: 'DELETE', path: '/api/sync/devices/:id' },
  },
});
