import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '../../../shared/contract/registry.ts';
import { blobId } from '../../../shared/features/files/model.ts';
import { openCompany, type TestDesk } from '../../../tests/setup/desk.ts';

let desk: TestDesk;
let propertyId: string;
beforeEach(async () => {
  desk = await openCompany();
  propertyId = (await desk.call('properties.save', { fields: { number: '107', name: 'WEG', kind: 'weg' } })).id;
});
afterEach(() => desk.close());

type Fields = Input<'documents.create'>['fields'];
const fields = (given: Partial<Fields> = {}): Fields => ({
  propertyId,
  title: 'Hausordnung',
  categoryId: null,
  audienceGroups: ['tenant'],
  audiencePersonIds: [],
  periodFrom: null,
  periodTo: null,
  ...given,
});
const create = async (given: Partial<Fields> = {}, content = 'Ruhe') =>
  (await desk.call('documents.create', { fields: fields(given), file: await desk.stage('ordnung.txt', content) })).id;
const get = (id: string) => desk.call('documents.get', { id });

describe('documents', () => {
  it('begin as drafts with one version whose upload waits', async () => {
    const id = await create({ title: ' Hausordnung ' });
    expect(await get(id)).toMatchObject({
      title: 'Hausordnung',
      state: 'draft',
      publishedAt: null,
      propertyNumber: '107',
      categoryName: null,
      versions: [{ fileName: 'ordnung.txt', size: 4, mediaType: 'text/plain', uploadPending: true, local: true }],
    });
    const { sha256 } = (await get(id)).versions[0] ?? { sha256: '' };
    desk.arrive('server', {
      entity: 'blob',
      id: blobId(sha256),
      set: { sha256, size: 4, mediaType: 'text/plain', availableAt: '2026-11-23T13:00:05.000Z' },
    });
    expect((await get(id)).versions).toMatchObject([{ uploadPending: false }]);
  });

  it('have the newest version first', async () => {
    const id = await create();
    desk.tick(1000);
    await desk.call('documents.addVersion', { id, file: await desk.stage('ordnung-2.txt', 'Ruhe!') });
    expect((await get(id)).versions.map((version) => version.fileName)).toEqual(['ordnung-2.txt', 'ordnung.txt']);
    expect(
      await desk.failure('documents.addVersion', {
        id,
        file: { sha256: 'c'.repeat(64), fileName: 'x.pdf', mediaType: 'application/pdf', size: 1 },
      }),
    ).toMatchObject({ code: 'file-missing' });
  });

  it('take size and type from the staged bytes, not from the window', async () => {
    const staged = await desk.stage('ordnung.txt', 'Ruhe');
    const { id } = await desk.call('documents.create', {
      fields: fields(),
      file: { ...staged, size: 99, mediaType: 'text/html' },
    });
    expect((await get(id)).versions).toMatchObject([{ size: 4, mediaType: 'text/plain' }]);
  });

  it('go draft → queued and back, never to published by themselves', async () => {
    const ids = [await create(), await create()];
    await desk.call('documents.publish', { ids });
    expect((await desk.call('documents.list', { state: 'queued' })).total).toBe(2);
    const [first = '', second = ''] = ids;
    desk.arrive('server', {
      entity: 'document',
      id: first,
      set: { state: 'published', publishedAt: '2026-11-23T13:00:05.000Z' },
    });
    await desk.call('documents.publish', { ids });
    expect((await get(first)).state).toBe('published');
    await desk.call('documents.withdraw', { ids });
    expect(await get(first)).toMatchObject({ state: 'draft', publishedAt: null });
    expect(await get(second)).toMatchObject({ state: 'draft' });
  });

  it('are not published for nobody', async () => {
    const id = await create({ audienceGroups: [] });
    expect(await desk.failure('documents.publish', { ids: [id] })).toMatchObject({
      code: 'invalid-input',
      details: { field: 'audienceGroups' },
    });
    const personId = (await desk.call('people.save', { fields: { lastName: 'A' } })).id;
    await desk.call('documents.save', { id, fields: { audiencePersonIds: [personId] } });
    await desk.call('documents.publish', { ids: [id] });
    expect(
      await desk.failure('documents.save', { id, fields: { audiencePersonIds: [], audienceGroups: [] } }),
    ).toMatchObject({ code: 'invalid-input' });
  });

  it('refuse what is not there and a period that ends before it begins', async () => {
    const file = await desk.stage('ordnung.txt', 'Ruhe');
    const id = desk.context.newId();
    const given: readonly [Partial<Fields>, string][] = [
      [{ propertyId: id }, 'propertyId'],
      [{ categoryId: id }, 'categoryId'],
      [{ audiencePersonIds: [id] }, 'audiencePersonIds'],
    ];
    for (const [part, field] of given) {
      expect(await desk.failure('documents.create', { fields: fields(part), file })).toMatchObject({
        code: 'not-found',
        details: { field },
      });
    }
    expect(
      await desk.failure('documents.create', {
        fields: fields({ periodFrom: '2025-02-01', periodTo: '2025-01-31' }),
        file,
      }),
    ).toMatchObject({ code: 'invalid-input', details: { field: 'periodTo' } });
    expect(desk.queued().some((change) => change.entity === 'document')).toBe(false);
  });

  it('are found by title, category, property and file name, sorted and filtered', async () => {
    const category = desk.context.naturalId('documentCategory', 'energy');
    const id = await create({ title: 'Ausweis', categoryId: category });
    desk.tick(1000);
    const other = await create();
    const ids = async (input: Input<'documents.list'>) =>
      (await desk.call('documents.list', input)).rows.map((row) => row.id);
    expect(await ids({})).toEqual([other, id]);
    expect(await ids({ sort: 'title' })).toEqual([id, other]);
    expect(await ids({ categoryId: category })).toEqual([id]);
    expect(await ids({ query: 'energieausweis' })).toEqual([id]);
    expect(await ids({ query: '107 ordnung.txt hausordnung' })).toEqual([other]);
    expect((await desk.call('documents.list', { query: 'Energie' })).rows[0]?.categoryName).toBe('Energieausweis');
  });

  it('are deleted and restored, but not without their property', async () => {
    const id = await create();
    await desk.call('documents.remove', { ids: [id] });
    expect((await desk.call('documents.list', {})).total).toBe(0);
    expect(await desk.failure('documents.get', { id })).toMatchObject({ code: 'not-found' });
    await desk.call('properties.remove', { ids: [propertyId] });
    expect(await desk.failure('documents.restore', { ids: [id] })).toMatchObject({ code: 'not-possible-now' });
    await desk.call('properties.restore', { ids: [propertyId] });
    expect((await desk.call('documents.list', {})).total).toBe(0);
    await desk.call('documents.restore', { ids: [id] });
    expect((await get(id)).versions).toHaveLength(1);
  });
});
