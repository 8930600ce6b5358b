import type { StagedFile } from '../../shared/features/files/contract.ts';
import { defaultPortalSetting } from '../../shared/features/properties/model.ts';
import { formatHlc } from '../../shared/sync/clock.ts';
import type { Edit } from '../../shared/sync/edit.ts';
import type { SimulatedDesk } from './desk.ts';
import type { Chance } from './random.ts';
import type { SimulatedViewer } from './viewer.ts';

const instant = '2026-01-01T00:00:00.000Z';

/** A company of a run: the ids that everything refers to. */
export interface Company {
  readonly id: string;
  /** The first founds it; the third is a clerk, who may not write everything. */
  readonly staff: readonly string[];
  readonly statuses: { readonly open: string; readonly closed: string };
  readonly accountIds: readonly string[];
}

/** What founds a company: the rows that everything else refers to. */
export function founding({ id: organisationId, staff, statuses }: Company): readonly Edit[] {
  return [
    {
      entity: 'organisation',
      id: organisationId,
      set: {
        name: 'Verwaltung',
        street: null,
        postalCode: null,
        city: null,
        email: null,
        phone: null,
        website: null,
        logo: null,
        colour: null,
        formerMemberMonths: 24,
      },
    },
    ...staff.map(
      (id, index): Edit => ({
        entity: 'staff',
        id,
        set: {
          name: `Verwalterin ${index}`,
          email: `v${index}@example.org`,
          role: index === 2 ? 'clerk' : 'manager',
          position: null,
          phone: null,
          photo: null,
          active: true,
        },
      }),
    ),
    { entity: 'status', id: statuses.open, set: { name: 'Neu', isNew: true, isClosed: false, position: 1 } },
    { entity: 'status', id: statuses.closed, set: { name: 'Erledigt', isNew: false, isClosed: true, position: 2 } },
  ];
}

/** A property as the same file makes it on every desk. */
export function importedProperty(desk: SimulatedDesk, number: string): readonly Edit[] {
  const id = desk.naturalId('property', number);
  return [
    {
      entity: 'property',
      id,
      set: {
        number,
        name: `Haus ${number}`,
        kind: 'weg',
        street: 'Weg',
        houseNumber: '1',
        postalCode: '01067',
        city: 'Dresden',
        yearBuilt: 1950,
        iban: null,
        photo: null,
        online: false,
      },
    },
    {
      entity: 'portalSetting',
      id,
      set: { propertyId: id, ...defaultPortalSetting, directoryGroups: ['owner'], messageGroups: ['tenant'] },
    },
  ];
}

/** One random user action at a desk; none where the desk has no row for it yet. */
export function action(desk: SimulatedDesk, chance: Chance, company: Company, now: number): readonly Edit[] {
  const word = `w${chance.below(1000)}`;
  const property = hot(desk.ids('property'), chance);
  switch (chance.below(12)) {
    case 0:
      return importedProperty(desk, String(chance.below(4)));
    case 1:
      return property === null ? [] : [{ entity: 'property', id: property, set: propertyFields(chance, word) }];
    case 2:
      return property === null ? [] : [{ entity: 'property', id: property, set: { deleted: chance.once(0.6) } }];
    case 3:
      return newActivity(desk, chance, company.statuses.open, now);
    case 4:
      return property === null ? [] : [newNotice(desk, chance, property, word, now)];
    case 5:
      return person(desk, chance, word, now);
    case 6:
      // A clerk may not; the viewer says so, and the desk takes it back.
      return [{ entity: 'organisation', id: company.id, set: { name: `Verwaltung ${word}` } }];
    case 7:
      return resolvedConflict(desk, chance);
    default:
      return onActivity(desk, chance, company, word, now);
  }
}

function propertyFields(chance: Chance, word: string) {
  switch (chance.below(3)) {
    case 0:
      return { name: word };
    case 1:
      return { street: word, city: `c-${word}` };
    default:
      return { online: chance.once(0.5), yearBuilt: 1900 + chance.below(100) };
  }
}

function onActivity(
  desk: SimulatedDesk,
  chance: Chance,
  { statuses }: Company,
  word: string,
  now: number,
): readonly Edit[] {
  const activity = hot(desk.ids('activity'), chance);
  if (activity === null) return newActivity(desk, chance, statuses.open, now);
  switch (chance.below(3)) {
    case 0: {
      const set = { statusId: statuses.closed, statusSeen: seenBy(desk, activity) };
      return [{ entity: 'activity', id: activity, set }];
    }
    case 1:
      return [{ entity: 'activity', id: activity, set: { subject: word } }];
    default:
      return [staffEntry(desk, chance.uuid(now), activity, word, now)];
  }
}

