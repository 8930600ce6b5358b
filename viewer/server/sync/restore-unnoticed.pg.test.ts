import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createForking, wishFork } from '../../../main/sync/fork.ts';
import type { Remote } from '../../../main/sync/remote.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import { openSync, type SyncDesk, type SyncWorld } from '../../../tests/setup/sync.ts';
import { foundingRows, personRow } from '../../../tests/setup/sync-rows.ts';
import { startEpochs } from './epoch.ts';

describe('a viewer that was restored to before what a desk had pushed, but not pulled', () => {
  let world: SyncWorld;
  let a: SyncDesk;
  let b: SyncDesk;
  let organisationId: string;

  beforeEach(async () => {
    world = await openSync();
    organisationId = v7();
    const [manager, clerk] = [v7(), v7()];
    a = world.desk('a');
    await a.pair(await world.pairingCode(null), { id: organisationId, name: 'Verwaltung', staffId: manager });
    a.write(foundingRows(organisationId, [manager, clerk], { open: v7(), closed: v7() }));
    await a.sync();
    b = world.desk('b');
    await b.pair(await world.pairingCode({ organisationId, staffId: clerk }), null);
    await settle();
  });
  afterEach(() => world.close());

  const settle = async (): Promise<void> => {
    for (let round = 0; round < 3; round += 1) {
      world.clock.now += 1000;
      await a.sync();
      await b.sync();
    }
  };
  const expectOneCompany = async (): Promise<void> => {
    const rows = await world.rows(organisationId);
    expect(a.all()).toEqual(rows);
    expect(b.all()).toEqual(rows);
  };
  /** The line breaks after the push. */
  const pushOnly = async (desk: SyncDesk): Promise<void> => {
    const broken = desk.sync(
      (remote) =>
        ((name: never, input: never) => {
          if (name === 'sync.pull') throw new OperationError('viewer-unreachable');
          return remote(name, input);
        }) as unknown as Remote,
    );
    await expect(broken).rejects.toMatchObject({ code: 'viewer-unreachable' });
    expect(desk.queue.pendingChanges()).toBe(0);
  };
  const person = (desk: SyncDesk): string => {
    const id = v7();
    desk.write([personRow(id)]);
    return id;
  };
  const whatIsRefused = (): string => {
    const id = v7();
    b.write([
      { entity: 'device', id, set: { ...b.rows.read('device', b.caller().deviceId)?.fields, name: 'Meins' } as never },
    ]);
    return id;
  };
  const journal = () =>
    [...a.all()].filter(([key, row]) => key.startsWith('conflict ') && !row.includes('"deleted":true'));

  it('is noticed by the number that was judged, and gets it again', async () => {
    await world.backup();
    const lost = person(a);
    await pushOnly(a);
    await world.restore();
    await settle();
    expect(b.rows.read('person', lost)).not.toBeNull();
    await expectOneCompany();
  });

  it('is noticed by whoever pushes next, before that is judged', async () => {
    await world.backup();
    const lost = person(a);
    await pushOnly(a);
    await world.restore();
    a.write([{ entity: 'person', id: lost, set: { lastName: 'Später' } }]);
    await settle();
    expect(b.rows.read('person', lost)?.fields).toMatchObject({ lastName: 'Später' });
    expect(await world.refused(organisationId)).toEqual([]);
    await expectOneCompany();
  });

  it('is noticed by a copy that has become a device of its own since', async () => {
    await world.backup();
    const lost = person(a);
    await pushOnly(a);
    await world.restore();
    wishFork(a.meta);
    const forking = createForking(a);
    const former = a.caller().deviceId;
    await expect(forking(world.remoteOf(a.caller()), () => Promise.resolve())).rejects.toMatchObject({
      code: 'device-forked',
    });
    expect(a.caller().deviceId).not.toBe(former);
    await settle();
    expect(b.rows.read('person', lost)).not.toBeNull();
    await expectOneCompany();
  });

  it('keeps its epoch where nothing was lost: desks, copies and new epochs included', async () => {
    person(a);
    await pushOnly(a);
    await settle();
    await world.asOwner((client) => startEpochs(client, world.clock.now));
    await settle();
    const epoch = a.meta.get('epoch');
    wishFork(a.meta);
    await createForking(a)(world.remoteOf(a.caller()), () => Promise.resolve()).catch((error: unknown) =>
      expect(error).toMatchObject({ code: 'device-forked' }),
    );
    person(a);
    person(b);
    await settle();
    expect([a.meta.get('epoch'), b.meta.get('epoch')]).toEqual([epoch, epoch]);
    await expectOneCompany();
  });

  it.each([
    ['nobody had pulled the journal', pushOnly],
    ['the desk had pulled the journal', (desk: SyncDesk) => desk.sync()],
    ['only another desk had pulled the journal', (desk: SyncDesk) => pushOnly(desk).then(() => a.sync())],
  ])('has what it refused in quarantine and journal again, once, where %s', async (_where, push) => {
    await world.backup();
    const refused = whatIsRefused();
    await push(b);
    expect(b.queue.rejected()).toBe(1);
    await world.restore();
    await b.sync();
    await settle();
    expect(b.queue.rejected()).toBe(1);
    expect(await world.refused(organisationId)).toMatchObject([{ code: 'rejected-role' }]);
    expect(journal()).toHaveLength(1);
    expect(b.rows.read('device', refused)).toBeNull();
    await expectOneCompany();
  });
});
