import type { Edit } from '../../shared/sync/edit.ts';
import type { EntityRow } from '../../shared/sync/entities.ts';

const instant = '2026-01-01T00:00:00.000Z';

/** What founds a company: itself, its staff (the second a clerk), a status that is open and one that is closed. */
export function foundingRows(
  organisationId: string,
  staff: readonly string[],
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
    ...staff.map(
      (id, index): Edit => ({
        entity: 'staff',
        id,
        set: {
          name: `Person ${index}`,
          email: `p${index}@example.org`,
          role: index === 1 ? 'clerk' : 'manager',
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

/** A new activity as a desk writes it. */
export function activityRow(id: string, fields: Partial<EntityRow<'activity'>> & { readonly statusId: string }): Edit {
  return {
    entity: 'activity',
    id,
    set: {
      number: null,
      subject: 'Aufzug',
      propertyId: null,
      unitId: null,
      topicId: null,
      statusSeen: null,
      assigneeId: null,
      dueOn: null,
      handledThrough: null,
      openedBy: 'staff',
      createdAt: instant,
      ...fields,
    },
  };
}

/** A new person as a desk writes it. */
export function personRow(id: string, fields: Partial<EntityRow<'person'>> = {}): Edit {
  return {
    entity: 'person',
    id,
    set: {
      number: null,
      salutation: null,
      title: null,
      firstName: 'Erika',
      lastName: 'Muster',
      company: null,
      street: null,
      postalCode: null,
      city: null,
      email: null,
      phone: null,
      mobile: null,
      ...fields,
    },
  };
}

/** A new entry; `stamp` is the clock of its author. */
export function entryRow(
  id: string,
  fields: Partial<EntityRow<'entry'>> & Pick<EntityRow<'entry'>, 'activityId' | 'stamp'>,
): Edit {
  return {
    entity: 'entry',
    id,
    set: {
      kind: 'message',
      authorKind: 'staff',
      authorId: id,
      authorName: 'Petra Sommer',
      body: 'Der Techniker kommt morgen.',
      createdAt: instant,
      released: false,
      releasedAt: null,
      ...fields,
    },
  };
}
