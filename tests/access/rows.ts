import { v5 } from 'uuid';
import type { Edit } from '../../shared/sync/edit.ts';
import type { EntityName, EntityRow } from '../../shared/sync/entities.ts';

const namespace = 'f2a1a9c6-6b1c-4a57-9a53-0d8c7d1c2b3a';

/** The same id for the same name in every run, so that a failure can be read. */
export function idOf(name: string): string {
  return v5(name, namespace);
}

/** The day on which the tests take place: a Monday in summer, noon in Berlin. */
export const testNow = Date.parse('2026-06-15T10:00:00.000Z');
const at = '2026-06-01T08:00:00.000Z';

type Defaults = { readonly [N in EntityName]?: Omit<EntityRow<N>, 'id'> };

const nobody = idOf('nobody');

/** A row of each entity with every field; tests name what matters. */
const defaults = {
  organisation: {
    ...{ name: 'Hausverwaltung', street: null, postalCode: null, city: null, email: null, phone: null, website: null },
    ...{ logo: null, colour: null, formerMemberMonths: 24 },
  },
  staff: {
    ...{ name: 'Vera Verwalterin', email: 'vera@example.org', role: 'manager', position: null, phone: null },
    ...{ photo: null, active: true },
  },
  device: {
    ...{ name: 'PC 1', staffId: idOf('staff'), appVersion: '0.1.0', pairedAt: at, lastContactAt: at, revokedAt: null },
  },
  property: {
    ...{ number: '107', name: 'WEG Am Mühlbach 93', kind: 'weg', street: 'Ährenweg', houseNumber: '23' },
    ...{ postalCode: '01067', city: 'Dresden', yearBuilt: null, iban: null, photo: null, online: true },
  },
  unit: {
    ...{ propertyId: nobody, number: '01', location: '1. OG', usage: 'flat', areaHundredths: 7250, roomsTenths: 30 },
    ...{ shareNumerator: null, shareDenominator: null },
  },
  portalSetting: {
    ...{ propertyId: nobody, residentsMayPost: 'nobody', postsNeedApproval: true },
    ...{ directoryGroups: [], messageGroups: [], topicIds: null },
  },
  emergencyContact: {
    ...{ propertyId: nobody, kind: 'heating', name: 'Wärme GmbH', phone: '0351 1', note: null, position: 1 },
  },
  person: {
    ...{ number: null, salutation: null, title: null, firstName: null, lastName: 'Ångström', company: null },
    ...{ street: null, postalCode: null, city: null, email: null, phone: null, mobile: null },
  },
  membership: {
    ...{ personId: nobody, propertyId: nobody, unitId: null, group: 'tenant', from: '2020-01-01', to: null },
    accountNumber: null,
  },
  account: {
    ...{ personId: nobody, email: null, channel: 'mail', invitedAt: at, expiresAt: '2026-07-01T08:00:00.000Z' },
    ...{ disabledAt: null, invitationSentAt: at, registeredAt: at, lastSeenAt: null, loginEmail: null },
    ...{ showInDirectory: false, showPhone: false, showEmail: false, language: 'de', problem: null },
  },
  notice: {
    ...{ propertyId: nobody, title: 'Aushang', body: '{"type":"doc"}', audienceGroups: [], pinned: false },
    ...{ visibleFrom: null, visibleUntil: null, state: 'published', publishedAt: at, authorKind: 'staff' },
    ...{ authorId: idOf('staff'), approval: 'not-needed', createdAt: at },
  },
  document: {
    ...{ propertyId: nobody, title: 'Dokument', categoryId: null, audienceGroups: [], audiencePersonIds: [] },
    ...{ periodFrom: null, periodTo: null, state: 'published', publishedAt: at, createdAt: at },
  },
  documentCategory: { name: 'Abrechnungen', position: 1, icon: null },
  attachment: {
    ...{ parent: 'notice', parentId: nobody, sha256: '0'.repeat(64), fileName: 'datei.txt' },
    ...{ mediaType: 'text/plain', size: 1, position: 0, createdAt: at },
  },
  blob: { sha256: '0'.repeat(64), size: 1, mediaType: 'text/plain', availableAt: at },
  topic: { name: 'Schaden', icon: null, offered: true, position: 1 },
  status: { name: 'Neu', isNew: true, isClosed: false, position: 1 },
  activity: {
    ...{ number: null, subject: 'Heizung', propertyId: nobody, unitId: null, topicId: null, statusId: nobody },
    ...{ statusSeen: null, assigneeId: null, dueOn: null, handledThrough: null, openedBy: 'staff', createdAt: at },
  },
  activityPerson: { activityId: nobody, personId: nobody },
  entry: {
    ...{ activityId: nobody, kind: 'message', authorKind: 'staff', authorId: idOf('staff'), authorName: 'Vera' },
    ...{ body: 'Guten Tag', createdAt: at, stamp: '001780300800000-0000', released: true, releasedAt: at },
  },
  conflict: {
    ...{ kind: 'overwritten', entity: 'notice', entityId: nobody, group: 'content', lostValue: '{}', keptValue: '{}' },
    ...{ lostBy: `staff:${idOf('staff')}`, keptBy: 'server', lostAt: at, keptAt: at, lostChangeId: nobody },
    ...{ keptChangeId: null, code: null, createdAt: at, resolvedAt: null },
  },
} satisfies Defaults;

type Known = keyof typeof defaults;

/** A new row: the defaults and what the test says. */
export function row<N extends Known>(
  entity: N,
  name: string,
  set: Partial<Omit<EntityRow<N>, 'id'>> & { readonly deleted?: boolean } = {},
): Edit {
  return { entity, id: idOf(name), set: { ...defaults[entity], ...set } } as Edit;
}
