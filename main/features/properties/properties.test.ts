import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCompany, type TestDesk } from '../../../tests/setup/desk.ts';

let desk: TestDesk;
beforeEach(async () => {
  desk = await openCompany();
});
afterEach(() => desk.close());

const property = async (number: string, name = `Haus ${number}`) =>
  (await desk.call('properties.save', { fields: { number, name, kind: 'weg' } })).id;
const unit = async (propertyId: string, number: string) =>
  (await desk.call('properties.saveUnit', { fields: { propertyId, number } })).id;
const person = async (lastName: string) => (await desk.call('people.save', { fields: { lastName } })).id;
const member = async (fields: { personId: string; propertyId: string; unitId?: string; from?: string; to?: string }) =>
  (await desk.call('people.saveMembership', { fields: { group: 'tenant', ...fields } })).id;
const numbers = async (query: string, sort = '') =>
  (await desk.call('properties.list', { query, sort })).rows.map((row) => row.number);

describe('properties', () => {
  it('are created with portal settings, changed, and found by what people type', async () => {
    const id = await property(' 107 ', 'WEG Am Mühlbach');
    await desk.call('properties.save', { id, fields: { street: 'Ährenweg', city: 'Köln', online: true } });
    await property('12');
    expect(await numbers('muehlbach köln')).toEqual(['107']);
    expect(await numbers('MUHLBACH')).toEqual(['107']);
    expect(await numbers("' or 1=1 --")).toEqual([]);
    expect(await numbers('')).toEqual(['12', '107']);
    expect(await numbers('', '-number')).toEqual(['107', '12']);
    expect((await desk.call('properties.get', { id })).settings).toMatchObject({ id, residentsMayPost: 'nobody' });
    expect(desk.queued().filter((change) => change.entity === 'portalSetting')[0]?.entityId).toBe(id);
  });

  it('are windows of the whole list, in an order that never overlaps', async () => {
    for (const number of ['3', '1', '2']) await property(number, 'gleich');
    const first = await desk.call('properties.list', { sort: 'name', limit: 2 });
    const second = await desk.call('properties.list', { sort: 'name', limit: 2, offset: 2 });
    expect(first.total).toBe(3);
    expect(new Set([...first.rows, ...second.rows].map((row) => row.id)).size).toBe(3);
    expect(await desk.failure('properties.list', { sort: 'name; drop table' })).toMatchObject({
      code: 'invalid-input',
      details: { field: 'sort' },
    });
  });

  it('count units and the people of today', async () => {
    const id = await property('1');
    const other = await property('2');
    const unitId = await unit(id, '01');
    const [now, before] = [await person('Jetzt'), await person('Früher')];
    await member({ personId: now, propertyId: id, unitId });
    await member({ personId: now, propertyId: id, from: '2020-01-01', to: '2026-11-23' });
    await member({ personId: before, propertyId: id, unitId, to: '2026-11-22' });
    await desk.call('accounts.invite', { personIds: [now], channel: 'letter' });
    expect((await desk.call('properties.list', { sort: '-personCount' })).rows).toMatchObject([
      { id, unitCount: 1, personCount: 1 },
      { id: other, unitCount: 0, personCount: 0 },
    ]);
    expect((await desk.call('properties.get', { id })).counts).toEqual({
      units: 1,
      people: 1,
      documents: 0,
      notices: 0,
      openActivities: 0,
      accounts: 1,
    });
  });

  it('have numbers of their own', async () => {
    const id = await property('A-1');
    expect(await desk.failure('properties.save', { fields: { number: 'a-1', name: 'X', kind: 'weg' } })).toMatchObject({
      code: 'already-exists',
      details: { field: 'number', number: 'a-1' },
    });
    await desk.call('properties.save', { id, fields: { number: 'A-1' } });
    await desk.call('properties.remove', { ids: [id] });
    await property('A-1');
    expect(await desk.failure('properties.restore', { ids: [id] })).toMatchObject({ code: 'already-exists' });
  });

  it('say which field is missing, and which row', async () => {
    expect(await desk.failure('properties.save', { fields: { number: '1', name: 'X' } })).toMatchObject({
      code: 'invalid-input',
      details: { field: 'kind' },
    });
    const id = desk.context.newId();
    for (const failure of [
      desk.failure('properties.get', { id }),
      desk.failure('properties.save', { id, fields: {} }),
      desk.failure('properties.remove', { ids: [id] }),
      desk.failure('properties.restore', { ids: [id] }),
      desk.failure('properties.saveSettings', { propertyId: id, fields: {} }),
      desk.failure('properties.listContacts', { propertyId: id }),
    ]) {
      expect(await failure).toMatchObject({ code: 'not-found' });
    }
    expect(
      await desk.failure('properties.save', { fields: { photo: 'a'.repeat(64), number: '1', name: 'X', kind: 'weg' } }),
    ).toMatchObject({ code: 'file-missing' });
  });

  it('keep the address together when a part of it changes', async () => {
    const id = await property('1');
    await desk.call('properties.save', { id, fields: { street: 'Weg', city: 'Ulm' } });
    await desk.call('properties.save', { id, fields: { city: '  ' } });
    expect((await desk.call('properties.get', { id })).property).toMatchObject({ street: 'Weg', city: null });
  });
});

