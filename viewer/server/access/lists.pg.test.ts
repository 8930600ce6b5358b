import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { httpRequest } from '../../../shared/contract/http.ts';
import { type HttpOperationName, type Input, type Output, operations } from '../../../shared/contract/registry.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import { idOf, row, testNow } from '../../../tests/access/rows.ts';
import { okOf, startWorld, type Visit, type World } from '../../../tests/access/world.ts';
import type { RequestContext } from '../context.ts';
import { createCompanyRunner } from '../db/company.ts';
import { propertiesHandlers } from '../features/properties/handlers.ts';

const org = idOf('company');
const house = idOf('house');
const here = { organisationId: org, propertyId: house };
const day = 24 * 3600_000;
const at = (offset: number) => new Date(testNow + offset).toISOString();

let world: World;
let anna: Visit;
beforeAll(async () => {
  world = await startWorld();
  await world.found(org, [
    { ...row('organisation', 'company', { name: 'Hausverwaltung Elbe' }), id: org } as Edit,
    row('staff', 'staff', { name: 'Vera Verwalterin' }),
    row('status', 'new'),
    row('property', 'house'),
    row('unit', 'flat 10', { propertyId: house, number: '10' }),
    row('unit', 'flat 2', { propertyId: house, number: '2' }),
    ...person('anna', { title: 'Dr.', firstName: 'Anna', lastName: 'Ähre' }),
    row('membership', 'flat of anna', { personId: idOf('anna'), propertyId: house, unitId: idOf('flat 10') }),
    row('membership', 'second flat of anna', { personId: idOf('anna'), propertyId: house, unitId: idOf('flat 2') }),
    row('account', 'account of anna', { personId: idOf('anna'), loginEmail: 'anna@example.org' }),
  ]);
  anna = await world.login('anna@example.org', [{ organisationId: org, accountId: idOf('account of anna') }]);
}, 120_000);
afterAll(() => world.stop());
beforeEach(() => {
  world.clock.now = testNow;
});

function person(name: string, set: Parameters<typeof row<'person'>>[2] = {}): readonly Edit[] {
  return [row('person', name, { lastName: name, phone: `phone ${name}`, email: `${name}@private.example`, ...set })];
}

async function value<N extends HttpOperationName>(name: N, input: Input<N>, visit = anna): Promise<Output<N>> {
  const { method, path, body } = httpRequest(operations[name], input as Readonly<Record<string, unknown>>);
  return okOf<Output<N>>(await world.request(visit, method, path, body === null ? undefined : JSON.parse(body)));
}
const mine = async (propertyId = house) =>
  (await value('properties.mine', {})).find((property) => property.id === propertyId);

describe('the board', () => {
  const notice = (name: string, set: Parameters<typeof row<'notice'>>[2]) =>
    row('notice', name, { propertyId: house, audienceGroups: ['tenant'], title: name, ...set });

  test('is pinned on top, then newest first, with author, files and text as it was written', async () => {
    const file = await world.keep(org, 'plan.txt', 'plan');
    const body = '{"type":"doc","content":[{"type":"text","text":"<b>&\\"\'"}]}';
    await world.write(org, [
      notice('older', { publishedAt: at(-2 * day) }),
      notice('newer', { publishedAt: at(-day), body }),
      notice('pinned', { publishedAt: at(-9 * day), pinned: true }),
      notice('of anna', { publishedAt: at(-8 * day), authorKind: 'resident', authorId: idOf('account of anna') }),
      notice('for owners', { audienceGroups: ['owner'] }),
      row('attachment', 'plan', { ...file, parent: 'notice', parentId: idOf('newer') }),
    ]);
    const { notices } = await value('notices.board', here);
    expect(notices.map((row) => [row.title, row.authorName, row.files.map((one) => one.fileName)])).toEqual([
      ['pinned', 'Vera Verwalterin', []],
      ['newer', 'Vera Verwalterin', ['plan.txt']],
      ['older', 'Vera Verwalterin', []],
      ['of anna', 'Dr. Anna Ähre', []],
    ]);
    expect(notices[1]?.body).toBe(body);
  });

  test('says what is new since the last visit, also a notice that waited for its day', async () => {
    const news = async () =>
      (await value('notices.board', here)).notices.filter((one) => one.isNew).map((one) => one.title);
    await value('notices.seen', here);
    expect((await mine())?.unread.notices).toBe(0);
    await world.write(org, [notice('waits', { publishedAt: at(-day), visibleFrom: '2026-06-16' })]);
    world.clock.now = testNow + day;
    await world.write(org, [notice('fresh', { publishedAt: at(day) })]);
    expect((await mine())?.unread.notices).toBe(2);
    expect((await news()).sort()).toEqual(['fresh', 'waits']);
    await value('notices.seen', here);
    expect((await mine())?.unread.notices).toBe(0);
    expect((await news()).sort()).toEqual(['fresh', 'waits']);
    world.clock.now = testNow + 3 * day;
    expect(await news()).toEqual([]);
  });
});

