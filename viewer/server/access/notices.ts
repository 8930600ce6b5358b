import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { seesNotice } from '../../../shared/features/notices/access.ts';
import type { Notice } from '../../../shared/features/notices/model.ts';
import { berlinDate } from '../../../shared/lib/dates.ts';
import type { Company } from '../context.ts';
import { entityTables } from '../db/entity-tables.ts';
import type { Place, Visitor } from './visitor.ts';

/** The notices the caller sees at these places, or of them `which`, without order. */
export async function readNotices(
  company: Company,
  visitor: Visitor,
  places: readonly Place[],
  which?: SQL,
): Promise<readonly Notice[]> {
  if (places.length === 0) return [];
  const { notice } = entityTables;
  const groups = [...new Set(places.flatMap((place) => place.memberships.map((membership) => membership.group)))];
  const rows = await company.tx
    .select()
    .from(notice)
    .where(
      and(
        eq(notice.organisationId, company.organisationId),
        inArray(
          notice.propertyId,
          places.map((place) => place.property.id),
        ),
        eq(notice.deleted, false),
        eq(notice.state, 'published'),
        sql`${notice.audienceGroups} ?| ${sql.param(groups)}::text[]`,
        which,
      ),
    );
  const byProperty = new Map(places.map((place) => [place.property.id, place]));
  return rows.filter((row) => {
    const place = byProperty.get(row.propertyId);
    return place !== undefined && seesNotice(row, place.property, place.memberships, visitor.day.today);
  });
}

/** Whether the notice appeared after that instant (null: never looked); one that waited for its first day, on that day. */
export function isNoticeSince(notice: Pick<Notice, 'publishedAt' | 'visibleFrom'>, since: string | null): boolean {
  if (since === null || notice.publishedAt === null || notice.publishedAt > since) return true;
  return notice.visibleFrom !== null && notice.visibleFrom > berlinDate(Date.parse(since));
}
