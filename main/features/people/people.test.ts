import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCompany, type TestDesk } from '../../../tests/setup/desk.ts';

let desk: TestDesk;
beforeEach(async () => {
  desk = await openCompany();
});
afterEach(() => desk.close());

const property = async (number: string) =>
  (await desk.call('properties.save', { fields: { number, name: `Haus ${number}`, kind: 'rental' } })).id;
const unit = async (propertyId: string, number: string) =>
  (await desk.call('properties.saveUnit', { fields: { propertyId, number } })).id;
const person = async (fields: { lastName?: string; firstName?: string; company?: string; email?: string }) =>
  (await desk.call('people.save', { fields })).id;
const names = async (input: Parameters<typeof desk.call<'people.list'>>[1]) =>
  (await desk.call('people.list', input)).rows.map((row) => row.name);

describe('people', () => {
  it('sort and are found as people write names', async () => {
    await person({ lastName: 'Zech', firstName: 'Ute' });
    await person({ lastName: 'Öztürk', firstName: 'Emre' });
    await person({ company: 'Orion GmbH' });
    await person({ lastName: 'Straßer', firstName: 'Zoë' });
    await person({ lastName: 'Straßer', firstName: 'Anna' });
    expect(await names({})).toEqual(['Orion GmbH', 'Öztürk, Emre', 'Straßer, Anna', 'Straßer, Zoë', 'Zech, Ute']);
    expect(await names({ query: 'OEZTUERK' })).toEqual(['Öztürk, Emre']);
    expect(await names({ query: 'strasser zoe' })).toEqual(['Straßer, Zoë']);
    expect(await names({ sort: '-name', limit: 2, offset: 1 })).toEqual(['Straßer, Zoë', 'Straßer, Anna']);
  });

  it('put empty columns last in both directions', async () => {
    await person({ lastName: 'A' });
    await person({ lastName: 'B', email: 'b@example.org' });
    expect(await names({ sort: 'email' })).toEqual(['B', 'A']);
    expect(await names({ sort: '-email' })).toEqual(['B', 'A']);
  });

  it('are filtered by where they belong today', async () => {
    const [one, two] = [await property('1'), await property('2')];
    const [anna, bea] = [await person({ lastName: 'Anna' }), await person({ lastName: 'Bea' })];
    const save = (personId: string, propertyId: string, group: 'tenant' | 'owner', period = {}) =>
      desk.call('people.saveMembership', { fields: { personId, propertyId, group, ...period } });
    await save(anna, one, 'tenant', { to: '2026-11-23' });
    await save(anna, two, 'owner', { from: '2026-11-24' });
    await save(bea, one, 'owner');
    expect(await names({ propertyId: one })).toEqual(['Anna', 'Bea']);
    expect(await names({ propertyId: one, group: 'owner' })).toEqual(['Bea']);
    expect(await names({ propertyId: two })).toEqual([]);
    expect(await names({ group: 'tenant' })).toEqual(['Anna']);
    expect((await desk.call('people.list', { query: 'Anna' })).rows[0]?.places).toEqual([
      { propertyId: one, propertyNumber: '1', unitNumber: null, group: 'tenant' },
    ]);
    desk.tick(24 * 3600 * 1000);
    expect(await names({ propertyId: one })).toEqual(['Bea']);
    await desk.call('properties.remove', { ids: [one] });
    expect(await names({ group: 'owner' })).toEqual(['Anna']);
  });

  it('are filtered by their account', async () => {
    const id = await person({ lastName: 'Anna', email: 'anna@example.org' });
    await person({ lastName: 'Bea' });
    await desk.call('accounts.invite', { personIds: [id], channel: 'mail' });
    expect(await names({ accountState: 'invited' })).toEqual(['Anna']);
    expect(await names({ accountState: 'none' })).toEqual(['Bea']);
    desk.tick(31 * 24 * 3600 * 1000);
    expect(await names({ accountState: 'invited' })).toEqual([]);
    expect(await names({ accountState: 'expired' })).toEqual(['Anna']);
    expect((await desk.call('people.get', { id })).accountState).toBe('expired');
  });

  it('need a name and a number of their own', async () => {
    expect(await desk.failure('people.save', { fields: { title: 'Dr.', lastName: ' ' } })).toMatchObject({
      code: 'invalid-input',
      details: { field: 'lastName' },
    });
    const { id } = await desk.call('people.save', { fields: { number: 'P1', lastName: 'A' } });
    expect(await desk.failure('people.save', { fields: { number: 'p1', lastName: 'B' } })).toMatchObject({
      code: 'already-exists',
    });
    expect(await desk.failure('people.save', { id, fields: { lastName: '' } })).toMatchObject({
      code: 'invalid-input',
    });
    await desk.call('people.save', { id, fields: { phone: ' 030 1 ', number: 'P1' } });
    expect((await desk.call('people.get', { id })).person).toMatchObject({ phone: '030 1', lastName: 'A' });
  });

  it('keep what they are told apart from: markup and SQL stay text', async () => {
    const lastName = `<img src=x onerror=alert(1)>'; drop table person; --`;
    const id = await person({ lastName });
    expect((await desk.call('people.get', { id })).person.lastName).toBe(lastName);
    expect(await names({ query: "'; drop" })).toEqual([lastName]);
  });

  it('take memberships and account along when deleted, and bring them back', async () => {
    const id = await person({ lastName: 'Anna', email: 'anna@example.org' });
    const propertyId = await property('1');
    await desk.call('people.saveMembership', { fields: { personId: id, propertyId, group: 'tenant' } });
    await desk.call('accounts.invite', { personIds: [id], channel: 'mail' });
    await desk.call('people.remove', { ids: [id] });
    expect((await desk.call('people.listMemberships', { propertyId })).total).toBe(0);
    expect((await desk.call('accounts.list', {})).total).toBe(0);
    expect(await desk.failure('people.get', { id })).toMatchObject({ code: 'not-found' });
    await desk.call('people.restore', { ids: [id] });
    expect((await desk.call('people.listMemberships', { propertyId })).total).toBe(1);
    expect((await desk.call('people.get', { id })).accountState).toBe('invited');
  });
});

