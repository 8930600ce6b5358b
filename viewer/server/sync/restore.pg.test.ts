import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatHlc } from '../../../shared/sync/clock.ts';
import { protocolVersion } from '../../../shared/sync/protocol.ts';
import { openSync, type SyncDesk, type SyncWorld } from '../../../tests/setup/sync.ts';
import { activityRow, entryRow, foundingRows, personRow } from '../../../tests/setup/sync-rows.ts';
import { startEpochs } from './epoch.ts';

const day = 24 * 3600_000;

describe('a viewer that was restored', () => {
  let world: SyncWorld;
  let a: SyncDesk;
  let b: SyncDesk;
  let organisationId: string;
  let statuses: { open: string; closed: string };

  beforeEach(async () => {
    world = await openSync();
    statuses = { open: v7(), closed: v7() };
    organisationId = v7();
    const [manager, clerk] = [v7(), v7()];
    a = world.desk('a');
    await a.pair(await world.pairingCode(null), { id: organisationId, name: 'Verwaltung', staffId: manager });
    a.write(foundingRows(organisationId, [manager, clerk], statuses));
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
  const residentWrites = async (activityId: string): Promise<string> => {
    const id = v7();
    const stamp = formatHlc(world.clock.now);
    await world.viewer.company(organisationId, ({ write }) =>
      write({ kind: 'account', accountId: v7() }, [entryRow(id, { activityId, stamp, authorKind: 'resident' })]),
    );
    return id;
  };
  const activity = (desk: SyncDesk, subject: string): string => {
    const id = v7();
    desk.write([activityRow(id, { statusId: statuses.open, subject })]);
    return id;
  };
  const fields = (desk: SyncDesk, entity: 'activity' | 'entry' | 'person', id: string) =>
    desk.rows.read(entity, id)?.fields;

  it('never gives a sequence again, so that a desk with a smaller cursor misses nothing', async () => {
    await world.backup();
    const before = b.meta.get('cursor');
    // Only desk a hears of what is lost then.
    const lost = activity(a, 'verloren');
    await a.sync();
    expect(b.meta.get('cursor')).toBe(before);
    await world.restore();
    // Desk b writes first, into sequences that a was given for something else.
    const since = activity(b, 'seither');
    await b.sync();
    await settle();
    expect(fields(a, 'activity', since)).toMatchObject({ subject: 'seither' });
    expect(fields(b, 'activity', lost)).toMatchObject({ subject: 'verloren' });
    await expectOneCompany();
    const log = await world.log(organisationId);
    expect(new Set(log.map((row) => row.changeId)).size).toBe(log.length);
  });

  it('is noticed by a cursor below its head as well, by the change that stands there', async () => {
    await world.backup();
    const lost = activity(a, 'verloren');
    await a.sync();
    await world.restore();
    // More than was lost: the cursor of a lies inside the new log.
    const written = [1, 2, 3, 4, 5].map((n) => activity(b, `seither ${n}`));
    await b.sync();
    await settle();
    for (const id of written) expect(fields(a, 'activity', id)).toBeDefined();
    expect(fields(b, 'activity', lost)).toBeDefined();
    await expectOneCompany();
  });

  it('gets back what residents and the server wrote, with authors, clocks and numbers', async () => {
    const known = activity(a, 'bekannt');
    await settle();
    await world.backup();
    const lost = activity(a, 'verloren');
    await settle();
    const message = await residentWrites(lost);
    await settle();
    const before = { rows: a.all(), number: fields(b, 'activity', lost)?.number };
    expect(before.number).toBeGreaterThan(Number(fields(b, 'activity', known)?.number));
    const original = (await world.log(organisationId)).find((row) => row.entityId === message);
    await world.restore();
    world.told.length = 0;
    await settle();
    expect(a.all()).toEqual(before.rows);
    await expectOneCompany();
    const recovered = (await world.log(organisationId)).find((row) => row.entityId === message);
    expect(recovered).toMatchObject({
      changeId: original?.changeId,
      author: original?.author,
      change: original?.change,
      recoveredBy: a.caller().deviceId,
    });
    // Nobody is told again of what is not new.
    expect(world.told).toEqual([]);
  });

  it('gives no number twice, whatever was lost', async () => {
    await world.backup();
    const lost = [1, 2, 3].map((n) => activity(a, `verloren ${n}`));
    await a.sync();
    await world.restore();
    const since = [1, 2, 3].map((n) => activity(b, `seither ${n}`));
    await b.sync();
    await settle();
    const numbers = [...lost, ...since].map((id) => Number(fields(b, 'activity', id)?.number));
    expect(new Set(numbers).size).toBe(6);
    await expectOneCompany();
  });

  it('numbers anew what it had numbered for somebody else meanwhile', async () => {
    await world.backup();
    // More than the gap that a new epoch leaves.
    const lost = Array.from({ length: 130 }, (_, n) => activity(a, `verloren ${n}`));
    await a.sync();
    await world.restore();
    await world.asOwner((client) => startEpochs(client, world.clock.now));
    const since = Array.from({ length: 40 }, (_, n) => activity(b, `seither ${n}`));
    await b.sync();
    await settle();
    const numbers = [...lost, ...since].map((id) => Number(fields(a, 'activity', id)?.number));
    expect(new Set(numbers).size).toBe(170);
    await expectOneCompany();
  });

  it('takes edits of rows that it lost only after these are back', async () => {
    await world.backup();
    const lost = activity(a, 'verloren');
    await settle();
    await world.restore();
    b.write([{ entity: 'activity', id: lost, set: { subject: 'doch nicht' } }]);
    await b.sync();
    await settle();
    expect(fields(a, 'activity', lost)).toMatchObject({ subject: 'doch nicht' });
    expect(await world.refused(organisationId)).toEqual([]);
    await expectOneCompany();
  });

  it('tells a conflict between what comes back and what was written since', async () => {
    const person = v7();
    a.write([personRow(person)]);
    await settle();
    await world.backup();
    a.write([{ entity: 'person', id: person, set: { lastName: 'Verloren' } }]);
    await a.sync();
    await world.restore();
    world.clock.now += 60_000;
    b.write([{ entity: 'person', id: person, set: { lastName: 'Seither' } }]);
    await b.sync();
    await settle();
    await expectOneCompany();
    expect(fields(a, 'person', person)).toMatchObject({ lastName: 'Seither' });
    const told = [...a.all()].filter(([key]) => key.startsWith('conflict ')).map(([, row]) => row);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('Verloren');
  });

  it('gets back with their corrected clocks what a desk wrote whose clock was ahead', async () => {
    await world.backup();
    a.time.ahead = 3600_000;
    const person = v7();
    a.write([personRow(person)]);
    await settle();
    a.time.ahead = 0;
    const before = a.rows.read('person', person);
    await world.restore();
    // By now the clock that was ahead is none of the future any more.
    world.clock.now += day;
    await settle();
    expect(a.rows.read('person', person)).toEqual(before);
    await expectOneCompany();
  });

  it('locks a device out again that was revoked after the backup', async () => {
    await world.backup();
    const revokedAt = '2026-11-23T09:00:00.000Z';
    const { deviceId } = b.caller();
    await world.viewer.company(organisationId, ({ write }) =>
      write({ kind: 'server' }, [{ entity: 'device', id: deviceId, set: { revokedAt } }]),
    );
    await a.sync();
    await world.restore();
    await a.sync();
    const { rows } = await world.asOwner((client) =>
      client.query('select revoked_at from auth.device_token where device_id = $1', [deviceId]),
    );
    expect(rows).toEqual([{ revoked_at: revokedAt }]);
  });

  it('takes nothing back a month later, nor of another epoch, nor when it was never restored', async () => {
    const offer = (epoch: string) =>
      world.remoteOf(a.caller())('sync.recover', { protocol: protocolVersion, epoch, changesets: [], last: true });
    expect(await offer(String(a.meta.get('epoch')))).toMatchObject({ open: false });
    await world.asOwner((client) => startEpochs(client, world.clock.now));
    await settle();
    expect(await offer(String(a.meta.get('epoch')))).toMatchObject({ open: true });
    expect(await offer(v7())).toMatchObject({ open: false });
    world.clock.now += 31 * day;
    expect(await offer(String(a.meta.get('epoch')))).toMatchObject({ open: false });
  });

  it('lets nobody become a manager by it', async () => {
    await world.asOwner((client) => startEpochs(client, world.clock.now));
    await settle();
    const { staffId } = b.caller();
    const change = {
      id: v7(),
      entity: 'staff',
      entityId: staffId,
      set: { role: 'manager' },
      base: {},
      hlc: formatHlc(world.clock.now),
    };
    const author = { kind: 'staff' as const, staffId: a.caller().staffId, deviceId: a.caller().deviceId };
    const changesets = [{ id: v7(), importId: null, author, changes: [change] }];
    await world.remoteOf(b.caller())('sync.recover', {
      protocol: protocolVersion,
      epoch: String(b.meta.get('epoch')),
      changesets,
      last: false,
    });
    await settle();
    expect(a.rows.read('staff', staffId)?.fields).toMatchObject({ role: 'clerk' });
    expect(await world.refused(organisationId)).toMatchObject([{ code: 'rejected-role' }]);
  });

  it('goes on where the line broke while it was offered what it lost', async () => {
    await world.backup();
    const lost = Array.from({ length: 30 }, (_, n) => activity(a, `verloren ${n}`));
    await settle();
    await world.restore();
    for (let breakAt = 1; breakAt < 6; breakAt += 1) {
      let calls = 0;
      const broken = a.sync(
        (remote) =>
          ((name: never, input: never) => {
            calls += 1;
            if (calls === breakAt) throw new Error('line');
            return remote(name, input);
          }) as unknown as typeof remote,
      );
      await broken.catch((error: unknown) => expect(error).toMatchObject({ message: 'line' }));
    }
    await settle();
    for (const id of lost) expect(fields(b, 'activity', id)).toBeDefined();
    await expectOneCompany();
  });

  it('refuses a cursor that no viewer can have given', async () => {
    const pull = world.remoteOf(a.caller())('sync.pull', {
      protocol: protocolVersion,
      epoch: String(a.meta.get('epoch')),
      cursor: 1_000_000_000,
    });
    await expect(pull).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
