import { afterEach, beforeEach, expect, test } from 'vitest';
import { blobId } from '../../../shared/features/files/model.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import { idOf, row } from '../../../tests/access/rows.ts';
import { openCompany, type TestDesk } from '../../../tests/setup/desk.ts';

let desk: TestDesk;
beforeEach(async () => {
  desk = await openCompany();
});
afterEach(() => desk.close());

const waiting = (...names: readonly string[]) => desk.call('sync.waiting', { ids: names.map(idOf) });

test('a row waits until its change is acknowledged, and what hangs on it counts with it', async () => {
  desk.arrive(
    'vera',
    row('property', 'house'),
    row('property', 'other'),
    row('portalSetting', 'settings', { propertyId: idOf('house') }),
    row('activity', 'matter'),
    row('entry', 'entry', { activityId: idOf('matter') }),
    row('person', 'anna'),
  );
  const all = ['house', 'other', 'matter', 'anna'];
  expect(await waiting(...all)).toEqual({ changes: [], files: [] });
  desk.context.write([
    { entity: 'portalSetting', id: idOf('settings'), set: { residentsMayPost: 'everybody' } },
    { entity: 'entry', id: idOf('entry'), set: { deleted: true } },
    { entity: 'person', id: idOf('anna'), set: { lastName: 'Öhler' } },
  ]);
  expect(await waiting(...all)).toEqual({ changes: ['house', 'matter', 'anna'].map(idOf), files: [] });
  desk.settle();
  expect(await waiting(...all)).toEqual({ changes: [], files: [] });
});

test('a row waits for its files until the viewer holds them', async () => {
  const sha256 = 'ab'.repeat(32);
  const file = (name: string, parent: 'document' | 'notice' | 'entry') =>
    row('attachment', name, { parent, parentId: idOf(name.replace('of ', '')), sha256, size: 4 });
  desk.arrive(
    'vera',
    row('activity', 'matter'),
    row('entry', 'entry', { activityId: idOf('matter') }),
    row('document', 'paper'),
    row('notice', 'note'),
    row('notice', 'plain'),
    file('of entry', 'entry'),
    file('of paper', 'document'),
    file('of note', 'notice'),
  );
  const all = ['matter', 'entry', 'paper', 'note', 'plain'];
  expect((await waiting(...all)).files).toEqual(['matter', 'entry', 'paper', 'note'].map(idOf));
  desk.arrive('server', {
    ...row('blob', sha256, { sha256, size: 4, mediaType: 'text/plain' }),
    id: blobId(sha256),
  } as Edit);
  expect((await waiting(...all)).files).toEqual([]);
});

test('an activity waits with the entry that was just written', async () => {
  const { id } = await desk.call('activities.create', {
    subject: 'Akte',
    propertyId: null,
    unitId: null,
    topicId: null,
    personIds: [],
    entry: { kind: 'note', body: 'eins', released: false, files: [] },
  });
  desk.settle();
  expect((await desk.call('sync.waiting', { ids: [id] })).changes).toEqual([]);
  await desk.call('activities.addEntry', {
    activityId: id,
    entry: { kind: 'note', body: 'zwei', released: false, files: [] },
  });
  expect((await desk.call('sync.waiting', { ids: [id] })).changes).toEqual([id]);
});
