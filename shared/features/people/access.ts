import { addMonths, isEmptyPeriod, periodContains } from '../../lib/dates.ts';
import type { Account } from '../accounts/model.ts';
import { type GroupKey, groupKeys, type PortalSetting } from '../properties/model.ts';
import type { Membership } from './model.ts';

/**
 * Who somebody is at a property. Every rule about seeing builds on this and nothing else. All memberships that are passed
 * in are rows that are not deleted; days are inclusive calendar days in Berlin.
 */

export type MembershipSpan = Pick<Membership, 'personId' | 'propertyId' | 'unitId' | 'group' | 'from' | 'to'>;

/** One person with their memberships at the property in question, past and future ones included. */
export interface Member {
  readonly personId: string;
  readonly memberships: readonly MembershipSpan[];
}

/** The day in Berlin, and how long the company lets former members in (`organisation.formerMemberMonths`). */
export interface AccessDay {
  readonly today: string;
  readonly formerMemberMonths: number;
}

/** `former` ends when the company's time for former members is over; before the first day somebody is `none`. */
export type Standing = 'current' | 'former' | 'none';

/** Whether the membership holds on that day. */
export function isCurrent(membership: Pick<Membership, 'from' | 'to'>, today: string): boolean {
  return periodContains(membership, today);
}

/** Whether it has begun by that day; one that ends before it begins never does. */
export function hasBegun(membership: Pick<Membership, 'from' | 'to'>, today: string): boolean {
  return !isEmptyPeriod(membership) && (membership.from === null || membership.from <= today);
}

/** Whether it has ended, but so recently that the company still lets the person see what was theirs. */
export function isFormer(membership: Pick<Membership, 'from' | 'to'>, day: AccessDay): boolean {
  if (membership.to === null || !hasBegun(membership, day.today)) return false;
  return membership.to < day.today && day.today <= addMonths(membership.to, day.formerMemberMonths);
}

/** What somebody is at a property through all memberships there. */
export function standing(memberships: readonly MembershipSpan[], day: AccessDay): Standing {
  if (memberships.some((membership) => isCurrent(membership, day.today))) return 'current';
  return memberships.some((membership) => isFormer(membership, day)) ? 'former' : 'none';
}

/**
 * Whether somebody was a member and the time for former members is over. Not so for whoever never was one (a person
 * named or linked by hand) and for whoever is about to become one.
 */
export function hasLapsed(memberships: readonly MembershipSpan[], day: AccessDay): boolean {
  const begun = memberships.filter((membership) => hasBegun(membership, day.today));
  return begun.length > 0 && begun.length === memberships.length && standing(memberships, day) === 'none';
}

/** The groups somebody belongs to today, in the fixed order. */
export function currentGroups(memberships: readonly MembershipSpan[], today: string): readonly GroupKey[] {
  return groupKeys.filter((group) =>
    memberships.some((membership) => membership.group === group && isCurrent(membership, today)),
  );
}

/** Whether somebody belongs to one of these groups today. */
export function isInGroups(
  memberships: readonly MembershipSpan[],
  groups: readonly GroupKey[],
  today: string,
): boolean {
  return memberships.some((membership) => groups.includes(membership.group) && isCurrent(membership, today));
}

/** Memberships of one property, by person. */
export function membersOf(memberships: readonly MembershipSpan[]): readonly Member[] {
  const byPerson = new Map<string, MembershipSpan[]>();
  for (const membership of memberships) {
    const own = byPerson.get(membership.personId);
    if (own === undefined) byPerson.set(membership.personId, [membership]);
    else own.push(membership);
  }
  return [...byPerson].map(([personId, own]) => ({ personId, memberships: own }));
}

/** Whether somebody may open the directory of a property. */
export function seesDirectory(
  memberships: readonly MembershipSpan[],
  setting: Pick<PortalSetting, 'directoryGroups'>,
  today: string,
): boolean {
  return isInGroups(memberships, setting.directoryGroups, today);
}

/**
 * The memberships with which a registered person stands in the directory; none: not listed. Tenants are hidden until they
 * opt in; owners, house owners and service providers are listed by name, since they have to be able to find each other.
 */
export function listedMemberships(
  account: Pick<Account, 'registeredAt' | 'disabledAt' | 'showInDirectory'>,
  memberships: readonly MembershipSpan[],
  today: string,
): readonly MembershipSpan[] {
  if (account.registeredAt === null || account.disabledAt !== null) return [];
  return memberships.filter(
    (membership) => isCurrent(membership, today) && (membership.group !== 'tenant' || account.showInDirectory),
  );
}
