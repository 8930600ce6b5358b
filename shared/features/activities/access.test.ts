import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccessDay, MembershipSpan } from '../people/access.ts';
import {
  type ActivityStanding,
  type EntryAccess,
  entryReaders,
  isTopicOffered,
  mayReply,
  mayWrite,
  visibleEntries,
} from './access.ts';
import { entryKinds } from './model.ts';

const day: AccessDay = { today: '2025-06-15', formerMemberMonths: 24 };
const online = { online: true };
const numbered = { number: 7 };

function span(group: MembershipSpan['group'], from: string | null, to: string | null): MembershipSpan {
  return { personId: 'anna', propertyId: 'x', unitId: null, group, from, to };
}
const tenant = [span('tenant', '2020-01-01', null)];
const former = [span('tenant', '2020-01-01', '2025-01-31')];
const longGone = [span('tenant', '2010-01-01', '2015-01-31')];

const own: EntryAccess = { kind: 'message', released: true, authorKind: 'resident', authorId: 'anna' };
const neighbours: EntryAccess = { ...own, authorId: 'bert' };
const answer: EntryAccess = { kind: 'message', released: true, authorKind: 'staff', authorId: 'staff' };
const unreleased: EntryAccess = { ...answer, released: false };
const note: EntryAccess = { ...answer, kind: 'note', released: false };
const tickedNote: EntryAccess = { ...note, released: true };
const all = [own, neighbours, answer, unreleased, note, tickedNote];

const anna = (linked: boolean, memberships: readonly MembershipSpan[] = tenant): ActivityStanding => ({
  personId: 'anna',
  linked,
  memberships,
});
const sees = (person: ActivityStanding, entries = all, activity: { number: number | null } = numbered) =>
  visibleEntries(activity, online, entries, person, day);

describe('a conversation', () => {
  test('shows a linked person every released entry, past ones included, never a note', () => {
    expect(sees(anna(true))).toEqual([own, neighbours, answer]);
  });

  test('shows an unlinked person their own entries alone', () => {
    expect(sees(anna(false))).toEqual([own]);
  });

  test('does not exist for somebody who would see nothing of it', () => {
    expect(sees(anna(false), [neighbours, answer])).toBeNull();
    expect(sees(anna(true), [unreleased, note, tickedNote])).toBeNull();
  });

  test('keeps one’s own entries although the company has unticked them', () => {
    expect(sees(anna(true), [{ ...own, released: false }])).toEqual([{ ...own, released: false }]);
    expect(sees(anna(true), [{ ...neighbours, released: false }])).toBeNull();
  });

  test('does not take a member of staff for a person of the same id', () => {
    expect(sees(anna(false), [{ ...answer, authorId: 'anna' }])).toBeNull();
  });

  test('is not shown before it has its number, while the property is offline, or after the time for former members', () => {
    expect(sees(anna(true), all, { number: null })).toBeNull();
    expect(visibleEntries(numbered, { online: false }, all, anna(true), day)).toBeNull();
    expect(sees(anna(true, former))).not.toBeNull();
    expect(sees(anna(true, longGone))).toBeNull();
  });

  test('about no property shows to linked persons, members or not', () => {
    expect(visibleEntries(numbered, null, all, anna(true, []), day)).toEqual([own, neighbours, answer]);
  });
});

describe('writing', () => {
  const setting = { messageGroups: ['tenant' as const] };

  test('opens for current members of the groups the company chose', () => {
    expect(mayWrite(online, setting, tenant, day.today)).toBe(true);
    expect(mayWrite(online, { messageGroups: ['owner'] }, tenant, day.today)).toBe(false);
    expect(mayWrite(online, setting, former, day.today)).toBe(false);
    expect(mayWrite({ online: false }, setting, tenant, day.today)).toBe(false);
  });

  test('answering is for linked persons, former members included', () => {
    expect(mayReply(setting, anna(true), day)).toBe(true);
    expect(mayReply(setting, anna(false), day)).toBe(false);
    expect(mayReply(setting, anna(true, former), day)).toBe(true);
    expect(mayReply({ messageGroups: ['owner'] }, anna(true), day)).toBe(false);
    expect(mayReply({ messageGroups: ['owner'] }, anna(true, []), day)).toBe(true);
    expect(mayReply(null, anna(true), day)).toBe(true);
  });

  test('topics are those offered at the property', () => {
    expect(isTopicOffered({ id: 't', offered: true }, { topicIds: null })).toBe(true);
    expect(isTopicOffered({ id: 't', offered: true }, { topicIds: ['u'] })).toBe(false);
    expect(isTopicOffered({ id: 't', offered: true }, { topicIds: ['u', 't'] })).toBe(true);
    expect(isTopicOffered({ id: 't', offered: false }, { topicIds: ['t'] })).toBe(false);
  });
});

test('whoever is told of an entry can see it, and whoever can see it is told', () => {
  const entries: fc.Arbitrary<EntryAccess> = fc.record({
    kind: fc.constantFrom(...entryKinds),
    released: fc.boolean(),
    authorKind: fc.constantFrom('staff', 'resident'),
    authorId: fc.constantFrom('anna', 'bert', 'staff'),
  });
  const people = fc.tuple(
    ...['anna', 'bert', 'cem'].map((personId) =>
      fc.record({
        personId: fc.constant(personId),
        linked: fc.boolean(),
        memberships: fc.constantFrom(tenant, former, longGone, []),
      }),
    ),
  );
  fc.assert(
    fc.property(entries, people, fc.option(fc.nat()), fc.constantFrom(online, { online: false }, null), (...given) => {
      const [entry, persons, number, property] = given;
      const readers = entryReaders(entry, { number }, property, persons, day);
      for (const person of persons) {
        const expected =
          number !== null &&
          property?.online !== false &&
          person.memberships !== longGone &&
          ((entry.authorKind === 'resident' && entry.authorId === person.personId) ||
            (person.linked && entry.released && entry.kind !== 'note'));
        expect(readers.includes(person.personId)).toBe(expected);
        expect(visibleEntries({ number }, property, [entry], person, day) !== null).toBe(expected);
      }
    }),
  );
});