function person(desk: SimulatedDesk, chance: Chance, word: string, now: number): readonly Edit[] {
  if (desk.isOld()) return [];
  const known = some(desk.ids('person'), chance);
  if (known !== null && chance.once(0.7))
    return [{ entity: 'person', id: known, set: chance.once(0.5) ? { mobile: word } : { lastName: word } }];
  const names = { salutation: null, title: null, firstName: null, lastName: word, company: null };
  const address = { street: null, postalCode: null, city: null };
  const set = { number: null, ...names, ...address, email: null, phone: null, mobile: null };
  return [{ entity: 'person', id: chance.uuid(now), set }];
}

function newNotice(desk: SimulatedDesk, chance: Chance, propertyId: string, title: string, now: number): Edit {
  return {
    entity: 'notice',
    id: chance.uuid(now),
    set: {
      propertyId,
      title,
      body: '{"type":"doc","content":[]}',
      audienceGroups: ['tenant'],
      pinned: false,
      visibleFrom: null,
      visibleUntil: null,
      state: chance.once(0.5) ? 'queued' : 'draft',
      publishedAt: null,
      authorKind: 'staff',
      authorId: desk.staffId(),
      approval: 'not-needed',
      createdAt: instant,
    },
  };
}

function resolvedConflict(desk: SimulatedDesk, chance: Chance): readonly Edit[] {
  const conflict = some(desk.ids('conflict'), chance);
  return conflict === null ? [] : [{ entity: 'conflict', id: conflict, set: { resolvedAt: instant } }];
}

function newActivity(desk: SimulatedDesk, chance: Chance, statusId: string, now: number): readonly Edit[] {
  const id = chance.uuid(now);
  return [
    {
      entity: 'activity',
      id,
      set: {
        number: null,
        subject: 'Aufzug',
        propertyId: null,
        unitId: null,
        topicId: null,
        statusId,
        statusSeen: null,
        assigneeId: null,
        dueOn: null,
        handledThrough: null,
        openedBy: 'staff',
        createdAt: instant,
      },
    },
    staffEntry(desk, chance.uuid(now), id, 'Guten Tag', now),
  ];
}

/** A new activity whose first entry has a file. */
export function withFile(
  desk: SimulatedDesk,
  chance: Chance,
  { statuses }: Company,
  now: number,
  { sha256, fileName, mediaType, size }: StagedFile,
): readonly Edit[] {
  const edits = newActivity(desk, chance, statuses.open, now);
  const parentId = edits.at(-1)?.id ?? '';
  const file = { parent: 'entry' as const, parentId, sha256, fileName, mediaType, size };
  const set = { ...file, position: 0, createdAt: instant };
  return [...edits, { entity: 'attachment', id: chance.uuid(now), set }];
}

function staffEntry(desk: SimulatedDesk, id: string, activityId: string, body: string, now: number): Edit {
  return {
    entity: 'entry',
    id,
    set: {
      activityId,
      kind: 'message',
      authorKind: 'staff',
      authorId: desk.staffId(),
      authorName: 'Verwalterin',
      body,
      createdAt: instant,
      stamp: formatHlc(now),
      released: false,
      releasedAt: null,
    },
  };
}

/** The newest resident entry that this desk knows. */
function seenBy(desk: SimulatedDesk, activityId: string): string | null {
  const stamps = desk
    .ids('entry')
    .map((id) => desk.fields('entry', id))
    .filter((entry) => entry.activityId === activityId && entry.authorKind === 'resident')
    .map((entry) => String(entry.stamp));
  return stamps.sort().at(-1) ?? null;
}

/** A resident writes in the portal, through the same function as a push; answers the id once it is acknowledged. */
export async function residentWrites(
  world: SimulatedViewer,
  organisationId: string,
  activityId: string,
  chance: Chance,
  accountId: string,
): Promise<string> {
  const now = world.viewer.now();
  const id = chance.uuid(now);
  await world.viewer.company(organisationId, ({ write }) =>
    write({ kind: 'account', accountId }, [
      {
        entity: 'entry',
        id,
        set: {
          activityId,
          kind: 'message',
          authorKind: 'resident',
          authorId: accountId,
          authorName: 'Bewohner',
          body: 'Es tropft noch',
          createdAt: instant,
          stamp: formatHlc(now),
          released: true,
          releasedAt: null,
        },
      },
    ]),
  );
  return id;
}

/** Most of the time the same row, so that people meet in it. */
function hot(ids: readonly string[], chance: Chance): string | null {
  return chance.once(0.6) ? ([...ids].sort()[0] ?? null) : some(ids, chance);
}

function some(ids: readonly string[], chance: Chance): string | null {
  return ids.length === 0 ? null : chance.pick(ids);
}
