import { isCurrent, type MembershipSpan } from '../people/access.ts';
import type { Property } from './model.ts';

/** Whether anything of the property shows in the portal at all. A deleted property is not passed in. */
export function isOpen(property: Pick<Property, 'online'>): boolean {
  return property.online;
}

/** Whether somebody sees the emergency contacts of a property: every current member. */
export function seesContacts(
  property: Pick<Property, 'online'>,
  memberships: readonly MembershipSpan[],
  today: string,
): boolean {
  return isOpen(property) && memberships.some((membership) => isCurrent(membership, today));
}
