import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Conflict } from '../../../shared/features/sync/model.ts';
import { formatHlc } from '../../../shared/sync/clock.ts';
import { openCompany, type TestDesk } from '../../../tests/setup/desk.ts';
import { journalEntry } from '../../../tests/setup/journal.ts';

let desk: TestDesk;
beforeEach(async () => {
  desk = await openCompany();
});
afterEach(() => desk.close());

const property = async (number: string, online = true) =>
  (await desk.call('properties.save', { fields: { number, name: 'Haus', kind: 'weg', online } })).id;
const nameOfProperty = async (id: string) => (await desk.call('properties.get', { id })).property.name;
const journal = (given: Partial<Omit<Conflict, 'id'>>) => journalEntry(desk, given);
const all = async () => (await desk.call('sync.conflicts', { state: 'all' })).rows;
const open = async () => (await desk.call('sync.conflicts', {})).rows.map((row) => row.id);
const resolve = (ids: string[], restore: boolean, withRows = false) =>
  desk.call('sync.resolveConflicts', { ids, restore, withRows });

describe('conflicts', () => {
  it('are settled with or without the lost value', async () => {
    const id = await property('1');
    const facts = { entityId: id, lostValue: '{"name":"Verloren"}' };
    const [kept, restored] = [journal(facts), journal(facts)];
    await resolve([kept], false);
    expect(await nameOfProperty(id)).toBe('Haus');
    expect(await open()).toEqual([restored]);
    await resolve([restored], true);
    expect(await nameOfProperty(id)).toBe('Verloren');
    expect(await open()).toEqual([]);
    expect((await desk.call('sync.conflicts', { state: 'settled' })).total).toBe(2);
    await desk.call('properties.save', { id, fields: { name: 'Weiter' } });
    await resolve([restored], true);
    expect(await nameOfProperty(id)).toBe('Weiter');
  });

  it('bring back a row that was deleted against an edit', async () => {
    const id = await property('1');
    await desk.call('properties.remove', { ids: [id] });
    const entry = journal({ kind: 'edited-and-deleted', entityId: id, lostValue: '{"name":"Neu"}' });
    expect(await desk.call('sync.conflict', { id: entry })).toMatchObject({ obstacle: null, alsoRestores: [] });
    await resolve([entry], true);
    expect(await nameOfProperty(id)).toBe('Neu');
  });

  it('offer to bring the row back as well where it was deleted meanwhile, with what it hangs at', async () => {
    const propertyId = await property('107');
    const { id: personId } = await desk.call('people.save', { fields: { firstName: 'Zoë', lastName: 'Weiß' } });
    const at = { personId, propertyId, unitId: null, group: 'owner', from: null, to: null } as const;
    const { id: membershipId } = await desk.call('people.saveMembership', { fields: at });
    await desk.call('people.remove', { ids: [personId] });
    const entry = journal({ entity: 'membership', entityId: membershipId, lostValue: '{"accountNumber":"12"}' });
    expect((await desk.call('sync.conflict', { id: entry })).alsoRestores).toEqual([
      { entity: 'membership', name: 'Zoë Weiß' },
      { entity: 'person', name: 'Zoë Weiß' },
    ]);
    expect(await desk.failure('sync.resolveConflicts', { ids: [entry], restore: true })).toMatchObject({
      code: 'not-possible-now',
      details: { reason: 'row-deleted' },
    });
    await resolve([entry], true, true);
    const { person, memberships } = await desk.call('people.get', { id: personId });
    expect(person.lastName).toBe('Weiß');
    expect(memberships).toMatchObject([{ accountNumber: '12' }]);
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
    desk.tick(1000);
    const stamp = formatHlc(desk.context.now());
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
    ['an entity of a newer version', 'unknown-here', { entity: 'ledgerAccount', lostValue: '{"name":"x"}' }],
    ['a field of a newer version', 'unknown-here', { lostValue: '{"colour":"x"}' }],
    ['what only the server writes', 'server-only', { entity: 'blob', lostValue: '{"size":1}' }],
    ['nothing', 'unknown-here', { lostValue: '{}' }],
    ['no JSON', 'unknown-here', { lostValue: '<b>' }],
    ['a part of a row that never was', 'incomplete', { lostValue: '{"name":"x"}' }],
    ['a clock', 'nothing-lost', { kind: 'clock-clamped', lostValue: '{"clock":"x","changes":1}' }],
    ['what another desk was refused', 'refused-elsewhere', { kind: 'rejected', lostValue: '{"name":"x"}' }],
    ['a text too long for the journal', 'too-long', { lostValue: '{"tooLong":300000}' }],
  ] as const)('do not restore %s, say why, and stay open', async (_name, reason, given) => {
    const id = journal(given);
    expect((await desk.call('sync.conflict', { id })).obstacle).toBe(reason);
    expect(await desk.failure('sync.resolveConflicts', { ids: [id], restore: true })).toMatchObject({
      code: 'not-possible-now',
      details: { reason },
    });
    expect(await open()).toEqual([id]);
    await resolve([id], false);
    expect((await desk.call('sync.conflict', { id })).obstacle).toBe('settled');
  });

  it('do not restore what was erased for good, and say so', async () => {
    const id = await property('1');
    const entry = journal({ entityId: id, lostValue: '{}', keptValue: '{}' });
    desk.arrive('server', {
      entity: 'erasure',
      id: desk.context.naturalId('erasure', 'property', id),
      set: { entity: 'property', entityId: id, erasedAt: '2026-11-23T12:00:00.000Z' },
    });
    expect((await desk.call('sync.conflict', { id: entry })).obstacle).toBe('erased');
    expect(await desk.failure('sync.resolveConflicts', { ids: [entry], restore: true })).toMatchObject({
      code: 'not-possible-now',
    });
  });

  it('do not restore what keeps its first value', async () => {
    const id = desk.context.naturalId('group', 'owner');
    const entry = journal({ entity: 'group', entityId: id, group: 'key', lostValue: '{"key":"tenant"}' });
    expect((await desk.call('sync.conflict', { id: entry })).obstacle).toBe('immutable');
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
    expect(await nameOfProperty(id)).toBe('Haus');
  });

  it('restore the company only by a manager', async () => {
    const { id } = await desk.call('settings.saveStaff', { fields: { name: 'C', email: 'c@example.org' } });
    const { organisationId } = desk.context.identity();
    desk.context.meta.set('staffId', id);
    const conflict = journal({ entity: 'organisation', entityId: organisationId, lostValue: '{"name":"X"}' });
    expect((await desk.call('sync.conflict', { id: conflict })).obstacle).toBe('managers-only');
    expect(await desk.failure('sync.resolveConflicts', { ids: [conflict], restore: true })).toMatchObject({
      code: 'rejected-role',
    });
  });
});