describe('deleting a property', () => {
  it('takes along what hangs on it and brings back exactly that', async () => {
    const id = await property('1');
    const [kept, gone] = [await unit(id, '01'), await unit(id, '02')];
    const personId = await person('Bauer');
    const membershipId = await member({ personId, propertyId: id, unitId: kept });
    await desk.call('properties.saveContact', { fields: { propertyId: id, name: 'Notdienst', phone: '112' } });
    await desk.call('notices.save', {
      fields: { propertyId: id, title: 'Aushang', body: '{"type":"doc","content":[{"type":"paragraph"}]}' },
    });
    await desk.call('properties.removeUnits', { ids: [gone] });
    desk.settle();

    await desk.call('properties.remove', { ids: [id] });
    expect(
      desk
        .queued()
        .map((change) => change.entity)
        .sort(),
    ).toEqual(['emergencyContact', 'membership', 'notice', 'portalSetting', 'property', 'unit']);
    expect((await desk.call('properties.list', {})).total).toBe(0);
    expect((await desk.call('properties.listUnits', {})).total).toBe(0);
    expect((await desk.call('people.get', { id: personId })).memberships).toEqual([]);
    expect(await desk.failure('properties.restoreUnits', { ids: [kept] })).toMatchObject({ code: 'not-possible-now' });
    expect(await desk.failure('people.restoreMemberships', { ids: [membershipId] })).toMatchObject({
      code: 'not-possible-now',
    });

    desk.tick(60_000);
    await desk.call('properties.restore', { ids: [id] });
    expect((await desk.call('properties.listUnits', {})).rows.map((row) => row.id)).toEqual([kept]);
    expect((await desk.call('people.get', { id: personId })).memberships).toMatchObject([{ id: membershipId }]);
    expect((await desk.call('properties.get', { id })).counts).toMatchObject({ units: 1, people: 1, notices: 1 });
    expect(await desk.call('properties.listContacts', { propertyId: id })).toHaveLength(1);
    await desk.call('properties.restore', { ids: [id] });
    await desk.call('properties.restoreUnits', { ids: [gone] });
    expect((await desk.call('properties.listUnits', {})).total).toBe(2);
  });

  it('is undone as a whole for several at once', async () => {
    const ids = [await property('1'), await property('2')];
    for (const id of ids) await unit(id, '01');
    await desk.call('properties.remove', { ids });
    await desk.call('properties.restore', { ids: ids.slice(0, 1) });
    expect((await desk.call('properties.listUnits', {})).rows.map((row) => row.propertyId)).toEqual(ids.slice(0, 1));
  });
});

