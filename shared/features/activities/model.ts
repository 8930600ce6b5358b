import { z } from 'zod';
import { calendarDate, id, instant, line, requiredLine, text } from '../../lib/schemas.ts';
import { hlcPattern } from '../../sync/clock.ts';
import { defineEntity, type RowOf } from '../../sync/entity.ts';

const hlc = z.string().regex(hlcPattern);

/** Thema: what a resident can choose when writing. */
export const topicEntity = defineEntity('topic', {
  name: requiredLine(80),
  icon: line(40).nullable(),
  /** Whether residents may choose it. */
  offered: z.boolean(),
  position: z.int(),
});
export type Topic = RowOf<typeof topicEntity>;

/** Statusmerkmal. */
export const statusEntity = defineEntity(
  'status',
  { name: requiredLine(60), isNew: z.boolean(), isClosed: z.boolean(), position: z.int() },
  { groups: { meaning: ['isNew', 'isClosed'] } },
);
export type Status = RowOf<typeof statusEntity>;

/** Aktivität (Vorgang): one matter with a number, a status and linked persons. */
export const activityEntity = defineEntity(
  'activity',
  {
    /** Given by the server at commit; null is "vorgemerkt" and never shown to residents. */
    number: z.int().min(1).nullable(),
    subject: requiredLine(200),
    propertyId: id.nullable(),
    unitId: id.nullable(),
    topicId: id.nullable(),
    statusId: id,
    /** The newest resident entry (its `stamp`) whoever set the status had seen; a close that had not seen it does not close. */
    statusSeen: hlc.nullable(),
    assigneeId: id.nullable(),
    dueOn: calendarDate.nullable(),
    /** *Neu* is a resident's entry with a stamp beyond this; company-wide. */
    handledThrough: hlc.nullable(),
    openedBy: z.enum(['staff', 'resident']),
    createdAt: instant,
  },
  {
    groups: { place: ['propertyId', 'unitId'], state: ['statusId', 'statusSeen'], origin: ['openedBy', 'createdAt'] },
    immutable: ['origin'],
    serverOnly: ['number'],
    notAfterClock: ['createdAt', 'statusSeen', 'handledThrough'],
  },
);
export type Activity = RowOf<typeof activityEntity>;

/** A person linked to an activity; its id comes from both (`uuidv5`), so that two desks make the same row. */
export const activityPersonEntity = defineEntity(
  'activityPerson',
  { activityId: id, personId: id },
  { groups: { link: ['activityId', 'personId'] }, immutable: ['link'] },
);
export type ActivityPerson = RowOf<typeof activityPersonEntity>;

export const entryKinds = ['message', 'note', 'call', 'letter'] as const;

/**
 * Kontakteintrag: one message, note, call or letter. The body is immutable; the release is a register of its own.
 * A note is internal for ever. A resident's entry is visible to the linked persons at once.
 */
export const entryEntity = defineEntity(
  'entry',
  {
    activityId: id,
    kind: z.enum(entryKinds),
    authorKind: z.enum(['staff', 'resident']),
    /** Staff id, or the person's id. */
    authorId: id,
    /** The author's name when it was written. */
    authorName: requiredLine(200),
    body: text(50_000),
    createdAt: instant,
    /** Clock of its creation: orders entries and decides what was seen. */
    stamp: hlc,
    released: z.boolean(),
    releasedAt: instant.nullable(),
  },
  {
    groups: {
      content: ['activityId', 'kind', 'authorKind', 'authorId', 'authorName', 'body', 'createdAt', 'stamp'],
      release: ['released', 'releasedAt'],
    },
    immutable: ['content'],
    notAfterClock: ['createdAt', 'stamp', 'releasedAt'],
  },
);
export type Entry = RowOf<typeof entryEntity>;

export const deliveryKinds = ['entry', 'notice', 'document', 'invitation'] as const;
export const deliveryChannels = ['portal', 'mail', 'push', 'letter'] as const;
export const deliveryStates = ['pending', 'sent', 'failed', 'cancelled', 'opened'] as const;

/** The delivery ledger: who was told what, how and when. Written by the server alone. */
export const deliveryEntity = defineEntity(
  'delivery',
  {
    kind: z.enum(deliveryKinds),
    /** The entry, notice, document or account it is about. */
    subjectId: id,
    personId: id,
    channel: z.enum(deliveryChannels),
    address: line(254).nullable(),
    state: z.enum(deliveryStates),
    at: instant,
    problem: line(300).nullable(),
  },
  {
    groups: { subject: ['kind', 'subjectId', 'personId', 'channel', 'address'], outcome: ['state', 'at', 'problem'] },
    writers: 'server',
  },
);
export type Delivery = RowOf<typeof deliveryEntity>;
