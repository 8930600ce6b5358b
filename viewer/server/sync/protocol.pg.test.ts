import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Remote } from '../../../main/sync/remote.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import { openSync, type SyncDesk, type SyncWorld } from '../../../tests/setup/sync.ts';
import { foundingRows, personRow } from '../../../tests/setup/sync-rows.ts';

describe('desks and viewers of different age', () => {
  let world: SyncWorld;
  let desk: SyncDesk;
  let organisationId: string;
  beforeAll(async () => {
    world = await openSync();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    organisationId = v7();
    const manager = v7();
    desk = world.desk(v7());
    await desk.pair(await world.pairingCode(null), { id: organisationId, name: 'Verwaltung', staffId: manager });
    desk.write(foundingRows(organisationId, [manager], { open: v7(), closed: v7() }));
    await desk.sync();
  });

  /** What a viewer of version 1 answers: it reads nothing that version 1 does not have, and knows no newer operation. */
  const oldViewer =
    (asked: unknown[] = []) =>
    (remote: Remote): Remote =>
      (async (name: 'sync.push', input: { readonly protocol?: number }) => {
        asked.push([name, input]);
        const { protocol } = input;
        const fields: Readonly<Record<string, readonly string[]>> = {
          'sync.push': ['protocol', 'changesets'],
          'sync.pull': ['protocol', 'epoch', 'cursor'],
          'sync.rows': ['rows'],
        };
        const known = fields[name];
        if (known === undefined) throw new OperationError('unknown-operation');
        if (Object.keys(input).some((field) => !known.includes(field))) throw new OperationError('invalid-input');
        if (protocol !== undefined && protocol !== 1) throw new OperationError('protocol-too-new', { server: 1 });
        return remote(name, input as never);
      }) as unknown as Remote;

  it('an old desk speaks to a new viewer, and hears nothing that it does not know', async () => {
    const remote = world.remoteOf(desk.caller());
    const page = await remote('sync.pull', { protocol: 1, cursor: 0 });
    expect(Object.keys(page).sort()).toEqual(['changes', 'cursor', 'epoch', 'head', 'more', 'reset']);
    const pushed = await remote('sync.push', { protocol: 1, changesets: [] });
    expect(Object.keys(pushed).sort()).toEqual(['epoch', 'head', 'verdicts']);
  });

  it('a desk from before the first version is told to update, one from the future what is spoken here', async () => {
    const remote = world.remoteOf(desk.caller());
    await expect(remote('sync.pull', { protocol: 3, cursor: 0 })).rejects.toMatchObject({
      code: 'protocol-too-new',
      details: { server: 2, oldest: 1 },
    });
  });

  it('a new desk speaks the old protocol to an old viewer', async () => {
    const fresh = world.desk(v7());
    const code = await world.pairingCode({ organisationId, staffId: desk.caller().staffId });
    await fresh.pair(code, null);
    const person = v7();
    fresh.write([personRow(person)]);
    const asked: unknown[] = [];
    await fresh.sync(oldViewer(asked));
    expect(fresh.queue.pendingChanges()).toBe(0);
    expect((await world.rows(organisationId)).has(`person ${person}`)).toBe(true);
    await fresh.sync();
    expect(fresh.all()).toEqual(await world.rows(organisationId));
  });

  it('what an old viewer cannot hold waits for the update, with all that comes after it, and the person is told', async () => {
    const fresh = world.desk(v7());
    const code = await world.pairingCode({ organisationId, staffId: desk.caller().staffId });
    await fresh.pair(code, null);
    const [before, after] = [v7(), v7()];
    fresh.write([personRow(before)]);
    fresh.write([
      { entity: 'erasure', id: v7(), set: { entity: 'person', entityId: v7(), erasedAt: '2026-11-23T09:00:00.000Z' } },
    ]);
    fresh.write([personRow(after)]);
    await expect(fresh.sync(oldViewer())).rejects.toMatchObject({ code: 'protocol-too-new', details: { server: 1 } });
    const rows = await world.rows(organisationId);
    expect([rows.has(`person ${before}`), rows.has(`person ${after}`)]).toEqual([true, false]);
    expect(fresh.queue.pendingChanges()).toBe(2);
    // It goes on working and pulling.
    desk.write([personRow(v7(), { lastName: 'Neu' })]);
    await desk.sync();
    await expect(fresh.sync(oldViewer())).rejects.toMatchObject({ code: 'protocol-too-new' });
    expect([...fresh.all().values()].some((row) => row.includes('Neu'))).toBe(true);
    // The viewer is updated.
    world.clock.now += 6 * 60_000;
    await fresh.sync();
    expect(fresh.queue.pendingChanges()).toBe(0);
    expect((await world.rows(organisationId)).has(`person ${after}`)).toBe(true);
  });
});