describe('units', () => {
  it('are listed with who is there today, and found by them', async () => {
    const id = await property('1');
    const unitId = await unit(id, 'WE 10');
    await unit(id, 'WE 2');
    const [tenant, former] = [await person('Müller'), await person('Alt')];
    await member({ personId: tenant, propertyId: id, unitId });
    await member({ personId: former, propertyId: id, unitId, to: '2026-11-22' });
    const list = await desk.call('properties.listUnits', { propertyId: id });
    expect(list.rows.map((row) => row.number)).toEqual(['WE 2', 'WE 10']);
    expect(list.rows[1]?.occupants).toEqual([{ personId: tenant, name: 'Müller', group: 'tenant' }]);
    expect((await desk.call('properties.listUnits', { query: 'mueller we' })).rows.map((row) => row.id)).toEqual([
      unitId,
    ]);
    expect((await desk.call('properties.listUnits', { query: 'Alt' })).total).toBe(0);
  });

  it('have numbers of their own within a property, and stay there', async () => {
    const [one, two] = [await property('1'), await property('2')];
    const id = await unit(one, '01');
    await unit(two, '01');
    expect(await desk.failure('properties.saveUnit', { fields: { propertyId: one, number: ' 01 ' } })).toMatchObject({
      code: 'already-exists',
      details: { number: '01' },
    });
    expect(await desk.failure('properties.saveUnit', { id, fields: { propertyId: two } })).toMatchObject({
      code: 'invalid-input',
      details: { field: 'propertyId' },
    });
    expect(
      await desk.failure('properties.saveUnit', { fields: { propertyId: desk.context.newId(), number: '1' } }),
    ).toMatchObject({ code: 'not-found' });
  });

  it('have a share with both of its numbers, or none', async () => {
    const id = await unit(await property('1'), '01');
    expect(await desk.failure('properties.saveUnit', { id, fields: { shareNumerator: 15 } })).toMatchObject({
      code: 'invalid-input',
      details: { field: 'shareDenominator' },
    });
    await desk.call('properties.saveUnit', { id, fields: { shareNumerator: 15, shareDenominator: 1000 } });
    await desk.call('properties.saveUnit', { id, fields: { shareNumerator: 16 } });
    expect((await desk.call('properties.listUnits', {})).rows[0]).toMatchObject({
      shareNumerator: 16,
      shareDenominator: 1000,
    });
  });

  it('take their memberships along and bring them back', async () => {
    const id = await property('1');
    const unitId = await unit(id, '01');
    await member({ personId: await person('Bauer'), propertyId: id, unitId });
    await desk.call('properties.removeUnits', { ids: [unitId] });
    expect((await desk.call('people.listMemberships', { propertyId: id })).total).toBe(0);
    await desk.call('properties.restoreUnits', { ids: [unitId] });
    expect((await desk.call('people.listMemberships', { propertyId: id })).total).toBe(1);
  });
});

describe('portal settings and contacts', () => {
  it('are changed field by field, also for a property that has no row yet', async () => {
    const id = await property('1');
    await desk.call('properties.saveSettings', { propertyId: id, fields: { residentsMayPost: 'owners' } });
    const [topic] = (await desk.call('settings.lists', {})).topics;
    await desk.call('properties.saveSettings', { propertyId: id, fields: { topicIds: [topic?.id ?? ''] } });
    expect((await desk.call('properties.get', { id })).settings).toMatchObject({
      residentsMayPost: 'owners',
      topicIds: [topic?.id],
      postsNeedApproval: true,
    });
    expect(
      await desk.failure('properties.saveSettings', { propertyId: id, fields: { topicIds: [desk.context.newId()] } }),
    ).toMatchObject({ code: 'not-found', details: { field: 'topicIds' } });

    const imported = desk.context.newId();
    const { id: _id, ...fields } = (await desk.call('properties.get', { id })).property;
    desk.arrive('server', { entity: 'property', id: imported, set: { ...fields, number: '2' } });
    await desk.call('properties.saveSettings', { propertyId: imported, fields: { postsNeedApproval: false } });
    expect((await desk.call('properties.get', { id: imported })).settings).toMatchObject({
      residentsMayPost: 'nobody',
      postsNeedApproval: false,
    });
  });

  it('keep contacts in their order, deletable and restorable', async () => {
    const propertyId = await property('1');
    const ids: string[] = [];
    for (const name of ['Heizung', 'Aufzug']) {
      ids.push((await desk.call('properties.saveContact', { fields: { propertyId, name, phone: '112' } })).id);
    }
    const [first = ''] = ids;
    await desk.call('properties.saveContact', { id: first, fields: { phone: ' 0171 ', note: '' } });
    expect(await desk.call('properties.listContacts', { propertyId })).toMatchObject([
      { name: 'Heizung', phone: '0171', note: null, kind: 'other', position: 0 },
      { name: 'Aufzug', position: 1 },
    ]);
    await desk.call('properties.removeContacts', { ids });
    expect(await desk.call('properties.listContacts', { propertyId })).toEqual([]);
    await desk.call('properties.restoreContacts', { ids });
    expect(await desk.call('properties.listContacts', { propertyId })).toHaveLength(2);
  });
});
