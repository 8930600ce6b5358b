import { z } from 'zod';
import { defineOperations, idInput, listFields, nothing, page } from '../../contract/define.ts';
import { calendarDate, id, instant, requiredLine, saysSomething, sha256, text } from '../../lib/schemas.ts';
import { rowSchema } from '../../sync/entity.ts';
import { fileRow, residentFile, stagedFile } from '../files/contract.ts';
import { maxAttachments } from '../files/model.ts';
import { atProperty } from '../properties/contract.ts';
import { activityEntity, deliveryEntity, entryEntity, entryKinds, statusEntity, topicEntity } from './model.ts';

export const activityRow = rowSchema(activityEntity);
export const entryRow = rowSchema(entryEntity);
export const topicRow = rowSchema(topicEntity);
export const statusRow = rowSchema(statusEntity);
export const deliveryRow = rowSchema(deliveryEntity);

/** The filters on the left of the messages; `new` is *Neu*. */
export const activityFilters = ['new', 'mine', 'waiting', 'open', 'closed', 'all'] as const;

const activityListRow = activityRow
  .pick({
    id: true,
    number: true,
    subject: true,
    statusId: true,
    topicId: true,
    propertyId: true,
    unitId: true,
    assigneeId: true,
    dueOn: true,
  })
  .extend({
    /** Comes from or goes to the portal. */
    globe: z.boolean(),
    isNew: z.boolean(),
    people: z.array(z.string()),
    propertyNumber: z.string().nullable(),
    unitNumber: z.string().nullable(),
    lastEntryAt: instant,
    /** The newest entry's first words. */
    preview: z.string(),
    entryCount: z.int(),
    /** Not numbered yet: waits for the sync. */
    provisional: z.boolean(),
  });

export const linkedPerson = z.strictObject({
  personId: id,
  name: z.string(),
  registered: z.boolean(),
  email: z.string().nullable(),
});

const conversationEntry = entryRow.extend({
  files: z.array(fileRow),
  /** Waits for the sync. */
  pending: z.boolean(),
  deliveries: z.array(
    deliveryRow.pick({ personId: true, channel: true, state: true, at: true }).extend({ personName: z.string() }),
  ),
});

const newEntry = z.strictObject({
  kind: z.enum(entryKinds),
  body: text(50_000),
  files: z.array(stagedFile).max(maxAttachments).default([]),
  /** Ticked: the linked persons see it with the next sync. */
  released: z.boolean(),
});

const residentActivityRow = z.strictObject({
  id,
  number: z.int(),
  subject: z.string(),
  topic: z.string().nullable(),
  status: z.string(),
  isClosed: z.boolean(),
  unitNumber: z.string().nullable(),
  lastEntryAt: instant,
  preview: z.string(),
  unread: z.boolean(),
});

export const residentEntry = z.strictObject({
  id,
  mine: z.boolean(),
  authorKind: z.enum(['staff', 'resident']),
  authorName: z.string(),
  kind: z.enum(entryKinds),
  body: z.string(),
  createdAt: instant,
  files: z.array(residentFile),
});

/** A file a resident uploaded before sending the message it belongs to. */
export const uploadedFile = z.strictObject({
  uploadId: id,
  sha256,
  fileName: requiredLine(200),
  mediaType: z.string(),
  size: z.int(),
});

const residentMessage = {
  organisationId: id,
  /** Made by the sender, so that a repeated request is the same message. */
  entryId: id,
  body: text(20_000).refine(saysSomething, 'required'),
  uploadIds: z.array(id).max(maxAttachments).default([]),
};

