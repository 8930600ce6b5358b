import { z } from 'zod';
import { type GroupKey, groupKey } from '../../../shared/features/properties/model.ts';
import { requiredLine } from '../../../shared/lib/schemas.ts';
import type { NoticeRow } from './notice-state.tsx';

/** What the editor holds; the property is open until somebody chose it. */
export interface NoticeEntries extends Record<string, unknown> {
  propertyId: string | null;
  title: string;
  body: string;
  audienceGroups: GroupKey[];
  pinned: boolean;
  visibleFrom: string | null;
  visibleUntil: string | null;
}

export const noticeSchema = z
  .object({
    propertyId: z.string({ error: 'required' }).min(1, 'required'),
    title: requiredLine(200),
    body: z.string(),
    audienceGroups: z.array(groupKey),
    pinned: z.boolean(),
    visibleFrom: z.string().nullable(),
    visibleUntil: z.string().nullable(),
  })
  .refine(({ visibleFrom, visibleUntil }) => !visibleFrom || !visibleUntil || visibleFrom <= visibleUntil, {
    message: 'period',
    path: ['visibleUntil'],
  });

/** The entries of a notice that is there, or of a new one. */
export function entriesOf(notice: NoticeRow | null, propertyId: string | null, empty: string): NoticeEntries {
  if (notice === null) {
    return {
      propertyId,
      title: '',
      body: empty,
      audienceGroups: [],
      pinned: false,
      visibleFrom: null,
      visibleUntil: null,
    };
  }
  const { title, body, audienceGroups, pinned, visibleFrom, visibleUntil } = notice;
  return {
    propertyId: notice.propertyId,
    title,
    body,
    audienceGroups: [...audienceGroups],
    pinned,
    visibleFrom,
    visibleUntil,
  };
}
