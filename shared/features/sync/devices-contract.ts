import { z } from 'zod';
import { defineOperations, idInput, idsInput, nothing } from '../../contract/define.ts';
import { email, id, instant, requiredLine } from '../../lib/schemas.ts';
import { rowSchema } from '../../sync/entity.ts';
import { forkRequest, forkResponse } from '../../sync/fork.ts';
import { deviceEntity, staffRoles } from '../settings/model.ts';

export const deviceRow = rowSchema(deviceEntity);

/** What the viewer itself knows of a device; the synced row is up to a day behind. */
const deviceContact = z.strictObject({
  id,
  lastContactAt: instant.nullable(),
  appVersion: z.string().nullable(),
  revokedAt: instant.nullable(),
  /** Since when the person it was paired for is not active any more. */
  suspendedAt: instant.nullable(),
  /** Since when it is to destroy its key, and when it was told so. */
  destroyAskedAt: instant.nullable(),
  destroyToldAt: instant.nullable(),
});

const deviceContacts = z.strictObject({ devices: z.array(deviceContact) });
const deviceName = z.strictObject({ id, name: requiredLine(120) });
const pairingCode = z.strictObject({ code: z.string(), expiresAt: instant });

/** Pairing, the list of devices, and their end. */
export const deviceOperations = defineOperations({
  devices: {
    summary: 'The company’s devices, as this desk knows them.',
    input: nothing,
    /** `forkedAt`: of the own device, when it became one because its database was a copy. */
    output: z.array(deviceRow.extend({ staffName: z.string(), own: z.boolean(), forkedAt: instant.nullable() })),
    audience: 'staff',
    desk: true,
  },
  contacts: {
    summary: 'What the viewer knows of the devices at this moment: of all for a manager, else of the own one.',
    input: nothing,
    output: deviceContacts,
    audience: 'staff',
    desk: true,
  },
  nameDevice: {
    summary: 'Gives a device another name.',
    input: deviceName,
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  invitePairing: {
    summary: 'Asks the viewer for a code to pair another desk, for a colleague or oneself.',
    input: z.strictObject({
      staffId: id.nullable(),
      staff: z.strictObject({ name: requiredLine(200), email, role: z.enum(staffRoles) }).nullable(),
    }),
    output: pairingCode.extend({ url: z.string() }),
    audience: 'staff',
    desk: true,
  },
  revokeDevices: {
    summary: 'Revokes devices at the viewer; `destroyKey` also has them delete their key and data.',
    input: idsInput.extend({ destroyKey: z.boolean().default(false) }),
    output: nothing,
    audience: 'staff',
    desk: true,
  },

  fork: {
    summary: 'Makes a device of its own out of a copied or restored database.',
    input: forkRequest,
    output: forkResponse,
    audience: 'device',
    http: { method: 'POST', path: '/api/sync/fork' },
  },
  createPairingCode: {
    summary: 'A single-use code, valid 15 minutes, for a member of staff.',
    input: z.strictObject({ staffId: id }),
    output: pairingCode,
    audience: 'device',
    http: { method: 'POST', path: '/api/sync/pairing-codes' },
  },
  deviceContacts: {
    summary: 'Last contact, version and state of the company’s devices; who is no manager sees the own one.',
    input: nothing,
    output: deviceContacts,
    audience: 'device',
    http: { method: 'GET', path: '/api/sync/devices' },
  },
  renameDevice: {
    summary: 'Names a device: any for a manager, else the own one.',
    input: deviceName,
    output: nothing,
    audience: 'device',
    http: { method: 'PUT', path: '/api/sync/devices/:id' },
  },
  revokeDevice: {
    summary: 'Ends a device’s access.',
    input: idInput,
    output: nothing,
    audience: 'device',
    http: { method: 'DELETE', path: '/api/sync/devices/:id' },
  },
  destroyDeviceKey: {
    summary: 'Ends a device’s access and has it delete its key and data at its next contact.',
    input: idInput,
    output: nothing,
    audience: 'device',
    http: { method: 'POST', path: '/api/sync/devices/:id/destroy-key' },
  },
});
