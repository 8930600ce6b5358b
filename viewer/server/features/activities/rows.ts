import type { Output } from '../../../../shared/contract/registry.ts';
import type { Activity, Entry } from '../../../../shared/features/activities/model.ts';
import type { Labels } from './repository.ts';

const previewLength = 160;

/** An activity as lists of the portal show it. */
export function residentRow(
  labels: Labels,
  activity: Activity & { readonly number: number },
  last: Pick<Entry, 'body' | 'createdAt'>,
  unread: boolean,
): Output<'activities.mine'>['activities'][number] {
  const status = labels.statuses.get(activity.statusId);
  return {
    id: activity.id,
    number: activity.number,
    subject: activity.subject,
    topic: labels.topics.get(activity.topicId ?? '') ?? null,
    status: status?.name ?? '',
    isClosed: status?.isClosed ?? false,
    unitNumber: labels.units.get(activity.unitId ?? '') ?? null,
    lastEntryAt: last.createdAt,
    preview: preview(last.body),
    unread,
  };
}

/** The first words in one line. */
function preview(body: string): string {
  const line = body.replace(/\s+/gu, ' ').trim();
  const characters = [...line];
  return characters.length <= previewLength
    ? line
    : `${characters
        .slice(0, previewLength - 1)
        .join('')
        .trimEnd()}…`;
}
