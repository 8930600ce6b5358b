import { type AccessDay, hasLapsed, isFormer, isInGroups, type MembershipSpan } from '../people/access.ts';
import { isOpen } from '../properties/access.ts';
import type { PortalSetting, Property } from '../properties/model.ts';
import type { Activity, Entry, Topic } from './model.ts';

export type EntryAccess = Pick<Entry, 'kind' | 'released' | 'authorKind' | 'authorId'>;

/** What an activity is to one person. */
export interface ActivityStanding {
  readonly personId: string;
  /** There is a link of activity and person that is not deleted. */
  readonly linked: boolean;
  /** The person's memberships at the activity's property; where it has none, at all properties of the company. */
  readonly memberships: readonly MembershipSpan[];
}

/** Whether a person wrote the entry in the portal. */
export function isOwnEntry(entry: Pick<Entry, 'authorKind' | 'authorId'>, personId: string): boolean {
  return entry.authorKind === 'resident' && entry.authorId === personId;
}

/**
 * Whether a person sees an entry of an activity that is open to them: their own always; linked, every released one.
 * A note is internal for ever, whatever its release says.
 */
function seesEntry(entry: EntryAccess, personId: string, linked: boolean): boolean {
  return isOwnEntry(entry, personId) || (linked && entry.released && entry.kind !== 'note');
}

/**
 * Whether an activity is open to a person at all: it has its number, its property (where it has one; null) is online, and
 * the time for former members is not over.
 */
export function isActivityOpen(
  activity: Pick<Activity, 'number'>,
  property: Pick<Property, 'online'> | null,
  memberships: readonly MembershipSpan[],
  day: AccessDay,
): boolean {
  return activity.number !== null && (property === null || isOpen(property)) && !hasLapsed(memberships, day);
}

/**
 * The entries of an activity that a person sees. Null: the activity does not exist for them, and neither do its subject
 * and status; so it is for a linked person too as long as nothing is released.
 */
export function visibleEntries<E extends EntryAccess>(
  activity: Pick<Activity, 'number'>,
  property: Pick<Property, 'online'> | null,
  entries: readonly E[],
  person: ActivityStanding,
  day: AccessDay,
): readonly E[] | null {
  if (!isActivityOpen(activity, property, person.memberships, day)) return null;
  const visible = entries.filter((entry) => seesEntry(entry, person.personId, person.linked));
  return visible.length > 0 ? visible : null;
}

/** Whether somebody may open an activity at a property: current members of a group that may write. */
export function mayWrite(
  property: Pick<Property, 'online'>,
  setting: Pick<PortalSetting, 'messageGroups'>,
  memberships: readonly MembershipSpan[],
  today: string,
): boolean {
  return isOpen(property) && isInGroups(memberships, setting.messageGroups, today);
}

/**
 * Whether a person may answer in an activity that they see: linked, and of a group that may write, now or as a former
 * member. Whoever never was a member was linked by hand and may answer.
 */
export function mayReply(
  setting: Pick<PortalSetting, 'messageGroups'> | null,
  person: ActivityStanding,
  day: AccessDay,
): boolean {
  if (!person.linked) return false;
  if (setting === null || person.memberships.length === 0) return true;
  return (
    isInGroups(person.memberships, setting.messageGroups, day.today) ||
    person.memberships.some(
      (membership) => setting.messageGroups.includes(membership.group) && isFormer(membership, day),
    )
  );
}

/** Whether residents may choose the topic at a property. */
export function isTopicOffered(
  topic: Pick<Topic, 'id' | 'offered'>,
  setting: Pick<PortalSetting, 'topicIds'>,
): boolean {
  return topic.offered && (setting.topicIds === null || setting.topicIds.includes(topic.id));
}

/**
 * Those of `people` (the linked persons and the author) who see an entry. Told of it are all of them but its author. A
 * preview passes the entry as it will be, `{...entry, released: true}`, and an activity that has its number.
 */
export function entryReaders(
  entry: EntryAccess,
  activity: Pick<Activity, 'number'>,
  property: Pick<Property, 'online'> | null,
  people: readonly ActivityStanding[],
  day: AccessDay,
): readonly string[] {
  return people
    .filter((person) => visibleEntries(activity, property, [entry], person, day) !== null)
    .map((person) => person.personId);
}
