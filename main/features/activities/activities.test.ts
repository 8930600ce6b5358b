import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '../../../shared/contract/registry.ts';
import { formatHlc } from '../../../shared/sync/clock.ts';
import { openCompany, type TestDesk } from '../../../tests/setup/desk.ts';

let desk: TestDesk;
let status: (key: 'new' | 'working' | 'waiting' | 'closed') => string;
beforeEach(async () => {
  desk = await openCompany();
  status = (key) => desk.context.naturalId('status', key);
});
afterEach(() => desk.close());

type NewEntry = Input<'activities.addEntry'>['entry'];
const message = (body = 'Guten Tag', released = true): NewEntry => ({ kind: 'message', body, released });
const note = (body = 'Intern'): NewEntry => ({ kind: 'note', body, released: false });

const person = async (lastName: string) =>
  (
    await desk.call('people.save', {
      fields: { lastName, email: `${lastName.toLowerCase().replace('ü', 'ue')}@example.org` },
    })
  ).id;
const create = async (entry = message(), personIds: string[] = [], subject = 'Heizung') =>
  (
    await desk.call('activities.create', {
      subject,
      propertyId: null,
      unitId: null,
      topicId: null,
      personIds,
      entry,
    })
  ).id;
const get = (id: string) => desk.call('activities.get', { id });
const filters = ['new', 'mine', 'waiting', 'open', 'closed', 'all'] as const;
/** The filters that hold an activity, by the lists; the counts have to say the same. */
async function filtersOf(id: string): Promise<readonly string[]> {
  const held: string[] = [];
  const counts = await desk.call('activities.counts', {});
  for (const filter of filters) {
    const list = await desk.call('activities.list', { filter });
    expect(list.total).toBe(counts[filter]);
    if (list.rows.some((row) => row.id === id)) held.push(filter);
  }
  return held;
}

/** A resident's message as it comes by the sync; answers its stamp. */
function residentWrites(activityId: string, personId: string, body = 'Es tropft'): string {
  desk.tick(1000);
  const stamp = formatHlc(desk.context.now());
  desk.arrive('account:x', {
    entity: 'entry',
    id: desk.context.newId(),
    set: {
      activityId,
      kind: 'message',
      authorKind: 'resident',
      authorId: personId,
      authorName: 'Anna Bauer',
      body,
      createdAt: new Date(desk.context.now()).toISOString(),
      stamp,
      released: true,
      releasedAt: new Date(desk.context.now()).toISOString(),
    },
  });
  desk.tick(1000);
  return stamp;
}

/** An activity that a resident opened. */
function residentOpens(personId: string): string {
  const id = desk.context.newId();
  desk.arrive('account:x', {
    entity: 'activity',
    id,
    set: {
      number: 7,
      subject: 'Wasserschaden',
      propertyId: null,
      unitId: null,
      topicId: null,
      statusId: status('new'),
      statusSeen: null,
      assigneeId: null,
      dueOn: null,
      handledThrough: null,
      openedBy: 'resident',
      createdAt: new Date(desk.context.now()).toISOString(),
    },
  });
  residentWrites(id, personId);
  return id;
}

