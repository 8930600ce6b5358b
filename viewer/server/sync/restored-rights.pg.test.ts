import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Author, Change } from '../../../shared/sync/changes.ts';
import { formatHlc } from '../../../shared/sync/clock.ts';
import { protocolVersion } from '../../../shared/sync/protocol.ts';
import { openSync, type SyncDesk, type SyncWorld } from '../../../tests/setup/sync.ts';
import { activityRow, entryRow, foundingRows } from '../../../tests/setup/sync-rows.ts';
import { startEpochs } from './epoch.ts';

describe('what a clerk brings back to a restored viewer', () => {
  let world: SyncWorld;
  let manager: SyncDesk;
  let clerk: SyncDesk;
  let organisationId: string;
  const statuses = { open: v7(), closed: v7() };

  beforeEach(async () => {
    world = await openSync();
    organisationId = v7();
    const [managerId, clerkId] = [v7(), v7()];
    manager = world.desk('a');
    await manager.pair(await world.pairingCode(null), { id: organisationId, name: 'Verwaltung', staffId: managerId });
    manager.write(foundingRows(organisationId, [managerId, clerkId], statuses));
    await manager.sync();
    clerk = world.desk('b');
    await clerk.pair(await world.pairingCode({ organisationId, staffId: clerkId }), null);
    await settle();
  });
  afterEach(() => world.close());

  const settle = async (): Promise<void> => {
    for (const desk of [clerk, manager, clerk, manager, clerk]) {
      world.clock.now += 1000;
      await desk.sync();
    }
  };
  const bring = async (author: Author, changes: readonly Omit<Change, 'id' | 'base' | 'hlc'>[]) => {
    const whole = changes.map((change) => ({ ...change, id: v7(), base: {}, hlc: formatHlc(world.clock.now) }));
    return world.remoteOf(clerk.caller())('sync.recover', {
      protocol: protocolVersion,
      epoch: String(clerk.meta.get('epoch')),
      changesets: [{ id: v7(), importId: null, author, changes: whole }],
      last: false,
    });
  };
  const server: Author = { kind: 'server' };

  it('takes nothing from a manager: what only they may write waits for a desk of theirs', async () => {
    await world.backup();
    manager.write([{ entity: 'organisation', id: organisationId, set: { name: 'Neuer Name' } }]);
    await settle();
    await world.restore();
    await clerk.sync();
    await settle();
    for (const desk of [manager, clerk])
      expect(desk.rows.read('organisation', organisationId)?.fields).toMatchObject({ name: 'Neuer Name' });
    expect(manager.all()).toEqual(await world.rows(organisationId));
    expect(clerk.all()).toEqual(manager.all());
    expect(await world.refused(organisationId)).toEqual([]);
    const told = manager.sqlite.prepare('select kind from conflict where resolved_at is null and not deleted').all();
    expect(told).toEqual([]);
  });

  it('locks out no manager', async () => {
    await world.asOwner((client) => startEpochs(client, world.clock.now));
    await settle();
    const { deviceId } = manager.caller();
    const revokedAt = new Date(world.clock.now).toISOString();
    await bring(server, [{ entity: 'device', entityId: deviceId, set: { revokedAt } }]);
    const { rows } = await world.asOwner((client) =>
      client.query('select revoked_at from auth.device_token where device_id = $1', [deviceId]),
    );
    expect(rows).toEqual([{ revoked_at: null }]);
  });

  it('shows residents no note', async () => {
    const activity = v7();
    clerk.write([activityRow(activity, { statusId: statuses.open })]);
    await settle();
    await world.asOwner((client) => startEpochs(client, world.clock.now));
    await settle();
    const id = v7();
    const note = entryRow(id, {
      activityId: activity,
      kind: 'note',
      authorId: clerk.caller().staffId,
      stamp: formatHlc(world.clock.now),
      released: true,
    });
    const { staffId, deviceId } = clerk.caller();
    await bring({ kind: 'staff', staffId, deviceId }, [
      { entity: 'entry', entityId: id, set: { ...note.set, deleted: false } },
    ]);
    expect((await world.rows(organisationId)).get(`entry ${id}`)).toBeUndefined();
    expect(await world.refused(organisationId)).toMatchObject([{ code: 'rejected-role' }]);
  });

  it('makes nobody start over without an end', async () => {
    const remote = world.remoteOf(clerk.caller());
    const claim = async (device = remote) => {
      const { epoch, head } = await device('sync.pull', { protocol: protocolVersion, cursor: 0 });
      return device('sync.pull', { protocol: protocolVersion, cursor: head + 1, epoch });
    };
    for (let count = 0; count < 20; count += 1) expect(await claim()).toMatchObject({ reset: true });
    await expect(claim()).rejects.toMatchObject({ code: 'too-many-requests' });
    // Another desk is still believed, and this one tomorrow.
    expect(await claim(world.remoteOf(manager.caller()))).toMatchObject({ reset: true });
    world.clock.now += 24 * 3600_000;
    expect(await claim()).toMatchObject({ reset: true });
  });
});
