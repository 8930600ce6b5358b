import type { Attachment } from '../../shared/features/files/model.ts';
import type { Membership } from '../../shared/features/people/model.ts';
import type { Edit } from '../../shared/sync/edit.ts';
import { idOf, row } from './rows.ts';
import { anonymous, startWorld, type Visit, type World } from './world.ts';

/** Everybody who may knock, in the order of the tables. */
export const callers = [
  'anonymous',
  'tenant',
  'former',
  'lapsed',
  'owner',
  'houseOwner',
  'provider',
  'other',
  'stranger',
  'both',
  'disabled',
  'device',
  'revoked',
  'theirDevice',
] as const;
export type CallerName = (typeof callers)[number];

export interface Scene {
  readonly world: World;
  readonly visits: Readonly<Record<CallerName, Visit>>;
  /** A device of ours that nobody uses. */
  readonly spareDeviceId: string;
}

export const ours = idOf('company');
export const theirs = idOf('their company');
export const house = idOf('house');
export const offlineHouse = idOf('offline house');
const otherHouse = idOf('other house');
export const theirHouse = idOf('their house');
/** What no resident may ever read. */
export const secret = 'NUR-INTERN';

/** Two companies, four houses, everybody of the table, and a file on everything that can carry one. */
export async function buildScene(): Promise<Scene> {
  const world = await startWorld();
  await world.found(ours, company());
  await world.found(theirs, theirRows());
  const photo = await world.keep(ours, 'haus.jpg', 'photo');
  await world.write(ours, [...houses(photo.sha256), ...people(), ...conversations()]);
  await world.write(ours, [...board(), ...documents()]);
  for (const [parent, name, key] of carriers) await world.write(ours, [await attach(world, ours, parent, name, key)]);
  await world.write(theirs, [await attach(world, theirs, 'notice', 'their notice', 'theirs')]);
  await world.write(ours, journal());
  // Named by an attachment, but its bytes never came.
  await world.write(ours, [
    row('attachment', 'file missing', { parent: 'notice', parentId: idOf('for tenants'), sha256: 'f'.repeat(64) }),
  ]);
  return { world, ...(await everybody(world)) };
}

/** The conflict journal speaks of what residents see, and is for staff alone: also what they wrote themselves. */
function journal(): readonly Edit[] {
  const about = [
    ['notice', 'for tenants'],
    ['activity', 'linked'],
    ['entry', 'answer'],
    ['account', 'tenant account'],
  ] as const;
  return about.map(([entity, name]) =>
    row('conflict', `conflict of ${name}`, {
      ...{ entity, entityId: idOf(name), lostBy: `account:${idOf('tenant account')}` },
      lostValue: JSON.stringify({ title: secret }),
    }),
  );
}

function company(): readonly Edit[] {
  return [
    { ...row('organisation', 'company', { name: 'Hausverwaltung Elbe', formerMemberMonths: 24 }), id: ours } as Edit,
    row('staff', 'staff'),
    row('status', 'new'),
    row('status', 'closed', { name: 'Erledigt', isNew: false, isClosed: true, position: 2 }),
    row('topic', 'damage'),
    row('topic', 'internal topic', { name: secret, offered: false }),
    row('documentCategory', 'category'),
  ];
}

function houses(photo: string): readonly Edit[] {
  return [
    row('property', 'house', { photo }),
    row('unit', 'flat 1', { propertyId: house, number: '01' }),
    row('unit', 'flat 2', { propertyId: house, number: '02' }),
    row('emergencyContact', 'heating', { propertyId: house }),
    row('property', 'other house', { number: '108', name: 'Nebenan 1' }),
    row('property', 'offline house', { number: '109', name: `Offline ${secret}`, online: false }),
  ];
}

interface PersonRow {
  readonly name: string;
  readonly group: Membership['group'];
  readonly propertyId?: string;
  readonly unit?: string;
  readonly from?: string;
  readonly to?: string;
}

const residents: readonly PersonRow[] = [
  { name: 'tenant', group: 'tenant', unit: 'flat 1', from: '2025-03-01' },
  { name: 'former', group: 'tenant', unit: 'flat 1', from: '2022-01-01', to: '2025-02-28' },
  { name: 'lapsed', group: 'tenant', unit: 'flat 1', from: '2015-01-01', to: '2020-12-31' },
  { name: 'owner', group: 'owner', unit: 'flat 1' },
  { name: 'houseOwner', group: 'house-owner' },
  { name: 'provider', group: 'service-provider' },
  { name: 'other', group: 'tenant', propertyId: otherHouse },
  { name: 'both', group: 'tenant', unit: 'flat 2' },
  { name: 'disabled', group: 'tenant', unit: 'flat 2' },
];

