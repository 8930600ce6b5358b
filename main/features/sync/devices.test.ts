import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCompany, type TestDesk } from '../../../tests/setup/desk.ts';

let desk: TestDesk;
beforeEach(async () => {
  desk = await openCompany();
});
afterEach(() => desk.close());

const pair = () => {
  desk.sync.state = { ...desk.sync.state, connection: 'online', viewerUrl: 'https://portal.example.org' };
};

describe('devices', () => {
  it('are listed with their colleague, the own one marked, revoked ones last', async () => {
    const { staffId, deviceId } = desk.context.identity();
    const other = desk.context.newId();
    for (const [id, revokedAt] of [
      [other, '2026-11-23T12:00:00.000Z'],
      [deviceId, null],
    ] as const) {
      desk.arrive('server', {
        entity: 'device',
        id,
        set: {
          name: 'PC',
          staffId,
          appVersion: '0.1.0',
          pairedAt: '2026-11-23T11:00:00.000Z',
          lastContactAt: null,
          revokedAt,
        },
      });
    }
    expect(await desk.call('sync.devices', {})).toMatchObject([
      { id: deviceId, own: true, staffName: 'Petra Verwalter' },
      { id: other, own: false },
    ]);
    await desk.call('sync.revokeDevices', { ids: [other] });
    await desk.call('sync.revokeDevices', { ids: [other], destroyKey: true });
    expect(desk.sync.calls).toEqual([`revoke ${other}`, `destroy ${other}`]);
  });

  it('are paired for oneself, a colleague, a new colleague', async () => {
    const own = desk.context.identity().staffId;
    const input = { staffId: null, staff: null };
    expect(await desk.failure('sync.invitePairing', input)).toMatchObject({ code: 'not-possible-now' });
    pair();
    expect(await desk.call('sync.invitePairing', input)).toEqual({
      code: 'ABCD-EFGH',
      expiresAt: '2026-11-23T13:15:00.000Z',
      url: 'https://portal.example.org',
    });
    expect(desk.sync.calls).toEqual(['now', `code ${own}`]);
    const staff = { name: 'Carl', email: 'carl@example.org', role: 'clerk' as const };
    await desk.call('sync.invitePairing', { staffId: null, staff });
    await desk.call('sync.invitePairing', { staffId: null, staff });
    const carl = (await desk.call('settings.lists', {})).staff.filter((one) => one.name === 'Carl');
    expect(carl).toHaveLength(1);
    expect(
      await desk.failure('sync.invitePairing', { staffId: null, staff: { ...staff, name: 'Jemand' } }),
    ).toMatchObject({
      code: 'already-exists',
    });
    expect(await desk.failure('sync.invitePairing', { staffId: own, staff })).toMatchObject({ code: 'invalid-input' });
    expect(await desk.failure('sync.invitePairing', { staffId: desk.context.newId(), staff: null })).toMatchObject({
      code: 'not-found',
    });
  });

  it('are not paired by a clerk in somebody else’s name', async () => {
    pair();
    const manager = desk.context.identity().staffId;
    const { id } = await desk.call('settings.saveStaff', { fields: { name: 'C', email: 'c@example.org' } });
    desk.context.meta.set('staffId', id);
    expect(await desk.failure('sync.invitePairing', { staffId: manager, staff: null })).toMatchObject({
      code: 'rejected-role',
    });
    const staff = { name: 'D', email: 'd@example.org', role: 'manager' as const };
    expect(await desk.failure('sync.invitePairing', { staffId: null, staff })).toMatchObject({ code: 'rejected-role' });
    expect(await desk.failure('sync.revokeDevices', { ids: [manager] })).toMatchObject({ code: 'rejected-role' });
    await desk.call('sync.invitePairing', { staffId: null, staff: null });
  });

  it('are named by a clerk only where it is the own one', async () => {
    const other = desk.context.newId();
    await desk.call('sync.nameDevice', { id: other, name: ' Empfang ' });
    expect(desk.sync.calls).toEqual([`rename ${other} Empfang`]);
    const { id } = await desk.call('settings.saveStaff', { fields: { name: 'C', email: 'c@example.org' } });
    desk.context.meta.set('staffId', id);
    expect(await desk.failure('sync.nameDevice', { id: other, name: 'X' })).toMatchObject({ code: 'rejected-role' });
    const own = desk.context.identity().deviceId;
    await desk.call('sync.nameDevice', { id: own, name: 'Mein Laptop' });
    expect(desk.sync.calls.at(-1)).toBe(`rename ${own} Mein Laptop`);
    expect(await desk.failure('sync.revokeDevices', { ids: [other], destroyKey: true })).toMatchObject({
      code: 'rejected-role',
    });
  });
});