describe('documents', () => {
  test('come by category, newest first, with the newest version whose file is here', async () => {
    const document = (name: string, set: Parameters<typeof row<'document'>>[2]) =>
      row('document', name, { propertyId: house, audienceGroups: ['tenant'], title: name, ...set });
    const first = await world.keep(org, 'first.txt', 'first');
    const second = await world.keep(org, 'second.txt', 'second');
    const file = (name: string, parent: string, fields: Parameters<typeof row<'attachment'>>[2]) =>
      row('attachment', name, { parent: 'document', parentId: idOf(parent), ...fields });
    await world.write(org, [
      row('documentCategory', 'rules', { name: 'Hausordnung', position: 1 }),
      row('documentCategory', 'bills', { name: 'Abrechnungen', position: 2 }),
      document('bill', { categoryId: idOf('bills'), publishedAt: at(-day) }),
      document('rules old', { categoryId: idOf('rules'), publishedAt: at(-3 * day) }),
      document('rules new', { categoryId: idOf('rules'), publishedAt: at(-2 * day) }),
      document('loose', { publishedAt: at(-day) }),
      ...['bill', 'rules old', 'loose'].map((name) => file(`file of ${name}`, name, first)),
      file('version 1', 'rules new', { ...first, createdAt: at(-5 * day) }),
      file('version 2', 'rules new', { ...second, createdAt: at(-4 * day) }),
      file('version 3', 'rules new', { sha256: 'e'.repeat(64), fileName: 'third.txt', createdAt: at(-3 * day) }),
    ]);
    const { documents } = await value('documents.released', here);
    expect(documents.map((one) => [one.title, one.category, one.file.fileName, one.isNew])).toEqual([
      ['rules new', 'Hausordnung', 'second.txt', true],
      ['rules old', 'Hausordnung', 'first.txt', true],
      ['bill', 'Abrechnungen', 'first.txt', true],
      ['loose', null, 'first.txt', true],
    ]);
    expect((await mine())?.unread.documents).toBe(4);
    await value('documents.seen', here);
    expect((await mine())?.unread.documents).toBe(0);
  });
});

describe('the directory', () => {
  test('lists who is registered and wants to be, with no more than they consented to', async () => {
    const member = (name: string, group: 'tenant' | 'owner', account: Parameters<typeof row<'account'>>[2]) => [
      ...person(name, { firstName: null, lastName: name }),
      row('membership', `flat of ${name}`, { personId: idOf(name), propertyId: house, unitId: idOf('flat 2'), group }),
      row('account', `account of ${name}`, { personId: idOf(name), loginEmail: `${name}@login.example`, ...account }),
    ];
    await world.write(org, [
      ...member('zoe', 'owner', { showPhone: true, showEmail: true }),
      ...member('emil', 'owner', {}),
      ...member('open', 'tenant', { showInDirectory: true }),
      ...member('shy', 'tenant', { showPhone: true, showEmail: true }),
      ...member('invited', 'owner', { registeredAt: null }),
      ...member('gone', 'owner', { disabledAt: at(-day) }),
      { entity: 'account', id: idOf('account of anna'), set: { showInDirectory: true } },
    ]);
    expect((await value('people.directory', here)).map(({ accountId: _, ...one }) => one)).toEqual([
      { name: 'Dr. Anna Ähre', groups: ['tenant'], units: ['2', '10'], photo: null, email: null, phone: null },
      { name: 'emil', groups: ['owner'], units: ['2'], photo: null, email: null, phone: null },
      { name: 'open', groups: ['tenant'], units: ['2'], photo: null, email: null, phone: null },
      { name: 'zoe', groups: ['owner'], units: ['2'], photo: null, email: 'zoe@login.example', phone: 'phone zoe' },
    ]);
  });
});