function people(): readonly Edit[] {
  return residents.flatMap(({ name, group, propertyId, unit, from, to }) => [
    row('person', name, { firstName: null, lastName: name, phone: `phone of ${name}` }),
    row('membership', `membership of ${name}`, {
      personId: idOf(name),
      propertyId: propertyId ?? house,
      unitId: unit === undefined ? null : idOf(unit),
      group,
      from: from ?? '2020-01-01',
      to: to ?? null,
    }),
    row('account', `account of ${name}`, {
      personId: idOf(name),
      loginEmail: `${name}@example.org`,
      showInDirectory: name === 'both',
      showPhone: name === 'both',
      disabledAt: name === 'disabled' ? '2026-06-10T00:00:00.000Z' : null,
    }),
    // Whoever lives in the house also belongs to the one that is offline: nothing of it may show.
    row('membership', `offline membership of ${name}`, { personId: idOf(name), propertyId: offlineHouse, group }),
  ]);
}

function conversations(): readonly Edit[] {
  const entry = (name: string, activity: string, set: Parameters<typeof row<'entry'>>[2] = {}): Edit =>
    row('entry', name, { activityId: idOf(activity), body: name, ...set });
  const byTenant = { authorKind: 'resident', authorId: idOf('tenant'), authorName: 'tenant' } as const;
  const hidden = { released: false, releasedAt: null, body: secret };
  return [
    row('activity', 'linked', { propertyId: house, unitId: idOf('flat 1'), statusId: idOf('new') }),
    row('activityPerson', 'link', { activityId: idOf('linked'), personId: idOf('tenant') }),
    entry('own entry', 'linked', { ...byTenant, stamp: '001780300800001-0000' }),
    entry('answer', 'linked', { stamp: '001780300800002-0000' }),
    entry('unreleased', 'linked', { ...hidden, stamp: '001780300800003-0000' }),
    entry('note', 'linked', { ...hidden, kind: 'note', stamp: '001780300800004-0000' }),
    entry('ticked note', 'linked', { ...hidden, kind: 'note', released: true, stamp: '001780300800005-0000' }),
    row('activity', 'unlinked', { propertyId: house, statusId: idOf('new'), subject: 'Treppenhaus' }),
    row('activityPerson', 'cut link', { activityId: idOf('unlinked'), personId: idOf('tenant'), deleted: true }),
    entry('own entry there', 'unlinked', byTenant),
    entry('answer there', 'unlinked', { body: secret }),
    row('activity', 'internal', { propertyId: house, statusId: idOf('new'), subject: secret }),
    row('activityPerson', 'internal link', { activityId: idOf('internal'), personId: idOf('tenant') }),
    entry('internal note', 'internal', { ...hidden, kind: 'note' }),
    row('activity', 'offline', { propertyId: offlineHouse, statusId: idOf('new'), subject: secret }),
    row('activityPerson', 'offline link', { activityId: idOf('offline'), personId: idOf('tenant') }),
    entry('offline answer', 'offline', { body: secret }),
  ];
}

function board(): readonly Edit[] {
  const hidden = { propertyId: house, audienceGroups: ['tenant' as const], title: secret };
  return [
    row('notice', 'for tenants', { propertyId: house, audienceGroups: ['tenant'], title: 'for tenants' }),
    row('notice', 'for owners', { propertyId: house, audienceGroups: ['owner'], title: 'for owners' }),
    row('notice', 'for providers', { propertyId: house, audienceGroups: ['service-provider'], title: 'for providers' }),
    row('notice', 'draft notice', { ...hidden, state: 'draft', publishedAt: null }),
    row('notice', 'expired', { ...hidden, visibleUntil: '2026-06-14' }),
    row('notice', 'future', { ...hidden, visibleFrom: '2026-06-16' }),
    row('notice', 'refused', { ...hidden, approval: 'refused' }),
    row('notice', 'deleted notice', { ...hidden, deleted: true }),
    row('notice', 'offline notice', { ...hidden, propertyId: offlineHouse }),
    row('notice', 'other house', { propertyId: otherHouse, audienceGroups: ['tenant'], title: 'other house' }),
  ];
}

