import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blobId } from '../../../shared/features/files/model.ts';
import { openCompany, type TestDesk } from '../../../tests/setup/desk.ts';

let desk: TestDesk;
beforeEach(async () => {
  desk = await openCompany();
});
afterEach(() => desk.close());

const property = async (number: string, online = true) =>
  (await desk.call('properties.save', { fields: { number, name: 'Haus', kind: 'weg', online } })).id;
const person = async (lastName: string, email: string | null = null) =>
  (await desk.call('people.save', { fields: { lastName, email } })).id;
const member = (personId: string, propertyId: string, group: 'tenant' | 'owner', period: object = {}) =>
  desk.call('people.saveMembership', { fields: { personId, propertyId, group, ...period } });
const body = JSON.stringify({ type: 'doc', content: [{ type: 'paragraph' }] });

describe('the publication', () => {
  const register = async (personId: string) => {
    await desk.call('accounts.invite', { personIds: [personId], channel: 'letter' });
    desk.arrive('server', {
      entity: 'account',
      id: desk.context.naturalId('account', personId),
      set: { registeredAt: '2026-11-23T13:00:00.000Z', loginEmail: 'a@example.org' },
    });
  };
  const items = async () => (await desk.call('sync.publication', {})).items;

  it('is empty when nothing waits', async () => {
    await property('1');
    expect(await desk.call('sync.publication', {})).toEqual({ items: [], mails: 0 });
  });

  it('counts everybody who will see a document: members of today, or of its period, and named ones', async () => {
    const id = await property('107');
    const [tenant, former, owner, named] = [
      await person('Mieter'),
      await person('Früher'),
      await person('Eigner'),
      await person('Genannt'),
    ];
    await member(tenant, id, 'tenant', { from: '2026-01-01' });
    await member(former, id, 'tenant', { from: '2025-01-01', to: '2025-12-31' });
    await member(owner, id, 'owner');
    await register(tenant);
    desk.settle();
    const create = async (given: object) => {
      const { id: documentId } = await desk.call('documents.create', {
        fields: {
          propertyId: id,
          title: 'Hausordnung',
          categoryId: null,
          audienceGroups: ['tenant'],
          audiencePersonIds: [],
          periodFrom: null,
          periodTo: null,
          ...given,
        },
        file: await desk.stage('ordnung.txt', `Ruhe ${JSON.stringify(given)}`),
      });
      await desk.call('documents.publish', { ids: [documentId] });
      return documentId;
    };
    const undated = await create({});
    const dated = await create({ periodFrom: '2025-01-01', periodTo: '2025-12-31', title: 'Abrechnung' });
    const personal = await create({ audienceGroups: [], audiencePersonIds: [named], title: 'Brief' });
    expect(await items()).toMatchObject([
      { id: undated, kind: 'document', title: 'Hausordnung', place: '107 Haus', audience: 1, waitsForFile: true },
      { id: dated, audience: 1 },
      { id: personal, audience: 1 },
    ]);
    // Only the tenant of today has an account, and the dated one is not for them.
    expect((await desk.call('sync.publication', {})).mails).toBe(1);
    const { sha256 } = (await desk.call('documents.get', { id: undated })).versions[0] ?? { sha256: '' };
    desk.arrive('server', {
      entity: 'blob',
      id: blobId(sha256),
      set: { sha256, size: 9, mediaType: 'text/plain', availableAt: '2026-11-23T13:00:05.000Z' },
    });
    expect((await items())[0]).toMatchObject({ waitsForFile: false });
    await desk.call('documents.withdraw', { ids: [dated, personal] });
    await desk.call('properties.save', { id, fields: { online: false } });
    expect(await items()).toMatchObject([{ id: undated, audience: 0 }]);
  });

  it('shows changes of what is released until they are sent, without a mail', async () => {
    const propertyId = await property('1');
    const tenant = await person('Mieter');
    await member(tenant, propertyId, 'tenant');
    await register(tenant);
    const { id } = await desk.call('notices.save', {
      fields: { propertyId, title: 'Heizung', body, audienceGroups: ['tenant'], visibleFrom: '2027-01-01' },
    });
    expect(await items()).toMatchObject([]);
    await desk.call('notices.publish', { ids: [id] });
    expect(await desk.call('sync.publication', {})).toMatchObject({
      items: [{ kind: 'notice', audience: 1 }],
      mails: 1,
    });
    desk.settle();
    desk.arrive('server', {
      entity: 'notice',
      id,
      set: { state: 'published', publishedAt: '2026-11-23T13:00:00.000Z' },
    });
    expect(await items()).toEqual([]);
    await desk.call('notices.save', { id, fields: {}, addFiles: [await desk.stage('a.txt', 'a')] });
    expect(await desk.call('sync.publication', {})).toMatchObject({
      items: [{ id, kind: 'notice', audience: 1, waitsForFile: true }],
      mails: 0,
    });
  });

  it('counts the linked persons of released entries, and never an internal one', async () => {
    const propertyId = await property('1');
    const [tenant, lapsed] = [await person('Mieter'), await person('Weg')];
    await member(tenant, propertyId, 'tenant');
    await member(lapsed, propertyId, 'tenant', { from: '2020-01-01', to: '2020-12-31' });
    await register(tenant);
    desk.settle();
    const { id } = await desk.call('activities.create', {
      subject: 'Wasserschaden',
      propertyId,
      unitId: null,
      topicId: null,
      personIds: [tenant, lapsed],
      entry: { kind: 'message', body: 'Wir kommen', released: true },
    });
    await desk.call('activities.addEntry', { activityId: id, entry: { kind: 'note', body: 'x', released: false } });
    expect(await desk.call('sync.publication', {})).toMatchObject({
      items: [{ kind: 'entry', title: 'Wasserschaden', place: '1 Haus', audience: 1, waitsForFile: false }],
      mails: 1,
    });
    const entryId = (await desk.call('activities.get', { id })).entries[0]?.id ?? '';
    await desk.call('activities.setRelease', { entryId, released: false });
    expect(await items()).toEqual([]);
  });

  it('names invitations that wait, and counts those by mail', async () => {
    const propertyId = await property('1');
    const [anna, bea] = [await person('Anna', 'anna@example.org'), await person('Bea')];
    await member(anna, propertyId, 'tenant');
    await desk.call('accounts.invite', { personIds: [anna], channel: 'mail' });
    await desk.call('accounts.invite', { personIds: [bea], channel: 'letter' });
    const publication = await desk.call('sync.publication', {});
    expect(publication.mails).toBe(1);
    expect(publication.items.map(({ kind, title, place }) => [kind, title, place])).toEqual(
      expect.arrayContaining([
        ['invitation', 'Anna', '1'],
        ['invitation', 'Bea', ''],
      ]),
    );
    await desk.call('accounts.disable', { ids: [desk.context.naturalId('account', anna)] });
    expect(await items()).toMatchObject([{ title: 'Bea' }]);
    desk.settle();
    expect(await items()).toEqual([]);
  });
});