describe('memberships', () => {
  it('list the whole history of a person, and who holds on a day', async () => {
    const personId = await person({ lastName: 'Anna' });
    const propertyId = await property('1');
    const unitId = await unit(propertyId, '01');
    const fields = { personId, propertyId, group: 'tenant' as const };
    await desk.call('people.saveMembership', { fields: { ...fields, to: '2024-12-31' } });
    await desk.call('people.saveMembership', { fields: { ...fields, unitId, from: '2025-01-01' } });
    const history = (await desk.call('people.get', { id: personId })).memberships;
    expect(history).toMatchObject([
      { from: '2025-01-01', current: true, unitNumber: '01', personName: 'Anna', propertyNumber: '1' },
      { to: '2024-12-31', current: false, unitNumber: null },
    ]);
    const on = async (day: string) => (await desk.call('people.listMemberships', { propertyId, on: day })).total;
    expect([await on('2024-12-31'), await on('2025-01-01')]).toEqual([1, 1]);
    expect((await desk.call('people.listMemberships', { unitId })).total).toBe(1);
  });

  it('refuse a period that ends before it begins, a foreign unit, and what is not there', async () => {
    const personId = await person({ lastName: 'Anna' });
    const [propertyId, other] = [await property('1'), await property('2')];
    const fields = { personId, propertyId, group: 'tenant' as const };
    const { id } = await desk.call('people.saveMembership', { fields: { ...fields, from: '2025-01-01' } });
    const fails = (given: object, at?: string) =>
      desk.failure(
        'people.saveMembership',
        at === undefined ? { fields: { ...fields, ...given } } : { id: at, fields: given },
      );
    expect(await fails({ from: '2025-01-02', to: '2025-01-01' })).toMatchObject({
      code: 'invalid-input',
      details: { field: 'to' },
    });
    expect(await fails({ to: '2024-12-31' }, id)).toMatchObject({ code: 'invalid-input', details: { field: 'to' } });
    expect(await fails({ unitId: await unit(other, '01') })).toMatchObject({
      code: 'invalid-input',
      details: { field: 'unitId' },
    });
    for (const field of ['personId', 'propertyId', 'unitId']) {
      expect(await fails({ [field]: desk.context.newId() })).toMatchObject({ code: 'not-found', details: { field } });
    }
    await desk.call('people.saveMembership', { id, fields: { to: '2025-01-01' } });
    await desk.call('people.removeMemberships', { ids: [id] });
    expect(await desk.failure('people.saveMembership', { id, fields: {} })).toMatchObject({ code: 'not-found' });
    await desk.call('people.restoreMemberships', { ids: [id] });
    expect((await desk.call('people.listMemberships', { personId })).rows).toMatchObject([{ id, to: '2025-01-01' }]);
  });
});
