import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type {
  Activity,
  ActivityPerson,
  Delivery,
  Entry,
  Status,
  Topic,
} from '../../../shared/features/activities/model.ts';
import { type Agrees, type Proof, syncColumns } from '../../db/columns.ts';

export const topicTable = sqliteTable('topic', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  icon: text('icon'),
  offered: integer('offered', { mode: 'boolean' }).notNull(),
  position: integer('position').notNull(),
  ...syncColumns,
});
export type TopicProof = Proof<Agrees<typeof topicTable.$inferSelect, Topic>>;

export const statusTable = sqliteTable('status', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  isNew: integer('is_new', { mode: 'boolean' }).notNull(),
  isClosed: integer('is_closed', { mode: 'boolean' }).notNull(),
  position: integer('position').notNull(),
  ...syncColumns,
});
export type StatusProof = Proof<Agrees<typeof statusTable.$inferSelect, Status>>;

export const activityTable = sqliteTable(
  'activity',
  {
    id: text('id').primaryKey(),
    number: integer('number'),
    subject: text('subject').notNull(),
    propertyId: text('property_id'),
    unitId: text('unit_id'),
    topicId: text('topic_id'),
    statusId: text('status_id').notNull(),
    statusSeen: text('status_seen'),
    assigneeId: text('assignee_id'),
    dueOn: text('due_on'),
    handledThrough: text('handled_through'),
    openedBy: text('opened_by').$type<Activity['openedBy']>().notNull(),
    createdAt: text('created_at').notNull(),
    ...syncColumns,
  },
  (table) => [
    index('activity_property_id').on(table.propertyId),
    index('activity_unit_id').on(table.unitId),
    index('activity_topic_id').on(table.topicId),
    index('activity_status_id').on(table.statusId),
    index('activity_assignee_id').on(table.assigneeId),
  ],
);
export type ActivityProof = Proof<Agrees<typeof activityTable.$inferSelect, Activity>>;

export const activityPersonTable = sqliteTable(
  'activity_person',
  {
    id: text('id').primaryKey(),
    activityId: text('activity_id').notNull(),
    personId: text('person_id').notNull(),
    ...syncColumns,
  },
  (table) => [
    index('activity_person_activity_id').on(table.activityId),
    index('activity_person_person_id').on(table.personId),
  ],
);
export type ActivityPersonProof = Proof<Agrees<typeof activityPersonTable.$inferSelect, ActivityPerson>>;

export const entryTable = sqliteTable(
  'entry',
  {
    id: text('id').primaryKey(),
    activityId: text('activity_id').notNull(),
    kind: text('kind').$type<Entry['kind']>().notNull(),
    authorKind: text('author_kind').$type<Entry['authorKind']>().notNull(),
    authorId: text('author_id').notNull(),
    authorName: text('author_name').notNull(),
    body: text('body').notNull(),
    createdAt: text('created_at').notNull(),
    stamp: text('stamp').notNull(),
    released: integer('released', { mode: 'boolean' }).notNull(),
    releasedAt: text('released_at'),
    ...syncColumns,
  },
  (table) => [
    // Everything that filters and counts ask of entries, so that they never read the bodies.
    index('entry_facts').on(table.activityId, table.deleted, table.stamp, table.authorKind, table.released),
  ],
);
export type EntryProof = Proof<Agrees<typeof entryTable.$inferSelect, Entry>>;

export const deliveryTable = sqliteTable(
  'delivery',
  {
    id: text('id').primaryKey(),
    kind: text('kind').$type<Delivery['kind']>().notNull(),
    subjectId: text('subject_id').notNull(),
    personId: text('person_id').notNull(),
    channel: text('channel').$type<Delivery['channel']>().notNull(),
    address: text('address'),
    state: text('state').$type<Delivery['state']>().notNull(),
    at: text('at').notNull(),
    problem: text('problem'),
    ...syncColumns,
  },
  (table) => [index('delivery_subject_id').on(table.subjectId), index('delivery_person_id').on(table.personId)],
);
export type DeliveryProof = Proof<Agrees<typeof deliveryTable.$inferSelect, Delivery>>;