function documents(): readonly Edit[] {
  const forGroup = (name: string, set: Parameters<typeof row<'document'>>[2]): Edit =>
    row('document', name, { propertyId: house, audienceGroups: ['tenant'], title: name, ...set });
  const personal = (name: string, personId: string, set: Parameters<typeof row<'document'>>[2] = {}): Edit =>
    forGroup(name, { audienceGroups: [], audiencePersonIds: [idOf(personId)], ...set });
  return [
    forGroup('house rules', { categoryId: idOf('category') }),
    forGroup('certificate', { audienceGroups: ['owner'] }),
    forGroup('bill 2023', { periodFrom: '2023-01-01', periodTo: '2023-12-31' }),
    forGroup('bill 2025', { periodFrom: '2025-01-01', periodTo: '2025-12-31' }),
    forGroup('bill 2018', { periodFrom: '2018-01-01', periodTo: '2018-12-31' }),
    personal('personal', 'tenant'),
    personal('personal of former', 'former'),
    personal('personal of lapsed', 'lapsed', { title: secret }),
    forGroup('draft', { state: 'draft', publishedAt: null, title: secret }),
    forGroup('deleted', { deleted: true, title: secret }),
    personal('offline', 'tenant', { propertyId: offlineHouse, title: secret }),
    forGroup('without a file', { title: secret }),
  ];
}

/** Every thing that carries a file: the attachment is called `file <key>`. */
const carriers: readonly (readonly [Attachment['parent'], name: string, key: string])[] = [
  ...(
    [
      'for tenants',
      'for owners',
      'for providers',
      'draft notice',
      'expired',
      'future',
      'refused',
      'deleted notice',
      'offline notice',
      'other house',
    ] as const
  ).map((name) => ['notice', name, name] as const),
  ...(
    [
      'house rules',
      'certificate',
      'bill 2025',
      'bill 2023',
      'bill 2018',
      'personal',
      'personal of former',
      'personal of lapsed',
      'draft',
      'deleted',
      'offline',
    ] as const
  ).map((name) => ['document', name, name] as const),
  ['document', 'house rules', 'older version'],
  ...(
    [
      'own entry',
      'answer',
      'unreleased',
      'note',
      'ticked note',
      'own entry there',
      'answer there',
      'internal note',
      'offline answer',
    ] as const
  ).map((name) => ['entry', name, name] as const),
];

async function attach(
  world: World,
  organisationId: string,
  parent: Attachment['parent'],
  name: string,
  key: string,
): Promise<Edit> {
  const file = await world.keep(organisationId, `${key}.txt`, `content of ${key}`);
  const createdAt = key === 'older version' ? '2026-05-01T08:00:00.000Z' : '2026-06-01T08:00:00.000Z';
  return row('attachment', `file ${key}`, { ...file, parent, parentId: idOf(name), createdAt });
}

function theirRows(): readonly Edit[] {
  const theirPerson = (name: string, group: Membership['group']): readonly Edit[] => [
    row('person', `their ${name}`, { lastName: name }),
    row('membership', `their membership of ${name}`, {
      personId: idOf(`their ${name}`),
      propertyId: theirHouse,
      group,
    }),
    row('account', `their account of ${name}`, { personId: idOf(`their ${name}`), loginEmail: `${name}@example.org` }),
  ];
  return [
    { ...row('organisation', 'their company', { name: 'Andere Verwaltung' }), id: theirs } as Edit,
    row('staff', 'their staff'),
    row('status', 'their new'),
    row('property', 'their house', { name: 'Anderswo 5' }),
    ...theirPerson('stranger', 'tenant'),
    ...theirPerson('both', 'owner'),
    row('notice', 'their notice', {
      propertyId: theirHouse,
      audienceGroups: ['tenant', 'owner'],
      title: 'their notice',
      authorId: idOf('their staff'),
    }),
  ];
}

async function everybody(world: World): Promise<Pick<Scene, 'visits' | 'spareDeviceId'>> {
  const here = (name: string) => ({ organisationId: ours, accountId: idOf(`account of ${name}`) });
  const there = (name: string) => ({ organisationId: theirs, accountId: idOf(`their account of ${name}`) });
  const login = (name: string, accounts = [here(name)]) => world.login(`${name}@example.org`, accounts);
  const spare = await world.device(ours, idOf('staff'));
  const visits = {
    anonymous,
    tenant: await login('tenant'),
    former: await login('former'),
    lapsed: await login('lapsed'),
    owner: await login('owner'),
    houseOwner: await login('houseOwner'),
    provider: await login('provider'),
    other: await login('other'),
    stranger: await login('stranger', [there('stranger')]),
    both: await login('both', [here('both'), there('both')]),
    disabled: await login('disabled'),
    device: await world.device(ours, idOf('staff')),
    revoked: await world.device(ours, idOf('staff'), true),
    theirDevice: await world.device(theirs, idOf('their staff')),
  };
  return { visits, spareDeviceId: spare.id };
}