describe('taking it back', () => {
  it('opens the entry again and takes back what the restore wrote', async () => {
    const id = await property('1');
    const entry = journal({ entityId: id, lostValue: '{"name":"Verloren"}' });
    await resolve([entry], true);
    await desk.call('sync.reopenConflicts', { ids: [entry] });
    expect(await nameOfProperty(id)).toBe('Haus');
    expect(await open()).toEqual([entry]);
  });

  it('leaves what somebody has written since', async () => {
    const id = await property('1');
    const entry = journal({ entityId: id, lostValue: '{"name":"Verloren"}' });
    await resolve([entry], true);
    await desk.call('properties.save', { id, fields: { name: 'Neuer' } });
    await desk.call('sync.reopenConflicts', { ids: [entry] });
    expect(await nameOfProperty(id)).toBe('Neuer');
  });

  it('deletes again what came back', async () => {
    const id = await property('1');
    await desk.call('properties.remove', { ids: [id] });
    const entry = journal({ entityId: id, lostValue: '{"name":"Neu"}' });
    await resolve([entry], true, true);
    await desk.call('sync.reopenConflicts', { ids: [entry] });
    expect(await desk.failure('properties.get', { id })).toMatchObject({ code: 'not-found' });
  });

  it('only opens it again where nothing was restored', async () => {
    const id = await property('1');
    const entry = journal({ entityId: id, lostValue: '{"name":"Verloren"}' });
    await resolve([entry], false);
    await desk.call('sync.reopenConflicts', { ids: [entry] });
    expect(await nameOfProperty(id)).toBe('Haus');
    expect((await all())[0]?.resolvedAt).toBeNull();
  });
});

describe('a secret in the journal', () => {
  const iban = 'DE89370400440532013000';
  const masked = '{"iban":{"masked":"•••• 3000"}}';

  it('is restored on the desk that wrote it, from its own queue', async () => {
    const id = await property('1');
    await desk.call('properties.save', { id, fields: { iban } });
    const lostChangeId = desk.queued().at(-1)?.id ?? '';
    desk.arrive('staff:y', { entity: 'property', id, set: { iban: 'DE00' } });
    const entry = journal({ entityId: id, group: 'iban', lostValue: masked, lostChangeId });
    expect(await desk.call('sync.conflict', { id: entry })).toMatchObject({
      obstacle: null,
      lost: { iban: { masked: '•••• 3000' } },
    });
    await resolve([entry], true);
    expect((await desk.call('properties.get', { id })).property.iban).toBe(iban);
  });

  it('cannot be restored on another desk, and that is said', async () => {
    const id = await property('1');
    const entry = journal({ entityId: id, group: 'iban', lostValue: masked });
    expect((await desk.call('sync.conflict', { id: entry })).obstacle).toBe('masked');
  });

  it('is masked where an older version left it in clear, and yet comes back whole', async () => {
    const id = await property('1');
    const entry = journal({ entityId: id, group: 'iban', lostValue: JSON.stringify({ iban }) });
    const shown = await desk.call('sync.conflict', { id: entry });
    expect(JSON.stringify(shown)).not.toContain(iban);
    await resolve([entry], true);
    expect((await desk.call('properties.get', { id })).property.iban).toBe(iban);
  });
});
