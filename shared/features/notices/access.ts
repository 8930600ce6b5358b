import { periodContains } from '../../lib/dates.ts';
import { isInGroups, type Member, type MembershipSpan, membersOf } from '../people/access.ts';
import { isOpen } from '../properties/access.ts';
import type { Property } from '../properties/model.ts';
import type { Notice } from './model.ts';

export type NoticeAccess = Pick<Notice, 'state' | 'approval' | 'audienceGroups' | 'visibleFrom' | 'visibleUntil'>;

/** Whether the notice hangs on the board that day, for whomever. */
function isOnBoard(notice: NoticeAccess, today: string): boolean {
  return (
    notice.state === 'published' &&
    (notice.approval === 'not-needed' || notice.approval === 'approved') &&
    periodContains({ from: notice.visibleFrom, to: notice.visibleUntil }, today)
  );
}

/** Whether a person sees the notice: current members of one of its groups. `memberships` are theirs at its property. */
export function seesNotice(
  notice: NoticeAccess,
  property: Pick<Property, 'online'>,
  memberships: readonly MembershipSpan[],
  today: string,
): boolean {
  return isOpen(property) && isOnBoard(notice, today) && isInGroups(memberships, notice.audienceGroups, today);
}

/**
 * Everybody who sees the notice, out of all memberships of its property. A preview passes the notice as it will be:
 * `{...notice, state: 'published'}`, and the first visible day as `today`.
 */
export function noticeReaders(
  notice: NoticeAccess,
  property: Pick<Property, 'online'>,
  memberships: readonly MembershipSpan[],
  today: string,
): readonly string[] {
  return membersOf(memberships)
    .filter((member: Member) => seesNotice(notice, property, member.memberships, today))
    .map((member) => member.personId);
}
