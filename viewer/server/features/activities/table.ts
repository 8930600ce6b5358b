import { boolean, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type {
  Activity,
  ActivityPerson,
  Delivery,
  Entry,
  Status,
  Topic,
} from '../../../../shared/features/activities/model.ts';
import { type Agrees, companyColumns, companyKeys, type Proof, syncColumns } from '../../db/columns.ts';

export const topicTable = pgTable(
  'topic',
  {
    ...companyColumns,
    name: text('name').notNull(),
    icon: text('icon'),
    offered: boolean('offered').notNull(),
    position: integer('position').notNull(),
    ...syncColumns,
  },
  (table) => [...companyKeys('topic', table)],
);
export type TopicProof = Proof<Agrees<typeof topicTable.$inferSelect, Topic>>;

export const statusTable = pgTable(
  'status',
  {
    ...companyColumns,
    name: text('name').notNull(),
    isNew: boolean('is_new').notNull(),
    isClosed: boolean('is_closed').notNull(),
    position: integer('position').notNull(),
    ...syncColumns,
  },
  (table) => [...companyKeys('status', table)],
);
export type StatusProof = Proof<Agrees<typeof statusTable.$inferSelect, Status>>;

export const activityTable = pgTable(
  'activity',
  {
    ...companyColumns,
    number: integer('number'),
    subject: text('subject').notNull(),
    propertyId: uuid('property_id'),
    unitId: uuid('unit_id'),
    topicId: uuid('topic_id'),
    statusId: uuid('status_id').notNull(),
    statusSeen: text('status_seen'),
    assigneeId: uuid('assignee_id'),
    dueOn: text('due_on'),
    handledThrough: text('handled_through'),
    openedBy: text('opened_by').$type<Activity['openedBy']>().notNull(),
    createdAt: text('created_at').notNull(),
    ...syncColumns,
  },
  (table) => [
    ...companyKeys('activity', table),
    index('activity_property_id').on(table.organisationId, table.propertyId),
    index('activity_unit_id').on(table.organisationId, table.unitId),
    index('activity_topic_id').on(table.organisationId, table.topicId),
    index('activity_status_id').on(table.organisationId, table.statusId),
    index('activity_assignee_id').on(table.organisationId, table.assigneeId),
  ],
);
export type ActivityProof = Proof<Agrees<typeof activityTable.$inferSelect, Activity>>;

export const activityPersonTable = pgTable(
  'activity_person',
  {
    ...companyColumns,
    activityId: uuid('activity_id').notNull(),
    personId: uuid('person_id').notNull(),
    ...syncColumns,
  },
  (table) => [
    ...companyKeys('activity_person', table),
    index('activity_person_activity_id').on(table.organisationId, table.activityId),
    index('activity_person_person_id').on(table.organisationId, table.personId),
  ],
);
export type ActivityPersonProof = Proof<Agrees<typeof activityPersonTable.$inferSelect, ActivityPerson>>;

export const entryTable = pgTable(
  'entry',
  {
    ...companyColumns,
    activityId: uuid('activity_id').notNull(),
    kind: text('kind').$type<Entry['kind']>().notNull(),
    authorKind: text('author_kind').$type<Entry['authorKind']>().notNull(),
    authorId: uuid('author_id').notNull(),
    authorName: text('author_name').notNull(),
    body: text('body').notNull(),
    createdAt: text('created_at').notNull(),
    stamp: text('stamp').notNull(),
    released: boolean('released').notNull(),
    releasedAt: text('released_at'),
    ...syncColumns,
  },
  (table) => [
    ...companyKeys('entry', table),
    index('entry_activity_id').on(table.organisationId, table.activityId),
    index('entry_author_id').on(table.organisationId, table.authorId),
  ],
);
export type EntryProof = Proof<Agrees<typeof entryTable.$inferSelect, Entry>>;

export const deliveryTable = pgTable(
  'delivery',
  {
    ...companyColumns,
    kind: text('kind').$type<Delivery['kind']>().notNull(),
    subjectId: uuid('subject_id').notNull(),
    personId: uuid('person_id').notNull(),
    channel: text('channel').$type<Delivery['channel']>().notNull(),
    address: text('address'),
    state: text('state').$type<Delivery['state']>().notNull(),
    at: text('at').notNull(),
    problem: text('problem'),
    ...syncColumns,
  },
  (table) => [
    ...companyKeys('delivery', table),
    index('delivery_subject_id').on(table.organisationId, table.subjectId),
    index('delivery_person_id').on(table.organisationId, table.personId),
  ],
);
export type DeliveryProof = Proof<Agrees<typeof deliveryTable.$inferSelect, Delivery>>;