describe('an activity of the desk', () => {
  it('opens as new, provisional, mine, with its first entry and people', async () => {
    const anna = await person('Anna');
    const id = await create(message('Guten Tag,\n\n  wir kommen   morgen.'), [anna]);
    expect(await get(id)).toMatchObject({
      provisional: true,
      globe: true,
      isNew: false,
      activity: { number: null, statusId: status('new'), assigneeId: desk.context.identity().staffId },
      people: [{ personId: anna, name: 'Anna', registered: false, email: 'anna@example.org' }],
      entries: [{ authorName: 'Petra Verwalter', authorKind: 'staff', released: true, pending: true, deliveries: [] }],
    });
    expect(await filtersOf(id)).toEqual(['mine', 'open', 'all']);
    expect((await desk.call('activities.list', { filter: 'all' })).rows[0]).toMatchObject({
      people: ['Anna'],
      preview: 'Guten Tag, wir kommen morgen.',
      entryCount: 1,
      provisional: true,
      globe: true,
    });
    desk.settle();
    expect((await get(id)).entries[0]?.pending).toBe(false);
  });

  it('shows no globe as long as everything is internal', async () => {
    const id = await create(note());
    expect((await get(id)).globe).toBe(false);
    await desk.call('activities.addEntry', { activityId: id, entry: message('Antwort', false) });
    const { entries, globe } = await get(id);
    expect(globe).toBe(false);
    await desk.call('activities.setRelease', { entryId: entries[1]?.id ?? '', released: true });
    const after = await get(id);
    expect(after.globe).toBe(true);
    expect(after.entries[1]?.releasedAt).not.toBeNull();
    await desk.call('activities.setRelease', { entryId: entries[1]?.id ?? '', released: false });
    expect((await get(id)).entries[1]).toMatchObject({ released: false, releasedAt: null });
    expect((await get(id)).globe).toBe(false);
  });

  it('never releases a note, and never touches what a resident wrote', async () => {
    expect(
      await desk.failure('activities.create', {
        subject: 'x',
        propertyId: null,
        unitId: null,
        topicId: null,
        personIds: [],
        entry: { ...note(), released: true },
      }),
    ).toMatchObject({ code: 'invalid-input', details: { field: 'released' } });
    const id = residentOpens(await person('Anna'));
    const entry = { ...note(), released: true };
    expect(await desk.failure('activities.addEntry', { activityId: id, entry })).toMatchObject({
      code: 'invalid-input',
    });
    await desk.call('activities.addEntry', { activityId: id, entry: note() });
    const [theirs, ours] = (await get(id)).entries;
    expect(await desk.failure('activities.setRelease', { entryId: ours?.id ?? '', released: true })).toMatchObject({
      code: 'invalid-input',
    });
    expect(await desk.failure('activities.setRelease', { entryId: theirs?.id ?? '', released: false })).toMatchObject({
      code: 'not-possible-now',
    });
  });

  it('keeps files in their order, and refuses what is not staged', async () => {
    const files = [await desk.stage('b.txt', 'zwei'), await desk.stage('a.txt', 'eins')];
    const id = await create({ ...message(''), files });
    expect((await get(id)).entries[0]?.files).toMatchObject([
      { fileName: 'b.txt', size: 4, local: true, uploadPending: true },
      { fileName: 'a.txt', size: 4, local: true, uploadPending: true },
    ]);
    const missing = { sha256: 'b'.repeat(64), fileName: 'x.pdf', mediaType: 'application/pdf', size: 10 };
    expect(
      await desk.failure('activities.addEntry', { activityId: id, entry: { ...message(), files: [missing] } }),
    ).toMatchObject({ code: 'file-missing', details: { fileName: 'x.pdf' } });
    const renamed = files.slice(0, 1).map((file) => ({ ...file, fileName: '../../x.txt' }));
    expect(
      await desk.failure('activities.addEntry', {
        activityId: id,
        entry: { ...message(), files: renamed },
      }),
    ).toMatchObject({ code: 'file-name-invalid' });
    expect(await desk.failure('activities.addEntry', { activityId: id, entry: message(' \n') })).toMatchObject({
      code: 'invalid-input',
      details: { field: 'body' },
    });
  });
});