describe('my properties', () => {
  test('name the groups, units and what is open there', async () => {
    expect(await mine()).toMatchObject({
      organisationName: 'Hausverwaltung Elbe',
      name: 'WEG Am Mühlbach 93',
      groups: ['tenant'],
      units: [{ number: '2' }, { number: '10' }],
      may: { board: true, directory: true, write: true },
    });
  });

  test('are those of all persons of a login, each thing once', async () => {
    await world.write(org, [
      ...person('firm', { company: 'Ähre GmbH', lastName: null }),
      row('membership', 'firm owns', { personId: idOf('firm'), propertyId: house, group: 'owner' }),
      row('account', 'account of firm', { personId: idOf('firm'), loginEmail: 'both@example.org' }),
      ...person('carla'),
      row('membership', 'flat of carla', { personId: idOf('carla'), propertyId: house, unitId: idOf('flat 10') }),
      row('account', 'account of carla', { personId: idOf('carla'), loginEmail: 'both@example.org' }),
      row('notice', 'for both', { propertyId: house, audienceGroups: ['tenant', 'owner'], title: 'for both' }),
    ]);
    const both = await world.login(
      'both@example.org',
      ['firm', 'carla'].map((name) => ({ organisationId: org, accountId: idOf(`account of ${name}`) })),
    );
    const properties = await value('properties.mine', {}, both);
    expect(properties.map((property) => [property.id, property.groups])).toEqual([[house, ['tenant', 'owner']]]);
    const titles = (await value('notices.board', here, both)).notices.map((notice) => notice.title);
    expect(titles.filter((title) => title === 'for both')).toHaveLength(1);
    expect(titles).toContain('for owners');
  });

  test('hold a property of which somebody was given a document or a conversation, and no other', async () => {
    const file = await world.keep(org, 'letter.txt', 'letter');
    await world.write(org, [
      row('property', 'with document', { number: '201', name: 'B' }),
      row('document', 'for anna', { propertyId: idOf('with document'), audiencePersonIds: [idOf('anna')] }),
      row('attachment', 'letter', { ...file, parent: 'document', parentId: idOf('for anna') }),
      row('property', 'with activity', { number: '202', name: 'C' }),
      row('activity', 'linked', { propertyId: idOf('with activity'), statusId: idOf('new') }),
      row('activityPerson', 'link', { activityId: idOf('linked'), personId: idOf('anna') }),
      row('entry', 'answer', { activityId: idOf('linked') }),
      row('property', 'with nothing', { number: '203', name: 'D' }),
      row('property', 'without a file', { number: '204', name: 'E' }),
      row('document', 'empty', { propertyId: idOf('without a file'), audiencePersonIds: [idOf('anna')] }),
    ]);
    const properties = await value('properties.mine', {});
    expect(properties.map((property) => [property.name, property.may.board, property.unread])).toEqual([
      ['B', false, { notices: 0, documents: 1, messages: 0 }],
      ['C', false, { notices: 0, documents: 0, messages: 1 }],
      ['WEG Am Mühlbach 93', true, expect.anything()],
    ]);
    const there = { organisationId: org, propertyId: idOf('with activity') };
    expect((await value('activities.mine', there)).activities).toHaveLength(1);
  });

  test('cost the same number of queries however many there are', async () => {
    const counted = async () => {
      let queries = 0;
      const pool = new pg.Pool({ connectionString: world.databaseUrl });
      const db = drizzle(pool, { logger: { logQuery: () => (queries += 1) } });
      const account = { organisationId: org, accountId: idOf('account of anna'), personId: idOf('anna') };
      const context = {
        company: createCompanyRunner(db, () => Promise.reject(new Error('nothing is written'))),
        caller: { kind: 'resident', loginId: 'x', email: 'x', accounts: [account] },
        now: () => testNow,
      } as unknown as RequestContext;
      const properties = await propertiesHandlers['properties.mine'](context, {});
      await pool.end();
      return { queries, properties: properties.length };
    };
    const before = await counted();
    await world.write(
      org,
      Array.from({ length: 30 }, (_, index) => [
        row('property', `p${index}`, { number: `3${index}` }),
        row('membership', `m${index}`, { personId: idOf('anna'), propertyId: idOf(`p${index}`) }),
        row('notice', `n${index}`, { propertyId: idOf(`p${index}`), audienceGroups: ['tenant'] }),
        row('activity', `a${index}`, { propertyId: idOf(`p${index}`), statusId: idOf('new') }),
        row('activityPerson', `l${index}`, { activityId: idOf(`a${index}`), personId: idOf('anna') }),
        row('entry', `e${index}`, { activityId: idOf(`a${index}`) }),
      ]).flat(),
    );
    const after = await counted();
    expect(after).toEqual({ queries: before.queries, properties: before.properties + 30 });
  });
});
