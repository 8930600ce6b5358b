import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blobId } from '../../../shared/features/files/model.ts';
import type { Conflict } from '../../../shared/features/sync/model.ts';
import { formatHlc } from '../../../shared/sync/clock.ts';
import { openCompany, type TestDesk } from '../../../tests/setup/desk.ts';

let desk: TestDesk;
beforeEach(async () => {
  desk = await openCompany();
});
afterEach(() => desk.close());

const pair = () => {
  desk.sync.state = { ...desk.sync.state, connection: 'online', viewerUrl: 'https://portal.example.org' };
};
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

describe('conflicts', () => {
  const journal = (given: Partial<Omit<Conflict, 'id'>>): string => {
    const id = desk.context.newId();
    desk.arrive('server', {
      entity: 'conflict',
      id,
      set: {
        kind: 'overwritten',
        entity: 'property',
        entityId: id,
        group: 'name',
        lostValue: '{}',
        keptValue: '{}',
        lostBy: 'staff:x',
        keptBy: 'staff:y',
        lostAt: '2026-11-23T12:00:00.000Z',
        keptAt: '2026-11-23T12:30:00.000Z',
        lostChangeId: id,
        keptChangeId: null,
        code: null,
        createdAt: '2026-11-23T12:30:00.000Z',
        resolvedAt: null,
        ...given,
      },
    });
    return id;
  };
  const resolve = (ids: string[], restore: boolean) => desk.call('sync.resolveConflicts', { ids, restore });

  it('are settled with or without the lost value', async () => {
    const id = await property('1');
    const facts = { entityId: id, lostValue: '{"name":"Verloren"}' };
    const [kept, restored] = [journal(facts), journal(facts)];
    await resolve([kept], false);
    expect((await desk.call('properties.get', { id })).property.name).toBe('Haus');
    expect((await desk.call('sync.conflicts', {})).map((one) => one.id)).toEqual([restored, kept]);
    await resolve([restored], true);
    expect((await desk.call('properties.get', { id })).property.name).toBe('Verloren');
    expect((await desk.call('sync.conflicts', {})).every((one) => one.resolvedAt !== null)).toBe(true);
    await desk.call('properties.save', { id, fields: { name: 'Weiter' } });
    await resolve([restored], true);
    expect((await desk.call('properties.get', { id })).property.name).toBe('Weiter');
  });

  it('bring back a row that was deleted against an edit', async () => {
    const id = await property('1');
    await desk.call('properties.remove', { ids: [id] });
    await resolve([journal({ kind: 'edited-and-deleted', entityId: id, lostValue: '{"name":"Neu"}' })], true);
    expect((await desk.call('properties.get', { id })).property.name).toBe('Neu');
  });

  it('close again, now having seen the message', async () => {
    const { id } = await desk.call('activities.create', {
      subject: 'x',
      propertyId: null,
      unitId: null,
      topicId: null,
      personIds: [],
      entry: { kind: 'note', body: 'x', released: false },
    });
    const stamp = formatHlc(desk.context.now() + 1000);
    desk.arrive('account:x', {
      entity: 'entry',
      id: desk.context.newId(),
      set: {
        activityId: id,
        kind: 'message',
        authorKind: 'resident',
        authorId: desk.context.newId(),
        authorName: 'Anna',
        body: 'Noch was',
        createdAt: '2026-11-23T13:00:01.000Z',
        stamp,
        released: true,
        releasedAt: null,
      },
    });
    const lostValue = JSON.stringify({ statusId: desk.context.naturalId('status', 'closed'), statusSeen: null });
    await resolve(
      [journal({ kind: 'close-unseen', entity: 'activity', entityId: id, group: 'state', lostValue })],
      true,
    );
    expect((await desk.call('activities.get', { id })).activity).toMatchObject({
      statusSeen: stamp,
      handledThrough: stamp,
    });
    expect(await desk.call('activities.counts', {})).toMatchObject({ closed: 1, new: 0 });
  });

  it.each([
    ['an entity of a newer version', { entity: 'ledgerAccount', lostValue: '{"name":"x"}' }],
    ['a field of a newer version', { lostValue: '{"colour":"x"}' }],
    ['what only the server writes', { entity: 'blob', lostValue: '{"size":1}' }],
    ['nothing', { lostValue: '{}' }],
    ['no JSON', { lostValue: '<b>' }],
    ['a part of a row that never was', { lostValue: '{"name":"x"}' }],
  ])('do not restore %s, and stay open', async (_name, given) => {
    const id = journal(given);
    expect(await desk.failure('sync.resolveConflicts', { ids: [id], restore: true })).toMatchObject({
      code: 'not-possible-now',
    });
    expect((await desk.call('sync.conflicts', {}))[0]?.resolvedAt).toBeNull();
    await resolve([id], false);
  });

  it('are all restored, or none', async () => {
    const id = await property('1');
    const ids = [
      journal({ entityId: id, lostValue: '{"name":"A"}' }),
      journal({ entityId: id, lostValue: '{"name":7}' }),
    ];
    expect(await desk.failure('sync.resolveConflicts', { ids, restore: true })).toMatchObject({
      code: 'invalid-input',
    });
    expect((await desk.call('properties.get', { id })).property.name).toBe('Haus');
  });

  it('restore the company only by a manager', async () => {
    const { id } = await desk.call('settings.saveStaff', { fields: { name: 'C', email: 'c@example.org' } });
    const { organisationId } = desk.context.identity();
    desk.context.meta.set('staffId', id);
    const conflict = journal({ entity: 'organisation', entityId: organisationId, lostValue: '{"name":"X"}' });
    expect(await desk.failure('sync.resolveConflicts', { ids: [conflict], restore: true })).toMatchObject({
      code: 'rejected-role',
    });
  });
});

