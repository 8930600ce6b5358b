import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCompany, type TestDesk } from '../../../tests/setup/desk.ts';

let desk: TestDesk;
let propertyId: string;
beforeEach(async () => {
  desk = await openCompany();
  propertyId = (await desk.call('properties.save', { fields: { number: '107', name: 'WEG', kind: 'weg' } })).id;
});
afterEach(() => desk.close());

const body = (text: string) =>
  JSON.stringify({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] });
const save = async (given: object = {}) =>
  (await desk.call('notices.save', { fields: { propertyId, title: 'Heizung', body: body('Kalt'), ...given } })).id;
const get = (id: string) => desk.call('notices.get', { id });

describe('notices', () => {
  it('begin as drafts of whoever writes them', async () => {
    const id = await save({ title: ' Heizung ', audienceGroups: ['tenant'] });
    expect(await get(id)).toMatchObject({
      title: 'Heizung',
      state: 'draft',
      authorKind: 'staff',
      authorName: 'Petra Verwalter',
      approval: 'not-needed',
      pinned: false,
      propertyNumber: '107',
      files: [],
    });
    await desk.call('notices.save', { id, fields: { pinned: true } });
    expect(await get(id)).toMatchObject({ pinned: true, title: 'Heizung', body: body('Kalt') });
  });

  it.each([
    ['{"type":"doc","content":[{"type":"script"}]}'],
    ['<b>fett</b>'],
    ['{"type":"doc","content":[{"type":"paragraph","attrs":{"onclick":"x"}}]}'],
  ])('refuse the body %s', async (hostile) => {
    const fields = { propertyId, title: 'x', body: hostile };
    expect(await desk.failure('notices.save', { fields })).toMatchObject({
      code: 'invalid-input',
      details: { field: 'body' },
    });
    const id = await save();
    expect(await desk.failure('notices.save', { id, fields: { body: hostile } })).toMatchObject({
      code: 'invalid-input',
    });
  });

  it('add and remove files in one action, in their order', async () => {
    const addFiles = [await desk.stage('1.txt', 'eins'), await desk.stage('2.txt', 'zwei')];
    const { id } = await desk.call('notices.save', { fields: { propertyId, title: 'x', body: body('y') }, addFiles });
    const [first] = (await get(id)).files;
    await desk.call('notices.save', {
      id,
      fields: {},
      addFiles: [await desk.stage('3.txt', 'drei')],
      removeFileIds: [first?.id ?? ''],
    });
    expect((await get(id)).files.map((file) => file.fileName)).toEqual(['2.txt', '3.txt']);
    const foreign = { id: await save(), fields: {}, removeFileIds: [(await get(id)).files[0]?.id ?? ''] };
    expect(await desk.failure('notices.save', foreign)).toMatchObject({
      code: 'not-found',
      details: { field: 'removeFileIds' },
    });
    const many = await Promise.all(Array.from({ length: 19 }, (_, index) => desk.stage(`m${index}.txt`, `${index}`)));
    expect(await desk.failure('notices.save', { id, fields: {}, addFiles: many })).toMatchObject({
      code: 'invalid-input',
      details: { field: 'addFiles' },
    });
  });

  it('are published for somebody, and taken back', async () => {
    const id = await save();
    expect(await desk.failure('notices.publish', { ids: [id] })).toMatchObject({
      code: 'invalid-input',
      details: { field: 'audienceGroups', label: 'Heizung' },
    });
    await desk.call('notices.save', { id, fields: { audienceGroups: ['owner'] } });
    await desk.call('notices.publish', { ids: [id] });
    expect(await get(id)).toMatchObject({ state: 'queued', publishedAt: null });
    await desk.call('notices.withdraw', { ids: [id] });
    expect(await get(id)).toMatchObject({ state: 'draft' });
  });

  it('of residents name their author and are approved by publishing', async () => {
    const personId = (await desk.call('people.save', { fields: { firstName: 'Anna', lastName: 'Bauer' } })).id;
    await desk.call('accounts.invite', { personIds: [personId], channel: 'letter' });
    const id = desk.context.newId();
    desk.arrive('account:x', {
      entity: 'notice',
      id,
      set: {
        propertyId,
        title: 'Sommerfest',
        body: body('Alle kommen'),
        audienceGroups: ['tenant'],
        pinned: false,
        visibleFrom: null,
        visibleUntil: null,
        state: 'draft',
        publishedAt: null,
        authorKind: 'resident',
        authorId: desk.context.naturalId('account', personId),
        approval: 'waiting',
        createdAt: '2026-11-23T12:00:00.000Z',
      },
    });
    expect(await get(id)).toMatchObject({ authorName: 'Anna Bauer', approval: 'waiting' });
    await desk.call('notices.publish', { ids: [id] });
    expect(await get(id)).toMatchObject({ state: 'queued', approval: 'approved' });
  });

  it('refuse what is not there, missing fields and a reversed period', async () => {
    expect(await desk.failure('notices.save', { fields: { title: 'x', body: body('y') } })).toMatchObject({
      code: 'invalid-input',
      details: { field: 'propertyId' },
    });
    const fields = { propertyId: desk.context.newId(), title: 'x', body: body('y') };
    expect(await desk.failure('notices.save', { fields })).toMatchObject({ code: 'not-found' });
    const reversed = { propertyId, title: 'x', body: body('y'), visibleFrom: '2026-02-01', visibleUntil: '2026-01-31' };
    expect(await desk.failure('notices.save', { fields: reversed })).toMatchObject({
      code: 'invalid-input',
      details: { field: 'visibleUntil' },
    });
  });

  it('are found by title and words, deleted and restored', async () => {
    const id = await save({ body: body('Die Zähler werden abgelesen') });
    await save({ title: 'Anderes' });
    const found = async (query: string) => (await desk.call('notices.list', { query })).rows.map((row) => row.id);
    expect(await found('zaehler heizung')).toEqual([id]);
    expect(await found('paragraph')).toEqual([]);
    expect(await found("x' or '1'='1")).toEqual([]);
    await desk.call('notices.remove', { ids: [id] });
    expect(await found('Zähler')).toEqual([]);
    await desk.call('notices.restore', { ids: [id] });
    expect(await found('Zähler')).toEqual([id]);
  });
});
