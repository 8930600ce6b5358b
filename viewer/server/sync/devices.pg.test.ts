import { eq } from 'drizzle-orm';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Edit } from '../../../shared/sync/edit.ts';
import { protocolVersion } from '../../../shared/sync/protocol.ts';
import { newTopic, type PairedDevice, pairCompany, pairDevice } from '../../../tests/setup/paired.ts';
import { startTestViewer, type TestViewer } from '../../../tests/setup/viewer.ts';
import { deviceTokenTable } from '../db/schema.ts';
import { readStates } from './rows.ts';

let viewer: TestViewer;
let manager: PairedDevice;
let clerk: PairedDevice;
let clerkId: string;

beforeAll(async () => {
  viewer = await startTestViewer();
});
afterAll(() => viewer?.stop());
beforeEach(async () => {
  ({ manager, clerk, clerkId } = await pairCompany(viewer));
});

const row = async (id: string) =>
  (
    await viewer.viewer.company(manager.organisationId, ({ tx }) =>
      readStates(tx, manager.organisationId, 'device', [id]),
    )
  ).get(id)?.fields;
const head = async () => (await manager.call('sync.pull', { protocol: protocolVersion, cursor: 0 })).head;
const pull = (device: PairedDevice) => device.call('sync.pull', { protocol: protocolVersion, cursor: 0 });
/** A contact as a desk of some version makes it. */
const contact = (device: PairedDevice, version?: string) =>
  fetch(`${viewer.url}/api/sync/devices`, {
    headers: {
      authorization: `Bearer ${device.token}`,
      ...(version === undefined ? {} : { 'treppenhaus-desk': version }),
    },
  });
const set = (id: string, fields: object): Edit => ({ entity: 'staff', id, set: fields }) as Edit;
const write = (...edits: readonly Edit[]) =>
  viewer.viewer.company(manager.organisationId, (company) => company.write({ kind: 'server' }, edits));

describe('a contact', () => {
  test('is known at once to managers, and to others of their own desk', async () => {
    viewer.forward(120_000);
    await contact(clerk, '0.2.0');
    const all = (await manager.call('sync.deviceContacts', {})).devices;
    expect(all.map((device) => device.id).sort()).toEqual([manager.deviceId, clerk.deviceId].sort());
    expect(all.find((device) => device.id === clerk.deviceId)).toMatchObject({ appVersion: '0.2.0', revokedAt: null });
    expect((await clerk.call('sync.deviceContacts', {})).devices.map((device) => device.id)).toEqual([clerk.deviceId]);
  });

  test('is written once a minute at most', async () => {
    const last = async () =>
      (await manager.call('sync.deviceContacts', {})).devices.find(({ id }) => id === clerk.deviceId)?.lastContactAt;
    const first = await last();
    viewer.forward(30_000);
    await contact(clerk);
    expect(await last()).toBe(first);
    viewer.forward(31_000);
    await contact(clerk);
    expect(Date.parse((await last()) ?? '')).toBeGreaterThan(Date.parse(first ?? ''));
  });

  test('goes into the log with another version or after a day, and never otherwise', async () => {
    const before = await head();
    for (let minute = 0; minute < 5; minute += 1) {
      viewer.forward(61_000);
      await contact(clerk, '0.1.0');
      await contact(manager, '0.1.0');
    }
    expect(await head()).toBe(before);
    await contact(clerk, '0.2.0');
    expect(await row(clerk.deviceId)).toMatchObject({ appVersion: '0.2.0' });
    expect(await head()).toBe(before + 1);
    viewer.forward(25 * 3600_000);
    await contact(clerk, '0.2.0');
    await contact(clerk, '0.2.0');
    expect(await head()).toBeLessThanOrEqual(before + 3);
    const { lastContactAt } = (await row(clerk.deviceId)) ?? {};
    expect(Date.now() + 24 * 3600_000 - Date.parse(String(lastContactAt))).toBeLessThan(0);
  });

  test('with a version that is none leaves the version alone', async () => {
    viewer.forward(61_000);
    await contact(clerk, 'x'.repeat(200));
    await contact(clerk, '<b>');
    expect(await row(clerk.deviceId)).toMatchObject({ appVersion: '0.1.0' });
  });
});

