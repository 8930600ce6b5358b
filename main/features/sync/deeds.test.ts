import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../shared/lib/errors.ts';
import { openCompany, type TestDesk } from '../../../tests/setup/desk.ts';
import { journalEntry } from '../../../tests/setup/journal.ts';

let desk: TestDesk;
beforeEach(async () => {
  desk = await openCompany();
});
afterEach(() => desk.close());

const property = async (number: string) =>
  (await desk.call('properties.save', { fields: { number, name: 'Haus', kind: 'weg' } })).id;
const queue = async () => (await desk.call('sync.queue', {})).rows;
const refused = async () => (await desk.call('sync.refused', {})).rows;

describe('the queue', () => {
  it('says in order what was done to what, and where', async () => {
    const id = await property('107');
    desk.settle();
    await desk.call('properties.save', { id, fields: { name: 'Lindenhof' } });
    const { id: personId } = await desk.call('people.save', { fields: { lastName: 'Weiß' } });
    await desk.call('people.remove', { ids: [personId] });
    expect(await queue()).toMatchObject([
      { deed: 'changed', fields: ['name'], row: { entity: 'property', name: '107 Lindenhof', opens: { id } } },
      { deed: 'created', row: { entity: 'person', name: 'Weiß' } },
      { deed: 'deleted', fields: [], row: { entity: 'person', presence: 'deleted' } },
    ]);
  });

  it('counts what belongs to one deed, and is read in windows', async () => {
    const id = await property('107');
    desk.settle();
    for (let index = 0; index < 30; index += 1)
      await desk.call('properties.save', { id, fields: { name: `N${index}` } });
    await desk.call('properties.remove', { ids: [id] });
    const page = await desk.call('sync.queue', { offset: 29, limit: 5 });
    expect(page.total).toBe(31);
    expect(page.rows).toMatchObject([{ deed: 'changed' }, { deed: 'deleted', more: 1 }]);
  });

  it('says that a row came back', async () => {
    const id = await property('107');
    await desk.call('properties.remove', { ids: [id] });
    desk.settle();
    await desk.call('properties.restore', { ids: [id] });
    expect(await queue()).toMatchObject([{ deed: 'restored', row: { entity: 'property' } }]);
  });
});

describe('what was refused', () => {
  /** A change of the house that the viewer refused; its row is as the viewer holds it. */
  const refusal = async (code: ErrorCode, id: string) => {
    await desk.call('properties.save', { id, fields: { name: 'Abgelehnt' } });
    const lostChangeId = desk.queued().at(-1)?.id ?? '';
    desk.refuse(code);
    desk.arrive('server', { entity: 'property', id, set: { name: 'Haus' } });
    const entry = journalEntry(desk, { kind: 'rejected', entityId: id, lostChangeId, code, lostValue: '{"name":"x"}' });
    return { entry, changesetId: (await refused())[0]?.id ?? '' };
  };
  const nameOf = async (id: string) => (await desk.call('properties.get', { id })).property.name;
  const open = async () => (await desk.call('sync.conflicts', {})).total;

  it('is shown whole, with the reason', async () => {
    const id = await property('107');
    desk.settle();
    await refusal('rejected-reference', id);
    expect(await refused()).toMatchObject([
      {
        code: 'rejected-reference',
        mayRetry: true,
        changeCount: 1,
        changes: [{ deed: 'changed', row: { entity: 'property' }, values: { name: 'Abgelehnt' } }],
      },
    ]);
  });

  it('is written again, and its entry in the journal is settled', async () => {
    const id = await property('107');
    desk.settle();
    const { changesetId } = await refusal('rejected-reference', id);
    await desk.call('sync.retryRefused', { ids: [changesetId] });
    expect(await nameOf(id)).toBe('Abgelehnt');
    expect(await refused()).toEqual([]);
    expect(await open()).toBe(0);
  });

  it('is settled without being written, from the list and from the journal, and can be called back', async () => {
    const id = await property('107');
    desk.settle();
    const first = await refusal('rejected-reference', id);
    await desk.call('sync.dismissRefused', { ids: [first.changesetId] });
    expect([await nameOf(id), await open(), await refused()]).toEqual(['Haus', 0, []]);
    desk.settle();
    const second = await refusal('rejected-reference', id);
    await desk.call('sync.resolveConflicts', { ids: [second.entry], restore: false });
    expect(await refused()).toEqual([]);
    await desk.call('sync.reopenConflicts', { ids: [second.entry] });
    expect(await refused()).toHaveLength(1);
  });

  it('comes back from the journal on the desk that wrote it', async () => {
    const id = await property('107');
    desk.settle();
    const { entry } = await refusal('rejected-reference', id);
    expect((await desk.call('sync.conflict', { id: entry })).obstacle).toBeNull();
    await desk.call('sync.resolveConflicts', { ids: [entry], restore: true });
    expect([await nameOf(id), await refused()]).toEqual(['Abgelehnt', []]);
    await desk.call('sync.reopenConflicts', { ids: [entry] });
    expect([await nameOf(id), (await refused()).length]).toEqual(['Haus', 1]);
  });

  it.each(['rejected-immutable', 'rejected-erased'] as const)('is not tried again for %s', async (code) => {
    const id = await property('107');
    desk.settle();
    const { changesetId } = await refusal(code, id);
    expect((await refused())[0]?.mayRetry).toBe(false);
    expect(await desk.failure('sync.retryRefused', { ids: [changesetId] })).toMatchObject({ code: 'not-possible-now' });
    expect(await refused()).toHaveLength(1);
  });
});
