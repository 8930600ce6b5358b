import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Conflict } from '../../../shared/features/sync/model.ts';
import { entityNames } from '../../../shared/sync/entities.ts';
import { openCompany, type TestDesk } from '../../../tests/setup/desk.ts';
import { journalEntry } from '../../../tests/setup/journal.ts';
import { rowFacts } from './row-facts.ts';

let desk: TestDesk;
beforeEach(async () => {
  desk = await openCompany();
});
afterEach(() => desk.close());

const journal = (given: Partial<Omit<Conflict, 'id'>>) => journalEntry(desk, given);
const property = async (number: string, name = 'Lindenhof') =>
  (await desk.call('properties.save', { fields: { number, name, kind: 'weg' } })).id;

describe('the journal', () => {
  it('is about something people know by a name, also when it is deleted or not here', async () => {
    const propertyId = await property('107');
    const { id: personId } = await desk.call('people.save', { fields: { firstName: 'Zoë', lastName: 'Weiß' } });
    const at = { personId, propertyId, unitId: null, group: 'owner', from: null, to: null } as const;
    const { id: membershipId } = await desk.call('people.saveMembership', { fields: at });
    await desk.call('people.remove', { ids: [personId] });
    const named = [
      journal({ entityId: propertyId }),
      journal({ entity: 'membership', entityId: membershipId }),
      journal({ entity: 'person', entityId: desk.context.newId() }),
      journal({ entity: 'later', entityId: propertyId }),
    ];
    const { rows } = await desk.call('sync.conflicts', {});
    const shown = named.map((id) => rows.find((row) => row.id === id)?.row);
    expect(shown).toMatchObject([
      {
        name: '107 Lindenhof',
        place: '107 Lindenhof',
        presence: 'live',
        opens: { entity: 'property', id: propertyId },
      },
      { name: 'Zoë Weiß', place: '107 Lindenhof', presence: 'deleted', opens: null },
      { name: '', place: '', presence: 'missing', opens: null },
      { name: '', place: '', presence: 'missing', opens: null },
    ]);
  });

  it('names both people and their devices', async () => {
    const { staffId } = desk.context.identity();
    const deviceId = desk.context.newId();
    desk.arrive('server', {
      entity: 'device',
      id: deviceId,
      set: {
        ...{ name: 'Notebook', staffId, appVersion: '1', pairedAt: '2026-11-01T00:00:00.000Z' },
        ...{ lastContactAt: null, revokedAt: null },
      },
    });
    const { id: personId } = await desk.call('people.save', { fields: { firstName: 'Zoë', lastName: 'Weiß' } });
    desk.arrive('server', {
      entity: 'account',
      id: desk.context.naturalId('account', personId),
      set: {
        ...{ personId, email: null, channel: 'mail', invitedAt: '2026-11-01T00:00:00.000Z' },
        ...{ expiresAt: '2026-11-01T00:00:00.000Z', disabledAt: null, invitationSentAt: null, registeredAt: null },
        ...{ lastSeenAt: null, loginEmail: null, showInDirectory: false, showPhone: false, showEmail: false },
        ...{ language: 'de', problem: null },
      },
    });
    journal({
      lostBy: `staff:${staffId}@${deviceId}`,
      keptBy: `account:${desk.context.naturalId('account', personId)}`,
    });
    const { rows } = await desk.call('sync.conflicts', {});
    expect(rows).toMatchObject([
      {
        lostBy: { kind: 'staff', name: 'Petra Verwalter', device: 'Notebook' },
        keptBy: { kind: 'account', name: 'Zoë Weiß', device: '' },
      },
    ]);
  });

  it('is filtered by state, kind, person and house, searched and read in windows', async () => {
    const [a, b] = [await property('107'), await property('108', 'Sonnenhof')];
    const { staffId } = desk.context.identity();
    const mine = journal({
      entityId: a,
      lostBy: `staff:${staffId}@x`,
      lostValue: '{"name":"Kastanienhof","city":"Ulm"}',
      keptValue: '{"city":"Ulm"}',
    });
    const deletion = journal({ entityId: b, kind: 'edited-and-deleted', keptBy: 'account:x' });
    const settled = journal({ entityId: b, resolvedAt: '2026-11-23T12:40:00.000Z' });
    const ids = async (input: Parameters<typeof desk.call<'sync.conflicts'>>[1]) =>
      (await desk.call('sync.conflicts', input)).rows.map((row) => row.id);
    expect(await ids({ state: 'settled' })).toEqual([settled]);
    expect(await ids({ kind: 'edited-and-deleted' })).toEqual([deletion]);
    expect(await ids({ by: staffId })).toEqual([mine]);
    expect(await ids({ by: 'resident' })).toEqual([deletion]);
    expect(await ids({ propertyId: a })).toEqual([mine]);
    expect(await ids({ query: 'kastanien' })).toEqual([mine]);
    expect(await ids({ query: 'sonnenhof' })).toEqual([deletion]);
    const { total, rows } = await desk.call('sync.conflicts', { state: 'all', offset: 1, limit: 1 });
    expect({ total, shown: rows.length }).toEqual({ total: 3, shown: 1 });
    expect((await desk.call('sync.conflicts', { propertyId: a })).rows[0]?.fields).toEqual(['name']);
  });

  it('says whom and what the ids in both values name', async () => {
    const { staffId } = desk.context.identity();
    const statusId = desk.context.naturalId('status', 'closed');
    const entry = journal({
      entity: 'activity',
      lostValue: JSON.stringify({ assigneeId: staffId, topicId: desk.context.newId() }),
      keptValue: JSON.stringify({ statusId }),
    });
    expect((await desk.call('sync.conflict', { id: entry })).names).toEqual({
      [staffId]: 'Petra Verwalter',
      [statusId]: 'Erledigt',
    });
  });

  it('reads a large journal by windows without reading the texts', async () => {
    const id = await property('107');
    for (let index = 0; index < 50; index += 1) journal({ entityId: id, lostValue: `{"name":"${'x'.repeat(9000)}"}` });
    const page = await desk.call('sync.conflicts', { limit: 20 });
    expect(page.total).toBe(50);
    expect(JSON.stringify(page).length).toBeLessThan(20_000);
  });
});

describe('facts of rows', () => {
  it('are there for every entity, whether its row is or not', () => {
    const asked = entityNames.map((entity) => ({ entity, id: desk.context.newId() }));
    expect(rowFacts(desk.context.db, asked).map((row) => row.presence)).toEqual(asked.map(() => 'missing'));
  });

  it('name the matter that a file hangs at, and its house', async () => {
    const propertyId = await property('107');
    const file = await desk.stage('a.pdf', '%PDF-1.4\n%%EOF');
    const { id } = await desk.call('activities.create', {
      ...{ subject: 'Aufzug steht', propertyId, unitId: null, topicId: null, personIds: [] },
      entry: { kind: 'note', body: 'x', released: false, files: [file] },
    });
    const { rows } = await desk.call('sync.queue', {});
    const row = rows.find((one) => one.row.entity === 'activity')?.row;
    expect(row).toMatchObject({ name: 'Aufzug steht', place: '107 Lindenhof', opens: { entity: 'activity', id } });
  });
});
