import { defaultPortalSetting } from '../../shared/features/properties/model.ts';
import { formatHlc } from '../../shared/sync/clock.ts';
import type { Edit } from '../../shared/sync/edit.ts';
import type { SimulatedDesk } from './desk.ts';
import type { Chance } from './random.ts';
import type { SimulatedViewer } from './viewer.ts';

const instant = '2026-01-01T00:00:00.000Z';

/** What founds a company: the rows that everything else refers to. */
export function founding(
  organisationId: string,
  staffId: string,
  statuses: { readonly open: string; readonly closed: string },
): readonly Edit[] {
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
    {
      entity: 'staff',
      id: staffId,
      set: {
        name: 'Verwalterin',
        email: 'v@example.org',
        role: 'manager',
        position: null,
        phone: null,
        photo: null,
        active: true,
      },
    },
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

/** One random user action at a desk; nothing where the desk has no row for it yet. */
export function act(
  desk: SimulatedDesk,
  chance: Chance,
  statuses: { readonly open: string; readonly closed: string },
  now: number,
): void {
  const edits = action(desk, chance, statuses, now);
  if (edits.length > 0) desk.write(edits);
}

function action(
  desk: SimulatedDesk,
  chance: Chance,
  statuses: { readonly open: string; readonly closed: string },
  now: number,
): readonly Edit[] {
  const property = some(desk.ids('property'), chance);
  const activity = some(desk.ids('activity'), chance);
  const word = `w${chance.below(1000)}`;
  switch (chance.below(9)) {
    case 0:
      return importedProperty(desk, String(chance.below(4)));
    case 1:
      return property === null ? [] : [{ entity: 'property', id: property, set: { name: word } }];
    case 2:
      return property === null ? [] : [{ entity: 'property', id: property, set: { street: word, city: `c-${word}` } }];
    case 3:
      return property === null
        ? []
        : [
            {
              entity: 'property',
              id: property,
              set: { online: chance.once(0.5), yearBuilt: 1900 + chance.below(100) },
            },
          ];
    case 4:
      return property === null ? [] : [{ entity: 'property', id: property, set: { deleted: chance.once(0.6) } }];
    case 5:
      return newActivity(desk, chance, statuses.open, now);
    case 6:
      return activity === null
        ? []
        : [
            {
              entity: 'activity',
              id: activity,
              set: { statusId: statuses.closed, statusSeen: seenBy(desk, activity) },
            },
          ];
    case 7:
      return activity === null ? [] : [{ entity: 'activity', id: activity, set: { subject: word } }];
    default:
      return activity === null ? [] : [staffEntry(desk, chance.uuid(now), activity, word, now)];
  }
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

/** A resident writes in the portal, through the same function as a push. */
export async function residentWrites(
  world: SimulatedViewer,
  organisationId: string,
  activityId: string,
  chance: Chance,
  accountId: string,
): Promise<string> {
  const id = chance.uuid(world.viewer.now());
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
          stamp: formatHlc(world.viewer.now()),
          released: true,
          releasedAt: null,
        },
      },
    ]),
  );
  return id;
}

function some(ids: readonly string[], chance: Chance): string | null {
  return ids.length === 0 ? null : chance.pick(ids);
}
