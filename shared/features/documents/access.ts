import { periodsOverlap } from '../../lib/dates.ts';
import type { Attachment } from '../files/model.ts';
import {
  type AccessDay,
  hasBegun,
  hasLapsed,
  isInGroups,
  type Member,
  type MembershipSpan,
  membersOf,
  standing,
} from '../people/access.ts';
import { isOpen } from '../properties/access.ts';
import type { Property } from '../properties/model.ts';
import type { Document } from './model.ts';

export type DocumentAccess = Pick<
  Document,
  'state' | 'audienceGroups' | 'audiencePersonIds' | 'periodFrom' | 'periodTo'
>;

/** Whether the document is about no particular period. */
function isUndated(document: Pick<Document, 'periodFrom' | 'periodTo'>): boolean {
  return document.periodFrom === null && document.periodTo === null;
}

/**
 * Whether a person sees the document; `member` holds their memberships at its property. Undated: current members of one
 * of its groups. Dated: current and former members who belonged to one of its groups during its period. Named in person:
 * always, until the time for former members is over.
 */
export function seesDocument(
  document: DocumentAccess,
  property: Pick<Property, 'online'>,
  member: Member,
  day: AccessDay,
): boolean {
  if (!isOpen(property) || document.state !== 'published') return false;
  if (document.audiencePersonIds.includes(member.personId) && !hasLapsed(member.memberships, day)) return true;
  if (isUndated(document)) return isInGroups(member.memberships, document.audienceGroups, day.today);
  const period = { from: document.periodFrom, to: document.periodTo };
  return (
    standing(member.memberships, day) !== 'none' &&
    member.memberships.some(
      (membership) =>
        document.audienceGroups.includes(membership.group) &&
        hasBegun(membership, day.today) &&
        periodsOverlap(membership, period),
    )
  );
}

/**
 * Everybody who sees the document, out of all memberships of its property. A preview passes the document as it will be:
 * `{...document, state: 'published'}`.
 */
export function documentReaders(
  document: DocumentAccess,
  property: Pick<Property, 'online'>,
  memberships: readonly MembershipSpan[],
  day: AccessDay,
): readonly string[] {
  const members = membersOf(memberships);
  const known = new Set(members.map((member) => member.personId));
  const strangers = [...new Set(document.audiencePersonIds)].filter((personId) => !known.has(personId));
  return [...members, ...strangers.map((personId): Member => ({ personId, memberships: [] }))]
    .filter((member) => seesDocument(document, property, member, day))
    .map((member) => member.personId);
}

/** Versions of one document, the newest first. */
export function byVersion(a: Pick<Attachment, 'id' | 'createdAt'>, b: Pick<Attachment, 'id' | 'createdAt'>): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}

/** The version residents get: the newest that the server holds; null while it holds none. Older ones stay at the desk. */
export function currentVersion<A extends Pick<Attachment, 'id' | 'createdAt'>>(available: readonly A[]): A | null {
  return available.toSorted(byVersion)[0] ?? null;
}
