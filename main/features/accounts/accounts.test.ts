import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCompany, type TestDesk } from '../../../tests/setup/desk.ts';

const day = 24 * 3600 * 1000;

let desk: TestDesk;
let anna: string;
let bea: string;
beforeEach(async () => {
  desk = await openCompany();
  anna = (await desk.call('people.save', { fields: { lastName: 'Anna', email: 'anna@example.org' } })).id;
  bea = (await desk.call('people.save', { fields: { lastName: 'Bea' } })).id;
});
afterEach(() => desk.close());

const accountOf = (personId: string) => desk.context.naturalId('account', personId);
const list = async (input: Parameters<typeof desk.call<'accounts.list'>>[1] = {}) =>
  (await desk.call('accounts.list', input)).rows;
const registered = (personId: string) =>
  desk.arrive('server', {
    entity: 'account',
    id: accountOf(personId),
    set: { registeredAt: '2026-11-23T13:05:00.000Z', loginEmail: 'anna@example.org' },
  });

describe('invitations', () => {
  it('make one account per person, valid for 30 days, and tell who has no address', async () => {
    expect(await desk.call('accounts.invite', { personIds: [anna, bea, anna], channel: 'mail' })).toEqual({
      invited: 1,
      withoutEmail: ['Bea'],
      alreadyInvited: [],
    });
    expect(await list()).toMatchObject([
      {
        id: accountOf(anna),
        personId: anna,
        personName: 'Anna',
        email: 'anna@example.org',
        channel: 'mail',
        state: 'invited',
        pending: true,
        invitedAt: '2026-11-23T13:00:00.000Z',
        expiresAt: '2026-12-23T13:00:00.000Z',
        showInDirectory: false,
      },
    ]);
    desk.settle();
    expect(await list()).toMatchObject([{ pending: false }]);
    expect(await desk.call('accounts.invite', { personIds: [bea], channel: 'letter' })).toMatchObject({ invited: 1 });
  });

  it('are made anew for whoever has not registered, and not for whoever has', async () => {
    await desk.call('accounts.invite', { personIds: [anna], channel: 'mail' });
    desk.tick(40 * day);
    expect(await list({ state: 'expired' })).toHaveLength(1);
    await desk.call('people.save', { id: anna, fields: { email: 'neu@example.org' } });
    expect(await desk.call('accounts.invite', { personIds: [anna], channel: 'mail' })).toMatchObject({ invited: 1 });
    expect(await list({ state: 'invited' })).toMatchObject([{ email: 'neu@example.org' }]);
    registered(anna);
    expect(await desk.call('accounts.invite', { personIds: [anna], channel: 'mail' })).toEqual({
      invited: 0,
      withoutEmail: [],
      alreadyInvited: ['Anna'],
    });
    expect(await list({ state: 'registered' })).toHaveLength(1);
  });

  it('refuse people that are not there', async () => {
    expect(
      await desk.failure('accounts.invite', { personIds: [anna, desk.context.newId()], channel: 'mail' }),
    ).toMatchObject({ code: 'not-found' });
    expect(await list()).toEqual([]);
  });

  it('are renewed to the present address, unless there is nothing to renew', async () => {
    await desk.call('accounts.invite', { personIds: [anna], channel: 'mail' });
    await desk.call('people.save', { id: anna, fields: { email: 'neu@example.org' } });
    desk.tick(day);
    await desk.call('accounts.renew', { ids: [accountOf(anna)] });
    expect(await list()).toMatchObject([{ email: 'neu@example.org', invitedAt: '2026-11-24T13:00:00.000Z' }]);
    await desk.call('people.save', { id: anna, fields: { email: null } });
    expect(await desk.failure('accounts.renew', { ids: [accountOf(anna)] })).toMatchObject({
      code: 'invalid-input',
      details: { field: 'email' },
    });
    registered(anna);
    expect(await desk.failure('accounts.renew', { ids: [accountOf(anna)] })).toMatchObject({
      code: 'not-possible-now',
    });
  });

  it('and accounts are closed and opened again', async () => {
    await desk.call('accounts.invite', { personIds: [anna], channel: 'mail' });
    await desk.call('accounts.disable', { ids: [accountOf(anna)] });
    expect(await list({ state: 'disabled' })).toHaveLength(1);
    expect(await desk.failure('accounts.renew', { ids: [accountOf(anna)] })).toMatchObject({
      code: 'not-possible-now',
    });
    await desk.call('accounts.enable', { ids: [accountOf(anna)] });
    expect(await list({ state: 'invited' })).toHaveLength(1);
    expect(await desk.failure('accounts.disable', { ids: [desk.context.newId()] })).toMatchObject({
      code: 'not-found',
    });
  });
});

describe('the list', () => {
  it('shows people without an account as the invitation they would get', async () => {
    await desk.call('accounts.invite', { personIds: [anna], channel: 'mail' });
    expect(await list({ state: 'none' })).toMatchObject([
      { id: bea, personId: bea, personName: 'Bea', state: 'none', channel: 'letter', pending: false },
    ]);
    expect(await list({ state: 'none', query: 'anna' })).toEqual([]);
    expect(await list({ state: 'none', sort: '-invitedAt' })).toHaveLength(1);
  });

  it('knows where people belong', async () => {
    const propertyId = (await desk.call('properties.save', { fields: { number: '1', name: 'A', kind: 'weg' } })).id;
    await desk.call('people.saveMembership', { fields: { personId: anna, propertyId, group: 'owner' } });
    await desk.call('accounts.invite', { personIds: [anna, bea], channel: 'letter' });
    expect(await list({ propertyId })).toMatchObject([
      { personId: anna, places: [{ propertyId, propertyNumber: '1', unitNumber: null, group: 'owner' }] },
    ]);
    expect((await desk.call('accounts.list', { sort: '-name' })).rows.map((row) => row.personName)).toEqual([
      'Bea',
      'Anna',
    ]);
  });
});
