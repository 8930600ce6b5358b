import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { protocolVersion } from '../../../shared/sync/protocol.ts';
import { openSync, type SyncDesk, type SyncWorld } from '../../../tests/setup/sync.ts';
import { foundingRows, personRow } from '../../../tests/setup/sync-rows.ts';

const name = 'Geheimnis';

describe('what was erased for good', () => {
  let world: SyncWorld;
  let a: SyncDesk;
  let b: SyncDesk;
  let organisationId: string;
  let person: string;
  let other: string;

  beforeEach(async () => {
    world = await openSync();
    organisationId = v7();
    const [manager, clerk] = [v7(), v7()];
    a = world.desk('a');
    await a.pair(await world.pairingCode(null), { id: organisationId, name: 'Verwaltung', staffId: manager });
    a.write(foundingRows(organisationId, [manager, clerk], { open: v7(), closed: v7() }));
    [person, other] = [v7(), v7()];
    a.write([personRow(person, { lastName: name }), personRow(other)]);
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
  const erase = (desk: SyncDesk, entity = 'person', id = person) =>
    world.remoteOf(desk.caller())('sync.erase', { rows: [{ entity, id }] });
  const inViewer = (): Promise<string> =>
    world.asOwner(async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `select tablename as name from pg_tables where schemaname = 'public'`,
      );
      let all = '';
      for (const table of rows) {
        const found = await client.query(`select to_jsonb(t)::text as row from "${table.name}" t`);
        all += found.rows.map((row: { readonly row: string }) => row.row).join('\n');
      }
      return all;
    });
  const atDesk = (desk: SyncDesk): string => {
    const tables = desk.sqlite.prepare("select name from sqlite_master where type = 'table'").pluck().all();
    return tables
      .map((table) => JSON.stringify(desk.sqlite.prepare(`select * from "${String(table)}"`).all()))
      .join('\n');
  };
  const expectGone = async (): Promise<void> => {
    expect(await inViewer()).not.toContain(name);
    expect(atDesk(a)).not.toContain(name);
    expect(atDesk(b)).not.toContain(name);
    const rows = await world.rows(organisationId);
    expect(rows.has(`person ${person}`)).toBe(false);
    expect(a.all()).toEqual(rows);
    expect(b.all()).toEqual(rows);
  };

  it('is nowhere any more, and what was written with it is', async () => {
    expect(await inViewer()).toContain(name);
    expect(atDesk(b)).toContain(name);
    await erase(a);
    await settle();
    await expectGone();
    expect(b.rows.read('person', other)).not.toBeNull();
    // A desk that comes new hears nothing of it either.
    const c = world.desk('c');
    await c.pair(await world.pairingCode({ organisationId, staffId: a.caller().staffId }), null);
    await c.sync();
    expect(c.all()).toEqual(await world.rows(organisationId));
    expect(atDesk(c)).not.toContain(name);
  });

  it('takes no edit of a desk that did not know, and tells it', async () => {
    await erase(a);
    b.write([{ entity: 'person', id: person, set: { firstName: `${name} offline` } }]);
    await settle();
    await expectGone();
    expect(b.queue.pendingChanges()).toBe(0);
    const told = [...b.all()].filter(([key]) => key.startsWith('conflict ')).map(([, row]) => row);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('rejected-erased');
    expect(await world.refused(organisationId)).toMatchObject([{ code: 'rejected-erased' }]);
  });

  it('takes from a deed only what is not about it', async () => {
    await erase(a);
    b.write([
      { entity: 'person', id: person, set: { firstName: name } },
      { entity: 'person', id: other, set: { firstName: 'Bleibt' } },
    ]);
    await settle();
    await expectGone();
    expect(a.rows.read('person', other)?.fields).toMatchObject({ firstName: 'Bleibt' });
  });

  it('takes what waits from the queue of a desk that hears of it first', async () => {
    const lost = v7();
    b.write([personRow(lost, { lastName: name })]);
    await erase(a, 'person', lost);
    await erase(a);
    // A line that breaks at the push, and only then: the pull brings the erasure before what waits was sent.
    const { changes, cursor } = await world.remoteOf(b.caller())('sync.pull', {
      protocol: protocolVersion,
      cursor: Number(b.meta.get('cursor')),
    });
    expect(changes.map(({ change }) => change.entity)).toContain('erasure');
    const { createApply } = await import('../../../main/sync/apply.ts');
    createApply(b)(changes, { epoch: String(b.meta.get('epoch')), cursor });
    expect(b.queue.pendingChanges()).toBe(0);
    expect(b.queue.rejected()).toBe(1);
    await settle();
    await expectGone();
  });

  it('takes both values from the journal', async () => {
    a.write([{ entity: 'person', id: person, set: { lastName: `${name} A` } }]);
    world.clock.now += 1000;
    b.write([{ entity: 'person', id: person, set: { lastName: `${name} B` } }]);
    await settle();
    expect([...a.all()].filter(([key]) => key.startsWith('conflict '))).toHaveLength(1);
    await erase(a);
    await settle();
    await expectGone();
    expect([...a.all()].filter(([key]) => key.startsWith('conflict '))).toHaveLength(1);
  });

  it('stays erased when the viewer is restored from a time before', async () => {
    await world.backup();
    await erase(a);
    await settle();
    await world.restore();
    expect(await inViewer()).toContain(name);
    b.write([{ entity: 'person', id: other, set: { firstName: 'Bleibt' } }]);
    await settle();
    await expectGone();
    expect(a.rows.read('person', other)?.fields).toMatchObject({ firstName: 'Bleibt' });
  });

  it('stays erased where a desk that had not heard of it comes back to a restored viewer', async () => {
    await world.backup();
    b.write([{ entity: 'person', id: person, set: { firstName: name } }]);
    await b.sync();
    await a.sync();
    await erase(a);
    await a.sync();
    await world.restore();
    await b.sync();
    await settle();
    await expectGone();
  });

  it('is for managers, and never the company itself', async () => {
    await expect(erase(b)).rejects.toMatchObject({ code: 'rejected-role' });
    await expect(erase(a, 'organisation', organisationId)).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(erase(a, 'unknown', v7())).rejects.toMatchObject({ code: 'invalid-input' });
    await Promise.all([erase(a), erase(a)]);
    await erase(a);
    expect((await world.log(organisationId)).filter((row) => row.entity === 'erasure')).toHaveLength(1);
  });

  it('comes by no import either, which leaves it out and goes on', async () => {
    await erase(a);
    await settle();
    a.write([personRow(person, { lastName: name }), personRow(v7(), { lastName: 'Neu' })], { importId: v7() });
    expect(() => a.write([personRow(person, { lastName: name })])).toThrow('rejected-erased');
    await settle();
    await expectGone();
  });
});
