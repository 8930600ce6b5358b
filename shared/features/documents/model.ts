import { z } from 'zod';
import { calendarDate, id, instant, line, requiredLine } from '../../lib/schemas.ts';
import { defineEntity, type RowOf } from '../../sync/entity.ts';
import { groupKey } from '../properties/model.ts';

/** Sync alone never publishes: draft → queued (stands in the publication) → published by the viewer. */
export const publicationStates = ['draft', 'queued', 'published'] as const;
export type PublicationState = (typeof publicationStates)[number];

/** Dokument: its files are attachments, newest first. */
export const documentEntity = defineEntity(
  'document',
  {
    propertyId: id,
    title: requiredLine(200),
    categoryId: id.nullable(),
    /** Groups it is for; together with the persons, either suffices. */
    audienceGroups: z.array(groupKey).max(4),
    audiencePersonIds: z.array(id).max(2000),
    /** The period the document is about; open ends are null, both null is undated. */
    periodFrom: calendarDate.nullable(),
    periodTo: calendarDate.nullable(),
    state: z.enum(publicationStates),
    publishedAt: instant.nullable(),
    createdAt: instant,
  },
  {
    groups: {
      audience: ['audienceGroups', 'audiencePersonIds'],
      period: ['periodFrom', 'periodTo'],
      publication: ['state', 'publishedAt'],
    },
    notAfterClock: ['createdAt'],
  },
);
export type Document = RowOf<typeof documentEntity>;

/** Category of documents, editable by the company. */
export const documentCategoryEntity = defineEntity('documentCategory', {
  name: requiredLine(80),
  position: z.int(),
  icon: line(40).nullable(),
});
export type DocumentCategory = RowOf<typeof documentCategoryEntity>;
