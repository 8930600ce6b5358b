import { v7 } from 'uuid';
import type { Edit } from '../../shared/sync/edit.ts';
import type { EntityName, EntityRow } from '../../shared/sync/entities.ts';
import type { Viewer } from '../../viewer/server/context.ts';
import { organisationHeadTable } from '../../viewer/server/db/schema.ts';
import { readStates } from '../../viewer/server/sync/rows.ts';

/** A company in a viewer, without a desk: what a desk would have pushed is written by the server. */
export interface TestCompany {
  readonly organisationId: string;
  readonly statusId: string;
  /** Writes rows; fields that are left out have a value that says nothing. */
  readonly add: <N extends keyof typeof blank>(
    entity: N,
    fields: Partial<EntityRow<N>> & Required<Pick<EntityRow<N>, Needed<N>>>,
  ) => Promise<string>;
  /** Changes a row. */
  readonly set: (edit: Edit) => Promise<void>;
  readonly read: <N extends EntityName>(entity: N, id: string) => Promise<EntityRow<N>>;
}

const instant = '2026-01-01T08:00:00.000Z';

/** Rows with every field that has a value meaning "nothing said". */
const blank = {
  person: {
    number: null,
    salutation: null,
    title: null,
    firstName: null,
    lastName: null,
    company: null,
    street: null,
    postalCode: null,
    city: null,
    email: null,
    phone: null,
    mobile: null,
  },
  property: {
    number: '107',
    name: 'Lindenhof 7',
    kind: 'weg',
    street: null,
    houseNumber: null,
    postalCode: null,
    city: null,
    yearBuilt: null,
    iban: null,
    photo: null,
    online: true,
  },
  membership: { unitId: null, group: 'tenant', from: '2020-01-01', to: null, accountNumber: null },
  account: {
    email: null,
    channel: 'mail',
    invitedAt: instant,
    expiresAt: '2099-01-01T00:00:00.000Z',
    disabledAt: null,
    invitationSentAt: null,
    registeredAt: null,
    lastSeenAt: null,
    loginEmail: null,
    showInDirectory: false,
    showPhone: false,
    showEmail: false,
    language: 'de',
    problem: null,
  },
  notice: {
    title: 'Treppenreinigung',
    body: '{"type":"doc","content":[]}',
    audienceGroups: ['tenant'],
    pinned: false,
    visibleFrom: null,
    visibleUntil: null,
    state: 'draft',
    publishedAt: null,
    authorKind: 'staff',
    authorId: '01930000-0000-7000-8000-000000000001',
    approval: 'not-needed',
    createdAt: instant,
  },
  document: {
    title: 'Hausordnung',
    categoryId: null,
    audienceGroups: ['tenant'],
    audiencePersonIds: [],
    periodFrom: null,
    periodTo: null,
    state: 'draft',
    publishedAt: null,
    createdAt: instant,
  },
  activity: {
    number: null,
    subject: 'Heizung kalt',
    propertyId: null,
    unitId: null,
    topicId: null,
    statusSeen: null,
    assigneeId: null,
    dueOn: null,
    handledThrough: null,
    openedBy: 'staff',
    createdAt: instant,
  },
  activityPerson: {},
  entry: {
    kind: 'message',
    authorKind: 'staff',
    authorId: '01930000-0000-7000-8000-000000000001',
    authorName: 'Petra Sommer',
    body: 'Der Techniker kommt morgen.',
    createdAt: instant,
    stamp: '001763906700123-0000',
    released: false,
    releasedAt: null,
  },
} as const satisfies { readonly [N in EntityName]?: object };

type Needed<N extends keyof typeof blank> = Exclude<keyof EntityRow<N>, keyof (typeof blank)[N] | 'id'>;

/** Founds a company with a default status. */
export async function foundCompany(viewer: Viewer, name = 'Hausverwaltung Sommer'): Promise<TestCompany> {
  const organisationId = v7();
  const statusId = v7();
  const write = (edits: readonly Edit[]) =>
    viewer.company(organisationId, (company) => company.write({ kind: 'server' }, edits));
  await viewer.company(organisationId, ({ tx }) =>
    tx.insert(organisationHeadTable).values({ organisationId, epoch: v7(), head: 0, lastActivityNumber: 0 }),
  );
  await write([
    {
      entity: 'organisation',
      id: organisationId,
      set: {
        name,
        street: 'Marktplatz 1',
        postalCode: '76131',
        city: 'Karlsruhe',
        email: 'post@sommer.example',
        phone: null,
        website: null,
        logo: null,
        colour: null,
        formerMemberMonths: 24,
      },
    },
    { entity: 'status', id: statusId, set: { name: 'Neu', isNew: true, isClosed: false, position: 0 } },
  ]);
  return {
    organisationId,
    statusId,
    add: async (entity, fields) => {
      const id = fields.id ?? v7();
      const { id: _, ...given } = fields;
      await write([{ entity, id, set: { ...blank[entity], ...given } } as unknown as Edit]);
      return id;
    },
    set: (edit) => write([edit]),
    read: async <N extends EntityName>(entity: N, id: string) => {
      const states = await viewer.company(organisationId, ({ tx }) => readStates(tx, organisationId, entity, [id]));
      const state = states.get(id);
      if (state === undefined) throw new Error(`There is no ${entity} ${id}`);
      return { id, ...state.fields } as unknown as EntityRow<N>;
    },
  };
}