export const activitiesOperations = defineOperations({
  list: {
    summary: 'Activities of a filter, newest entry first.',
    input: z.strictObject({
      filter: z.enum(activityFilters),
      propertyId: id.optional(),
      topicId: id.optional(),
      statusId: id.optional(),
      personId: id.optional(),
      ...listFields,
    }),
    output: page(activityListRow),
    audience: 'staff',
    desk: true,
  },
  counts: {
    summary: 'How many activities each filter holds.',
    input: nothing,
    output: z.strictObject({
      new: z.int(),
      mine: z.int(),
      waiting: z.int(),
      open: z.int(),
      closed: z.int(),
      all: z.int(),
    }),
    audience: 'staff',
    desk: true,
  },
  get: {
    summary: 'One activity with its conversation and linked persons.',
    input: idInput,
    output: z.strictObject({
      activity: activityRow,
      provisional: z.boolean(),
      globe: z.boolean(),
      isNew: z.boolean(),
      people: z.array(linkedPerson),
      entries: z.array(conversationEntry),
    }),
    audience: 'staff',
    desk: true,
  },
  create: {
    summary: 'Opens an activity with its first entry.',
    input: z.strictObject({
      subject: requiredLine(200),
      propertyId: id.nullable(),
      unitId: id.nullable(),
      topicId: id.nullable(),
      personIds: z.array(id).max(500),
      entry: newEntry,
    }),
    output: idInput,
    audience: 'staff',
    desk: true,
  },
  addEntry: {
    summary: 'Adds an entry; a note cannot be released.',
    input: z.strictObject({ activityId: id, entry: newEntry }),
    output: idInput,
    audience: 'staff',
    desk: true,
  },
  setRelease: {
    summary: 'Ticks or unticks the release of an entry.',
    input: z.strictObject({ entryId: id, released: z.boolean() }),
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  setStatus: {
    summary: 'Sets the status; a closing one that has not seen the newest resident entry does not close.',
    input: z.strictObject({ ids: z.array(id).min(1).max(1000), statusId: id }),
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  save: {
    summary: 'Changes subject, topic, place, assignee or due date.',
    input: z.strictObject({
      id,
      fields: z.strictObject({
        subject: requiredLine(200).optional(),
        topicId: id.nullable().optional(),
        propertyId: id.nullable().optional(),
        unitId: id.nullable().optional(),
        assigneeId: id.nullable().optional(),
        dueOn: calendarDate.nullable().optional(),
      }),
    }),
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  linkPeople: {
    summary: 'Links persons: they will see all released entries, past ones included.',
    input: z.strictObject({ activityId: id, personIds: z.array(id).min(1).max(500) }),
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  unlinkPerson: {
    summary: 'Unlinks a person: they keep only their own entries.',
    input: z.strictObject({ activityId: id, personId: id }),
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  markHandled: {
    summary: 'Takes activities out of *Neu*, for the whole company; false puts them back.',
    input: z.strictObject({ ids: z.array(id).min(1).max(1000), handled: z.boolean() }),
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  topics: {
    summary: 'Topics a resident can choose at a property.',
    input: atProperty,
    output: z.array(topicRow.pick({ id: true, name: true, icon: true })),
    audience: 'resident',
    http: { method: 'GET', path: '/api/portal/organisations/:organisationId/properties/:propertyId/topics' },
  },
  mine: {
    summary: 'The activities the signed-in person is linked to at a property.',
    input: atProperty,
    output: z.strictObject({ activities: z.array(residentActivityRow), mayWrite: z.boolean() }),
    audience: 'resident',
    http: { method: 'GET', path: '/api/portal/organisations/:organisationId/properties/:propertyId/activities' },
  },
  conversation: {
    summary: 'One activity as a linked person sees it: released entries and one’s own.',
    input: z.strictObject({ organisationId: id, activityId: id }),
    output: z.strictObject({
      activity: residentActivityRow.extend({ propertyId: id.nullable() }),
      entries: z.array(residentEntry),
      mayReply: z.boolean(),
    }),
    audience: 'resident',
    http: { method: 'GET', path: '/api/portal/organisations/:organisationId/activities/:activityId' },
  },
  open: {
    summary: 'A resident writes: opens an activity with a number.',
    input: z.strictObject({
      ...residentMessage,
      activityId: id,
      propertyId: id,
      unitId: id.nullable(),
      topicId: id.nullable(),
      subject: requiredLine(200),
    }),
    output: z.strictObject({ activityId: id, number: z.int() }),
    audience: 'resident',
    http: { method: 'POST', path: '/api/portal/organisations/:organisationId/activities' },
  },
  reply: {
    summary: 'A linked resident answers; a closed activity reopens.',
    input: z.strictObject({ ...residentMessage, activityId: id }),
    output: idInput,
    audience: 'resident',
    http: { method: 'POST', path: '/api/portal/organisations/:organisationId/activities/:activityId/entries' },
  },
  seen: {
    summary: 'Marks a conversation as read by the signed-in person.',
    input: z.strictObject({ organisationId: id, activityId: id }),
    output: nothing,
    audience: 'resident',
    http: { method: 'POST', path: '/api/portal/organisations/:organisationId/activities/:activityId/seen' },
  },
});
