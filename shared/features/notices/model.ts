import { z } from 'zod';
import { calendarDate, id, instant, requiredLine, text } from '../../lib/schemas.ts';
import { defineEntity, type RowOf } from '../../sync/entity.ts';
import { publicationStates } from '../documents/model.ts';
import { groupKey } from '../properties/model.ts';

export const noticeAuthors = ['staff', 'resident'] as const;
export const approvals = ['not-needed', 'waiting', 'approved', 'refused'] as const;

/** Aushang: an entry on a property's board. */
export const noticeEntity = defineEntity(
  'notice',
  {
    propertyId: id,
    title: requiredLine(200),
    /** Formatted text as a ProseMirror document in JSON; rendered by a whitelist only. */
    body: text(100_000),
    audienceGroups: z.array(groupKey).max(4),
    pinned: z.boolean(),
    /** Visible from–until, inclusive days. */
    visibleFrom: calendarDate.nullable(),
    visibleUntil: calendarDate.nullable(),
    state: z.enum(publicationStates),
    publishedAt: instant.nullable(),
    authorKind: z.enum(noticeAuthors),
    /** Staff id or account id. */
    authorId: id,
    approval: z.enum(approvals),
    createdAt: instant,
  },
  {
    groups: {
      content: ['title', 'body'],
      visibility: ['visibleFrom', 'visibleUntil'],
      publication: ['state', 'publishedAt'],
      origin: ['authorKind', 'authorId', 'createdAt'],
    },
    immutable: ['origin'],
    notAfterClock: ['createdAt'],
  },
);
export type Notice = RowOf<typeof noticeEntity>;