describe('Neu', () => {
  it('holds what a resident wrote until it is answered', async () => {
    const id = residentOpens(await person('Anna'));
    expect(await filtersOf(id)).toEqual(['new', 'open', 'all']);
    expect(await get(id)).toMatchObject({ isNew: true, globe: true, provisional: false });
    await desk.call('activities.addEntry', { activityId: id, entry: note() });
    await desk.call('activities.addEntry', { activityId: id, entry: message('Entwurf', false) });
    expect((await get(id)).isNew).toBe(true);
    const draft = (await get(id)).entries.at(-1)?.id ?? '';
    await desk.call('activities.setRelease', { entryId: draft, released: true });
    expect(await filtersOf(id)).toEqual(['open', 'all']);
    // Taking the release back does not make the message new again.
    await desk.call('activities.setRelease', { entryId: draft, released: false });
    expect((await get(id)).isNew).toBe(false);
  });

  it('keeps a message that an older answer could not know', async () => {
    const anna = await person('Anna');
    const id = residentOpens(anna);
    await desk.call('activities.addEntry', { activityId: id, entry: message('Entwurf', false) });
    const draft = (await get(id)).entries.at(-1)?.id ?? '';
    residentWrites(id, anna, 'Und noch etwas');
    await desk.call('activities.setRelease', { entryId: draft, released: true });
    expect((await get(id)).isNew).toBe(true);
    await desk.call('activities.addEntry', { activityId: id, entry: message('Jetzt alles') });
    expect((await get(id)).isNew).toBe(false);
  });

  it('is emptied and filled by hand, for many at once', async () => {
    const anna = await person('Anna');
    const ids = [residentOpens(anna), residentOpens(anna), await create(note())];
    await desk.call('activities.markHandled', { ids, handled: true });
    expect((await desk.call('activities.counts', {})).new).toBe(0);
    await desk.call('activities.markHandled', { ids, handled: false });
    expect((await desk.call('activities.counts', {})).new).toBe(2);
  });
});

describe('the status', () => {
  it('closes with what was seen, empties Neu, and does not stand against a message it had not seen', async () => {
    const anna = await person('Anna');
    const id = residentOpens(anna);
    await desk.call('activities.setStatus', { ids: [id], statusId: status('closed') });
    expect(await filtersOf(id)).toEqual(['closed', 'all']);
    const stamp = residentWrites(id, anna, 'Es tropft wieder');
    expect(await filtersOf(id)).toEqual(['new', 'open', 'all']);
    await desk.call('activities.setStatus', { ids: [id], statusId: status('closed') });
    expect((await get(id)).activity).toMatchObject({ statusSeen: stamp, handledThrough: stamp });
    expect(await filtersOf(id)).toEqual(['closed', 'all']);
  });

  it('does not empty Neu where it does not close', async () => {
    const id = residentOpens(await person('Anna'));
    await desk.call('activities.setStatus', { ids: [id], statusId: status('waiting') });
    expect(await filtersOf(id)).toEqual(['new', 'waiting', 'open', 'all']);
    await desk.call('activities.save', { id, fields: { assigneeId: desk.context.identity().staffId } });
    expect(await filtersOf(id)).toContain('mine');
  });

  it('has to be there', async () => {
    const id = await create();
    expect(await desk.failure('activities.setStatus', { ids: [id], statusId: desk.context.newId() })).toMatchObject({
      code: 'not-found',
      details: { field: 'statusId' },
    });
  });
});

describe('place, topic, assignee', () => {
  it('keeps unit and property together', async () => {
    const property = async (number: string) =>
      (await desk.call('properties.save', { fields: { number, name: number, kind: 'weg' } })).id;
    const [one, two] = [await property('1'), await property('2')];
    const unitId = (await desk.call('properties.saveUnit', { fields: { propertyId: one, number: '01' } })).id;
    const id = await create();
    expect(await desk.failure('activities.save', { id, fields: { propertyId: two, unitId } })).toMatchObject({
      code: 'invalid-input',
      details: { field: 'unitId' },
    });
    await desk.call('activities.save', { id, fields: { propertyId: one, unitId } });
    expect((await desk.call('activities.list', { filter: 'all', propertyId: one })).rows).toMatchObject([
      { propertyNumber: '1', unitNumber: '01' },
    ]);
    expect((await desk.call('properties.get', { id: one })).counts.openActivities).toBe(1);
    await desk.call('activities.save', { id, fields: { propertyId: two } });
    expect((await get(id)).activity).toMatchObject({ propertyId: two, unitId: null });
  });

  it('refuses what is not there, but keeps what was deleted later', async () => {
    const id = await create();
    for (const field of ['topicId', 'propertyId', 'unitId', 'assigneeId']) {
      expect(await desk.failure('activities.save', { id, fields: { [field]: desk.context.newId() } })).toMatchObject({
        code: 'not-found',
        details: { field },
      });
    }
    const propertyId = (await desk.call('properties.save', { fields: { number: '1', name: 'A', kind: 'weg' } })).id;
    await desk.call('activities.save', { id, fields: { propertyId } });
    await desk.call('properties.remove', { ids: [propertyId] });
    await desk.call('activities.save', { id, fields: { propertyId, subject: ' Neu ', dueOn: '2026-12-01' } });
    expect((await get(id)).activity).toMatchObject({ subject: 'Neu', propertyId, dueOn: '2026-12-01' });
  });
});

