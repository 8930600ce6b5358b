import type { Notice } from '../../../../shared/features/notices/model.ts';
import { OperationError } from '../../../../shared/lib/errors.ts';
import { readAvailable, residentFile } from '../../access/files.ts';
import { isNoticeSince, readNotices } from '../../access/notices.ts';
import { markSeen, newSince, readSeen } from '../../access/seen.ts';
import { enterCompany, type Place, readPlace, type Visitor } from '../../access/visitor.ts';
import type { Company, ViewerHandlers } from '../../context.ts';
import { readAuthorNames } from './repository.ts';

export const noticesHandlers: ViewerHandlers<'notices'> = {
  'notices.board': (context, { organisationId, propertyId }) =>
    enterCompany(context, organisationId, async (company, visitor) => {
      const notices = await readNotices(company, visitor, [await boardAt(company, visitor, propertyId)]);
      const names = await readAuthorNames(company, notices);
      const files = await readAvailable(
        company,
        'notice',
        notices.map((notice) => notice.id),
      );
      const subject = `notices:${propertyId}` as const;
      const since = newSince((await readSeen(company, visitor, [subject]))(subject), visitor.now);
      return {
        notices: notices.toSorted(pinnedThenNewest).map((notice) => ({
          id: notice.id,
          title: notice.title,
          body: notice.body,
          pinned: notice.pinned,
          publishedAt: notice.publishedAt,
          visibleUntil: notice.visibleUntil,
          authorName: names.get(notice.authorId) ?? visitor.organisationName,
          files: files(notice.id).map((file) => residentFile(company, file)),
          isNew: isNoticeSince(notice, since),
        })),
      };
    }),
  'notices.seen': (context, { organisationId, propertyId }) =>
    enterCompany(context, organisationId, async (company, visitor) => {
      await boardAt(company, visitor, propertyId);
      await markSeen(company, visitor, `notices:${propertyId}`);
      return {};
    }),
};

/** The board is for current members. */
async function boardAt(company: Company, visitor: Visitor, propertyId: string): Promise<Place> {
  const place = await readPlace(company, visitor, propertyId);
  if (place.standing !== 'current') throw new OperationError('not-found');
  return place;
}

function pinnedThenNewest(a: Notice, b: Notice): number {
  if (a.pinned !== b.pinned) return a.pinned ? -1 : 1;
  const [first, second] = [a.publishedAt ?? '', b.publishedAt ?? ''];
  if (first !== second) return first < second ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}