describe('a name', () => {
  test('is given to any desk by a manager, to the own one by anybody', async () => {
    await manager.call('sync.renameDevice', { id: clerk.deviceId, name: '  Empfang ' });
    expect(await row(clerk.deviceId)).toMatchObject({ name: 'Empfang' });
    await clerk.call('sync.renameDevice', { id: clerk.deviceId, name: 'Keller' });
    expect(await row(clerk.deviceId)).toMatchObject({ name: 'Keller' });
    await expect(clerk.call('sync.renameDevice', { id: manager.deviceId, name: 'Mein' })).rejects.toMatchObject({
      code: 'rejected-role',
    });
    await expect(manager.call('sync.renameDevice', { id: v7(), name: 'Keiner' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(manager.call('sync.renameDevice', { id: clerk.deviceId, name: ' ' })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });
});

describe('a revocation', () => {
  test('ends access at once and is told to all', async () => {
    await manager.call('sync.revokeDevice', { id: clerk.deviceId });
    await expect(pull(clerk)).rejects.toMatchObject({ code: 'device-revoked', details: {} });
    expect(await row(clerk.deviceId)).toMatchObject({ revokedAt: expect.any(String) });
    const [first] = (await manager.call('sync.deviceContacts', {})).devices.filter((one) => one.revokedAt !== null);
    viewer.forward(1000);
    await manager.call('sync.revokeDevice', { id: clerk.deviceId });
    expect((await manager.call('sync.deviceContacts', {})).devices).toContainEqual(first);
  });

  test('with the key is told at the next contact, also long after the revocation', async () => {
    await manager.call('sync.revokeDevice', { id: clerk.deviceId });
    await contact(clerk, '0.2.0');
    await manager.call('sync.destroyDeviceKey', { id: clerk.deviceId });
    const told = async () =>
      (await manager.call('sync.deviceContacts', {})).devices.find(({ id }) => id === clerk.deviceId);
    expect(await told()).toMatchObject({ destroyAskedAt: expect.any(String), destroyToldAt: null });
    // A desk from before the order existed does not understand it.
    expect(await (await contact(clerk)).json()).toMatchObject({ error: { details: { destroyKey: true } } });
    expect(await told()).toMatchObject({ destroyToldAt: null });
    expect(await (await contact(clerk, '0.2.0')).json()).toEqual({
      error: { code: 'device-revoked', details: { destroyKey: true } },
    });
    expect(await told()).toMatchObject({ destroyToldAt: expect.any(String) });
  });

  test('is nothing for a clerk, for another company, nor with the key for oneself', async () => {
    const stranger = await pairDevice(viewer, null);
    for (const name of ['sync.revokeDevice', 'sync.destroyDeviceKey'] as const) {
      await expect(clerk.call(name, { id: manager.deviceId })).rejects.toMatchObject({ code: 'rejected-role' });
      await expect(clerk.call(name, { id: clerk.deviceId })).rejects.toMatchObject({ code: 'rejected-role' });
      await expect(stranger.call(name, { id: clerk.deviceId })).rejects.toMatchObject({ code: 'not-found' });
      await expect(manager.call(name, { id: v7() })).rejects.toMatchObject({ code: 'not-found' });
    }
    await expect(stranger.call('sync.renameDevice', { id: clerk.deviceId, name: 'X' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(manager.call('sync.destroyDeviceKey', { id: manager.deviceId })).rejects.toMatchObject({
      code: 'not-possible-now',
    });
    expect((await pull(clerk)).reset).toBe(false);
    const seen = (await stranger.call('sync.deviceContacts', {})).devices.map(({ id }) => id);
    expect(seen).toEqual([stranger.deviceId]);
  });
});

describe('a colleague who leaves', () => {
  test.each([
    ['is deactivated', { active: false }, { active: true }],
    ['is deleted', { deleted: true }, { deleted: false }],
  ])('%s: the devices neither push nor pull, and come back with the person', async (_name, gone, back) => {
    await write(set(clerkId, gone));
    const refused = { code: 'device-revoked', details: { reason: 'staff-inactive' } };
    await expect(pull(clerk)).rejects.toMatchObject(refused);
    await expect(clerk.push(clerk.changeset([newTopic('Keller')]))).rejects.toMatchObject(refused);
    await expect(clerk.call('sync.rows', { rows: [{ entity: 'staff', id: clerkId }] })).rejects.toMatchObject(refused);
    await expect(clerk.call('sync.deviceContacts', {})).rejects.toMatchObject(refused);
    expect((await pull(manager)).reset).toBe(false);
    await write(set(clerkId, back));
    expect(await clerk.push(clerk.changeset([newTopic('Dach')]))).toEqual(['applied']);
  });

  test('gets no device any more with a code from before', async () => {
    const { code } = await manager.call('sync.createPairingCode', { staffId: clerkId });
    await write(set(clerkId, { active: false }));
    const late = viewer.asDevice('')('sync.pair', {
      protocol: protocolVersion,
      code,
      deviceName: 'Spät',
      appVersion: '1',
      organisation: null,
    });
    await expect(late).rejects.toMatchObject({ code: 'pairing-code-invalid' });
  });

  test('takes along only the own devices', async () => {
    await write(set(clerkId, { active: false }));
    const rows = await viewer.viewer.global
      .select()
      .from(deviceTokenTable)
      .where(eq(deviceTokenTable.organisationId, manager.organisationId));
    expect(rows.filter((one) => one.suspendedAt !== null).map((one) => one.deviceId)).toEqual([clerk.deviceId]);
  });
});
