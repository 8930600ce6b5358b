import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Conflict } from '../../../shared/features/sync/model.ts';
import { formatHlc } from '../../../shared/sync/clock.ts';
import { openCompany, type TestDesk } from '../../../tests/setup/desk.ts';

let desk: TestDesk;
beforeEach(async () => {
  desk = await openCompany();
});
afterEach(() => desk.close());

const property = async (number: string, online = true) =>
  (await desk.call('properties.save', { fields: { number, name: 'Haus', kind: 'weg', online } })).id;

describe('conflicts', () => {
  const journal = (given: Partial<Omit<Conflict, 'id'>>): string => {
    const id = desk.context.newId();
    desk.arrive('server', {
      entity: 'conflict',
      id,
      set: {
        kind: 'overwritten',
        entity: 'property',
        entityId: id,
        group: 'name',
        lostValue: '{}',
        keptValue: '{}',
        lostBy: 'staff:x',
        keptBy: 'staff:y',
        lostAt: '2026-11-23T12:00:00.000Z',
        keptAt: '2026-11-23T12:30:00.000Z',
        lostChangeId: id,
        keptChangeId: null,
        code: null,
        createdAt: '2026-11-23T12:30:00.000Z',
        resolvedAt: null,
        ...given,
      },
    });
    return id;
  };
  const resolve = (ids: string[], restore: boolean) => desk.call('sync.resolveConflicts', { ids, restore });

  it('are settled with or without the lost value', async () => {
    const id = await property('1');
    const facts = { entityId: id, lostValue: '{"name":"Verloren"}' };
    const [kept, restored] = [journal(facts), journal(facts)];
    await resolve([kept], false);
    expect((await desk.call('properties.get', { id })).property.name).toBe('Haus');
    expect((await desk.call('sync.conflicts', {})).map((one) => one.id)).toEqual([restored, kept]);
    await resolve([restored], true);
    expect((await desk.call('properties.get', { id })).property.name).toBe('Verloren');
    expect((await desk.call('sync.conflicts', {})).every((one) => one.resolvedAt !== null)).toBe(true);
    await desk.call('properties.save', { id, fields: { name: 'Weiter' } });
    await resolve([restored], true);
    expect((await desk.call('properties.get', { id })).property.name).toBe('Weiter');
  });

  it('are about something people know by a name, also when it is deleted or not here', async () => {
    const propertyId = await property('107');
    const fields = { firstName: 'Zoë', lastName: 'Weiß' };
    const { id: personId } = await desk.call('people.save', { fields });
    const at = { personId, propertyId, unitId: null, group: 'owner', from: null, to: null } as const;
    const { id: membershipId } = await desk.call('people.saveMembership', { fields: at });
    await desk.call('people.remove', { ids: [personId] });
    const named = [
      journal({ entityId: propertyId }),
      journal({ entity: 'membership', entityId: membershipId }),
      journal({ entity: 'person', entityId: desk.context.newId() }),
      journal({ entity: 'later', entityId: propertyId }),
    ];
    const rows = await desk.call('sync.conflicts', {});
    expect(named.map((id) => rows.find((row) => row.id === id)?.name)).toEqual(['107 Haus', 'Zoë Weiß', '', '']);
  });

  it('bring back a row that was deleted against an edit', async () => {
    const id = await property('1');
    await desk.call('properties.remove', { ids: [id] });
    await resolve([journal({ kind: 'edited-and-deleted', entityId: id, lostValue: '{"name":"Neu"}' })], true);
    expect((await desk.call('properties.get', { id })).property.name).toBe('Neu');
  });

  it('close again, now having seen the message', async () => {
    const { id } = await desk.call('activities.create', {
      subject: 'x',
      propertyId: null,
      unitId: null,
      topicId: null,
      personIds: [],
      entry: { kind: 'note', body: 'x', released: false },
    });
    const stamp = formatHlc(desk.context.now() + 1000);
    desk.arrive('account:x', {
      entity: 'entry',
      id: desk.context.newId(),
      set: {
        activityId: id,
        kind: 'message',
        authorKind: 'resident',
        authorId: desk.context.newId(),
        authorName: 'Anna',
        body: 'Noch was',
        createdAt: '2026-11-23T13:00:01.000Z',
        stamp,
        released: true,
        releasedAt: null,
      },
    });
    const lostValue = JSON.stringify({ statusId: desk.context.naturalId('status', 'closed'), statusSeen: null });
    await resolve(
      [journal({ kind: 'close-unseen', entity: 'activity', entityId: id, group: 'state', lostValue })],
      true,
    );
    expect((await desk.call('activities.get', { id })).activity).toMatchObject({
      statusSeen: stamp,
      handledThrough: stamp,
    });
    expect(await desk.call('activities.counts', {})).toMatchObject({ closed: 1, new: 0 });
  });

  it.each([
    ['an entity of a newer version', { entity: 'ledgerAccount', lostValue: '{"name":"x"}' }],
    ['a field of a newer version', { lostValue: '{"colour":"x"}' }],
    ['what only the server writes', { entity: 'blob', lostValue: '{"size":1}' }],
    ['nothing', { lostValue: '{}' }],
    ['no JSON', { lostValue: '<b>' }],
    ['a part of a row that never was', { lostValue: '{"name":"x"}' }],
  ])('do not restore %s, and stay open', async (_name, given) => {
    const id = journal(given);
    expect(await desk.failure('sync.resolveConflicts', { ids: [id], restore: true })).toMatchObject({
      code: 'not-possible-now',
    });
    expect((await desk.call('sync.conflicts', {}))[0]?.resolvedAt).toBeNull();
    await resolve([id], false);
  });

  it('are all restored, or none', async () => {
    const id = await property('1');
    const ids = [
      journal({ entityId: id, lostValue: '{"name":"A"}' }),
      journal({ entityId: id, lostValue: '{"name":7}' }),
    ];
    expect(await desk.failure('sync.resolveConflicts', { ids, restore: true })).toMatchObject({
      code: 'invalid-input',
    });
    expect((await desk.call('properties.get', { id })).property.name).toBe('Haus');
  });

  it('restore the company only by a manager', async () => {
    const { id } = await desk.call('settings.saveStaff', { fields: { name: 'C', email: 'c@example.org' } });
    const { organisationId } = desk.context.identity();
    desk.context.meta.set('staffId', id);
    const conflict = journal({ entity: 'organisation', entityId: organisationId, lostValue: '{"name":"X"}' });
    expect(await desk.failure('sync.resolveConflicts', { ids: [conflict], restore: true })).toMatchObject({
      code: 'rejected-role',
    });
  });
});
