import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCompany, openTestDesk, type TestDesk } from '../../../tests/setup/desk.ts';

let desk: TestDesk;
afterEach(() => desk.close());

describe('first run', () => {
  beforeEach(async () => {
    desk = await openTestDesk();
  });

  it('founds a company offline, with what it needs to begin', async () => {
    expect(await desk.call('settings.state', {})).toMatchObject({
      phase: 'first-run',
      organisation: null,
      staff: null,
      host: 'browser',
      version: '0.1.0',
    });
    const { id } = await desk.call('settings.createOrganisation', {
      name: '  Müller & Söhne Hausverwaltung ',
      staff: { name: 'Anna Müller', email: 'anna@example.org' },
    });
    const state = await desk.call('settings.state', {});
    expect(state).toMatchObject({
      phase: 'ready',
      organisation: { id, name: 'Müller & Söhne Hausverwaltung', formerMemberMonths: 24 },
      staff: { name: 'Anna Müller', role: 'manager', active: true },
    });
    const lists = await desk.call('settings.lists', {});
    expect(lists.statuses.map((status) => status.name)).toEqual(['Neu', 'In Bearbeitung', 'Wartet', 'Erledigt']);
    expect(lists.statuses.filter((status) => status.isNew).map((status) => status.name)).toEqual(['Neu']);
    expect(lists.statuses.filter((status) => status.isClosed).map((status) => status.name)).toEqual(['Erledigt']);
    expect(lists.groups.map((group) => group.key)).toEqual(['tenant', 'owner', 'house-owner', 'service-provider']);
    expect(lists.topics.length).toBeGreaterThan(5);
    expect(lists.categories.map((category) => category.name)).toContain('Hausordnung');
    expect(lists.staff).toHaveLength(1);
    // One action: whole or not at all.
    expect(new Set(desk.queued().map((change) => change.hlc)).size).toBe(1);
  });

  it('has ids for its defaults that any desk of the company would make', async () => {
    await desk.call('settings.createOrganisation', { name: 'A', staff: { name: 'B', email: 'b@example.org' } });
    const lists = await desk.call('settings.lists', {});
    expect(lists.statuses.find((status) => status.name === 'Wartet')?.id).toBe(
      desk.context.naturalId('status', 'waiting'),
    );
  });

  it('founds only one', async () => {
    const input = { name: 'A', staff: { name: 'B', email: 'b@example.org' } };
    await desk.call('settings.createOrganisation', input);
    expect(await desk.failure('settings.createOrganisation', input)).toMatchObject({ code: 'not-possible-now' });
  });

  it('founds none where the desk has joined one', async () => {
    desk.sync.state = { ...desk.sync.state, connection: 'connecting', viewerUrl: 'http://127.0.0.1:1' };
    expect(
      await desk.failure('settings.createOrganisation', { name: 'A', staff: { name: 'B', email: 'b@example.org' } }),
    ).toMatchObject({ code: 'not-possible-now' });
  });

  it('goes on with the same company after a start that broke off', async () => {
    const [organisationId, staffId] = [desk.context.newId(), desk.context.newId()];
    desk.context.meta.set('organisationId', organisationId);
    desk.context.meta.set('staffId', staffId);
    expect(await desk.call('settings.state', {})).toMatchObject({ phase: 'first-run' });
    const { id } = await desk.call('settings.createOrganisation', {
      name: 'A',
      staff: { name: 'B', email: 'b@example.org' },
    });
    expect(id).toBe(organisationId);
    expect(await desk.call('settings.state', {})).toMatchObject({ staff: { id: staffId } });
  });
});

describe('company and staff', () => {
  beforeEach(async () => {
    desk = await openCompany();
  });

  const colleague = { name: 'Carl Clerk', email: 'carl@example.org' };

  it('changes the company, and nothing but what was given', async () => {
    await desk.call('settings.saveOrganisation', { fields: { city: 'Köln', colour: '#336699' } });
    const { organisation } = await desk.call('settings.state', {});
    expect(organisation).toMatchObject({ name: 'Musterverwaltung GmbH', city: 'Köln', colour: '#336699' });
    // The address is one merge group, the colour another.
    expect(desk.queued().map((change) => Object.keys(change.set).sort())).toEqual([
      ['city', 'colour', 'postalCode', 'street'],
    ]);
  });

  it('wants a logo to be here', async () => {
    expect(await desk.failure('settings.saveOrganisation', { fields: { logo: 'a'.repeat(64) } })).toMatchObject({
      code: 'file-missing',
    });
  });

  it('adds a colleague as a clerk, and only once per address', async () => {
    const { id } = await desk.call('settings.saveStaff', { fields: colleague });
    expect((await desk.call('settings.lists', {})).staff.find((one) => one.id === id)).toMatchObject({
      role: 'clerk',
      active: true,
    });
    expect(
      await desk.failure('settings.saveStaff', { fields: { name: 'X', email: 'CARL@example.org' } }),
    ).toMatchObject({ code: 'already-exists', details: { label: 'CARL@example.org' } });
    expect(await desk.failure('settings.saveStaff', { fields: { name: 'Ohne Adresse' } })).toMatchObject({
      code: 'invalid-input',
      details: { field: 'email' },
    });
  });

  it('lets clerks change neither', async () => {
    const { id } = await desk.call('settings.saveStaff', { fields: colleague });
    desk.context.meta.set('staffId', id);
    expect(await desk.failure('settings.saveOrganisation', { fields: { name: 'X' } })).toMatchObject({
      code: 'rejected-role',
    });
    expect(await desk.failure('settings.saveStaff', { id, fields: { role: 'manager' } })).toMatchObject({
      code: 'rejected-role',
    });
  });

  it('keeps one manager', async () => {
    const { staffId } = desk.context.identity();
    for (const fields of [{ role: 'clerk' as const }, { active: false }]) {
      expect(await desk.failure('settings.saveStaff', { id: staffId, fields })).toMatchObject({
        code: 'not-possible-now',
      });
    }
    await desk.call('settings.saveStaff', { fields: { ...colleague, role: 'manager' } });
    await desk.call('settings.saveStaff', { id: staffId, fields: { role: 'clerk' } });
    expect(await desk.call('settings.state', {})).toMatchObject({ staff: { role: 'clerk' } });
  });
});