describe('linked persons', () => {
  it('are linked once on every desk, unlinked and linked again', async () => {
    const [anna, bea] = [await person('Anna'), await person('Bea')];
    const id = await create(message(), [anna]);
    await desk.call('activities.linkPeople', { activityId: id, personIds: [anna, bea, bea] });
    expect((await get(id)).people.map((one) => one.name)).toEqual(['Anna', 'Bea']);
    const before = desk.queued().length;
    await desk.call('activities.linkPeople', { activityId: id, personIds: [anna] });
    expect(desk.queued().length).toBe(before);
    await desk.call('activities.unlinkPerson', { activityId: id, personId: anna });
    expect((await get(id)).people.map((one) => one.name)).toEqual(['Bea']);
    expect((await desk.call('activities.list', { filter: 'all', personId: anna })).total).toBe(0);
    await desk.call('activities.linkPeople', { activityId: id, personIds: [anna] });
    expect((await desk.call('activities.list', { filter: 'all', personId: anna })).total).toBe(1);
    expect(
      await desk.failure('activities.linkPeople', { activityId: id, personIds: [desk.context.newId()] }),
    ).toMatchObject({ code: 'not-found' });
  });
});

describe('the list', () => {
  it('sorts by the newest entry and finds subjects, people and words of messages', async () => {
    const anna = await person('Müller');
    const first = await create(message('100% Wasser_schaden'), [anna], 'Keller');
    desk.tick(1000);
    const second = await create(note('Rückruf'), [], 'Dach');
    const ids = async (query: string) =>
      (await desk.call('activities.list', { filter: 'all', query })).rows.map((row) => row.id);
    expect(await ids('')).toEqual([second, first]);
    residentWrites(first, anna, 'Danke');
    expect(await ids('')).toEqual([first, second]);
    expect(await ids('mueller')).toEqual([first]);
    expect(await ids('dach')).toEqual([second]);
    expect(await ids('100% wasser_')).toEqual([first]);
    expect(await ids('100%schaden')).toEqual([]);
    expect(await ids('keller Danke')).toEqual([]);
    expect(
      (await desk.call('activities.list', { filter: 'all', sort: 'subject' })).rows.map((row) => row.subject),
    ).toEqual(['Dach', 'Keller']);
  });

  it('shows who was told', async () => {
    const anna = await person('Anna');
    const id = await create(message(), [anna]);
    const entryId = (await get(id)).entries[0]?.id ?? '';
    desk.arrive('server', {
      entity: 'delivery',
      id: desk.context.newId(),
      set: {
        kind: 'entry',
        subjectId: entryId,
        personId: anna,
        channel: 'mail',
        address: 'anna@example.org',
        state: 'sent',
        at: '2026-11-23T13:01:00.000Z',
        problem: null,
      },
    });
    expect((await get(id)).entries[0]?.deliveries).toEqual([
      { personId: anna, personName: 'Anna', channel: 'mail', state: 'sent', at: '2026-11-23T13:01:00.000Z' },
    ]);
  });
});