describe('devices', () => {
  it('are listed with their colleague, the own one marked, revoked ones last', async () => {
    const { staffId, deviceId } = desk.context.identity();
    const other = desk.context.newId();
    for (const [id, revokedAt] of [
      [other, '2026-11-23T12:00:00.000Z'],
      [deviceId, null],
    ] as const) {
      desk.arrive('server', {
        entity: 'device',
        id,
        set: {
          name: 'PC',
          staffId,
          appVersion: '0.1.0',
          pairedAt: '2026-11-23T11:00:00.000Z',
          lastContactAt: null,
          revokedAt,
        },
      });
    }
    expect(await desk.call('sync.devices', {})).toMatchObject([
      { id: deviceId, own: true, staffName: 'Petra Verwalter' },
      { id: other, own: false },
    ]);
    await desk.call('sync.revokeDevices', { ids: [other] });
    expect(desk.sync.calls).toEqual([`revoke ${other}`]);
  });

  it('are paired for oneself, a colleague, a new colleague', async () => {
    const own = desk.context.identity().staffId;
    const input = { staffId: null, staff: null };
    expect(await desk.failure('sync.invitePairing', input)).toMatchObject({ code: 'not-possible-now' });
    pair();
    expect(await desk.call('sync.invitePairing', input)).toEqual({
      code: 'ABCD-EFGH',
      expiresAt: '2026-11-23T13:15:00.000Z',
      url: 'https://portal.example.org',
    });
    expect(desk.sync.calls).toEqual(['now', `code ${own}`]);
    const staff = { name: 'Carl', email: 'carl@example.org', role: 'clerk' as const };
    await desk.call('sync.invitePairing', { staffId: null, staff });
    await desk.call('sync.invitePairing', { staffId: null, staff });
    const carl = (await desk.call('settings.lists', {})).staff.filter((one) => one.name === 'Carl');
    expect(carl).toHaveLength(1);
    expect(
      await desk.failure('sync.invitePairing', { staffId: null, staff: { ...staff, name: 'Jemand' } }),
    ).toMatchObject({
      code: 'already-exists',
    });
    expect(await desk.failure('sync.invitePairing', { staffId: own, staff })).toMatchObject({ code: 'invalid-input' });
    expect(await desk.failure('sync.invitePairing', { staffId: desk.context.newId(), staff: null })).toMatchObject({
      code: 'not-found',
    });
  });

  it('are not paired by a clerk in somebody else’s name', async () => {
    pair();
    const manager = desk.context.identity().staffId;
    const { id } = await desk.call('settings.saveStaff', { fields: { name: 'C', email: 'c@example.org' } });
    desk.context.meta.set('staffId', id);
    expect(await desk.failure('sync.invitePairing', { staffId: manager, staff: null })).toMatchObject({
      code: 'rejected-role',
    });
    const staff = { name: 'D', email: 'd@example.org', role: 'manager' as const };
    expect(await desk.failure('sync.invitePairing', { staffId: null, staff })).toMatchObject({ code: 'rejected-role' });
    expect(await desk.failure('sync.revokeDevices', { ids: [manager] })).toMatchObject({ code: 'rejected-role' });
    await desk.call('sync.invitePairing', { staffId: null, staff: null });
  });
});
