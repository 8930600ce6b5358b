import { existsSync, readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OperationError } from '../../shared/lib/errors.ts';
import { type Office, type OfficeDesk, openOffice } from '../../tests/setup/office.ts';
import { startTestViewer, type TestViewer } from '../../tests/setup/viewer.ts';
import { createPairingCode } from '../../viewer/server/sync/pairing.ts';

let viewer: TestViewer;
let office: Office;

beforeAll(async () => {
  viewer = await startTestViewer();
});
afterAll(() => viewer?.stop());
beforeEach(async () => {
  // Past the limits of pairings and forks.
  viewer.forward(60 * 60_000);
  office = await openOffice(viewer);
});
afterEach(() => office.close());

describe('a desk that is revoked', () => {
  async function pairColleague(manager: OfficeDesk) {
    const staff = { name: 'Carl', email: 'c@example.org', role: 'clerk' as const };
    const { code } = await manager.call('sync.invitePairing', { staffId: null, staff });
    const desk = await office.open('b');
    await desk.call('sync.connect', { url: viewer.url, code, deviceName: 'Laptop' });
    await desk.sync();
    const device = (await manager.call('sync.devices', {})).find((one) => one.name === 'Laptop');
    return { desk, id: device?.id ?? '' };
  }

  test('stops, says so and keeps its data, over a restart too', async () => {
    const manager = await office.found('a');
    await manager.add('Lesbar');
    await manager.sync();
    const { desk, id } = await pairColleague(manager);
    await manager.call('sync.revokeDevices', { ids: [id] });
    await expect.poll(async () => (await desk.call('sync.state', {})).connection).toBe('revoked');
    await desk.add('Noch nicht übertragen');
    expect(await desk.names()).toContain('Lesbar');
    expect(await desk.call('sync.now', {})).toMatchObject({ connection: 'revoked', pendingChanges: 1 });
    await desk.stop();
    const again = await office.open('b');
    expect(await again.names()).toContain('Noch nicht übertragen');
    expect(existsSync(office.place('b').database)).toBe(true);
  });

  test('is admitted again with its person, and then pushes what waited', async () => {
    const manager = await office.found('a');
    const { desk } = await pairColleague(manager);
    const carl = (await manager.call('settings.lists', {})).staff.find((one) => one.name === 'Carl');
    await manager.call('settings.saveStaff', { id: carl?.id ?? '', fields: { active: false } });
    await manager.sync();
    await expect.poll(async () => (await desk.call('sync.now', {})).connection).toBe('revoked');
    await desk.add('Wartet');
    await manager.call('settings.saveStaff', { id: carl?.id ?? '', fields: { active: true } });
    await manager.sync();
    await desk.sync();
    await manager.sync();
    expect(await manager.names()).toContain('Wartet');
  });

  test('and told to destroy its key is empty at once, and says what happened at the next start', async () => {
    const manager = await office.found('a');
    const { desk, id } = await pairColleague(manager);
    await manager.call('sync.revokeDevices', { ids: [id], destroyKey: true });
    await expect
      .poll(() => desk.call('sync.state', {}).catch((error: OperationError) => error), { timeout: 20_000 })
      .toMatchObject({ code: 'device-revoked', details: { destroyKey: true } });
    const { dataDir, wipeFile } = office.place('b');
    await expect.poll(() => readdirSync(dataDir).filter((name) => !name.startsWith('desk.lock'))).toEqual([]);
    await desk.stop();
    const again = await office.open('b');
    expect(await again.call('settings.state', {})).toMatchObject({ phase: 'first-run', wipedAt: expect.any(String) });
    const { code } = await createPairingCode(viewer.viewer, null);
    await again.call('settings.createOrganisation', { name: 'Neu', staff: { name: 'N', email: 'n@example.org' } });
    await again.call('sync.connect', { url: viewer.url, code, deviceName: 'Laptop' });
    expect(await again.call('settings.state', {})).toMatchObject({ phase: 'ready', wipedAt: null });
    await again.stop();
    await office.open('b');
    expect(existsSync(wipeFile)).toBe(false);
  });
});
