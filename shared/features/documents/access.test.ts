import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AccessDay, hasLapsed, type MembershipSpan, standing } from '../people/access.ts';
import { groupKeys } from '../properties/model.ts';
import { byVersion, currentVersion, type DocumentAccess, documentReaders, seesDocument } from './access.ts';

const online = { online: true };
const today: AccessDay = { today: '2025-06-15', formerMemberMonths: 24 };

function span(
  group: MembershipSpan['group'],
  from: string | null,
  to: string | null,
  personId = 'anna',
): MembershipSpan {
  return { personId, propertyId: 'x', unitId: null, group, from, to };
}

const forTenants: DocumentAccess = {
  state: 'published',
  audienceGroups: ['tenant'],
  audiencePersonIds: [],
  periodFrom: null,
  periodTo: null,
};
const sees = (
  document: Partial<DocumentAccess>,
  memberships: readonly MembershipSpan[],
  day = today,
  property = online,
) => seesDocument({ ...forTenants, ...document }, property, { personId: 'anna', memberships }, day);

const current = [span('tenant', '2024-03-01', null)];
const former = [span('tenant', '2020-01-01', '2024-02-29')];
const longGone = [span('tenant', '2015-01-01', '2020-12-31')];
const year = (n: number) => ({ periodFrom: `${n}-01-01`, periodTo: `${n}-12-31` });

describe('an undated document', () => {
  test('is for current members of its groups', () => {
    expect(sees({}, current)).toBe(true);
    expect(sees({}, former)).toBe(false);
    expect(sees({}, longGone)).toBe(false);
    expect(sees({}, [])).toBe(false);
    expect(sees({ audienceGroups: ['owner'] }, current)).toBe(false);
    expect(sees({}, [span('tenant', '2026-01-01', null)])).toBe(false);
  });
});

describe('a dated document', () => {
  test('is for those who were members in its period', () => {
    expect(sees(year(2024), current)).toBe(true);
    expect(sees(year(2023), current)).toBe(false);
    expect(sees(year(2024), former)).toBe(true);
    expect(sees(year(2025), former)).toBe(false);
    expect(sees(year(2018), longGone)).toBe(false);
  });

  test('one shared day is enough', () => {
    expect(sees({ periodFrom: '2023-03-01', periodTo: '2024-03-01' }, current)).toBe(true);
    expect(sees({ periodFrom: '2023-03-01', periodTo: '2024-02-29' }, current)).toBe(false);
    expect(sees({ periodFrom: '2024-02-29', periodTo: null }, former)).toBe(true);
    expect(sees({ periodFrom: null, periodTo: '2019-12-31' }, former)).toBe(false);
  });

  test('needs the membership in the group that it is for', () => {
    const becameOwner = [span('tenant', '2020-01-01', '2022-12-31'), span('owner', '2023-01-01', null)];
    expect(sees(year(2022), becameOwner)).toBe(true);
    expect(sees(year(2024), becameOwner)).toBe(false);
    expect(sees({ ...year(2024), audienceGroups: ['owner'] }, becameOwner)).toBe(true);
    expect(sees({ ...year(2022), audienceGroups: ['owner'] }, becameOwner)).toBe(false);
  });

  test('waits for a membership that has not begun, also where its period is longer', () => {
    const willOwn = [span('tenant', '2020-01-01', null), span('owner', '2025-07-01', null)];
    expect(sees({ ...year(2025), audienceGroups: ['owner'] }, willOwn)).toBe(false);
  });

  test('ends with the time for former members', () => {
    const day = (formerMemberMonths: number) => ({ ...today, formerMemberMonths });
    expect(sees(year(2023), former, day(16))).toBe(true);
    expect(sees(year(2023), former, day(15))).toBe(false);
  });
});

describe('a personal document', () => {
  const personal = { audienceGroups: [], audiencePersonIds: ['anna'] };

  test('is for the persons named, whatever their group', () => {
    expect(sees(personal, current)).toBe(true);
    expect(sees(personal, former)).toBe(true);
    expect(sees({ ...personal, ...year(1999) }, current)).toBe(true);
    expect(sees({ ...personal, audiencePersonIds: ['bert'] }, current)).toBe(false);
  });

  test('is also for somebody who is no member, but not for one whose time is over', () => {
    expect(sees(personal, [])).toBe(true);
    expect(sees(personal, longGone)).toBe(false);
  });
});

test('drafts, queued documents and properties that are offline show nothing', () => {
  const everything = { audiencePersonIds: ['anna'] };
  expect(sees({ ...everything, state: 'draft' }, current)).toBe(false);
  expect(sees({ ...everything, state: 'queued' }, current)).toBe(false);
  expect(sees(everything, current, today, { online: false })).toBe(false);
});

const dates = fc
  .integer({ min: 0, max: 60 })
  .map((offset) => new Date(Date.UTC(2025, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10));
const groups = fc.constantFrom(...groupKeys);
const names = ['anna', 'bert', 'cem'] as const;
const spans = fc
  .record({ personId: fc.constantFrom(...names), group: groups, from: fc.option(dates), to: fc.option(dates) })
  .map(({ personId, group, from, to }) => span(group, from, to, personId));
const documents: fc.Arbitrary<DocumentAccess> = fc.record({
  state: fc.constantFrom('draft', 'queued', 'published', 'published', 'published'),
  audienceGroups: fc.uniqueArray(groups),
  audiencePersonIds: fc.uniqueArray(fc.constantFrom('anna', 'stranger')),
  periodFrom: fc.option(dates),
  periodTo: fc.option(dates),
});

/** Every day of the range in which a membership holds: the rule about periods without comparing ends. */
function daysOf(from: string | null, to: string | null): readonly string[] {
  return Array.from({ length: 400 }, (_, offset) =>
    new Date(Date.UTC(2024, 6, 1) + offset * 86_400_000).toISOString().slice(0, 10),
  ).filter((one) => (from ?? one) <= one && one <= (to ?? one));
}

test('whoever is told of a document can see it, and whoever can see it is told', () => {
  fc.assert(
    fc.property(
      documents,
      fc.boolean(),
      fc.array(spans, { maxLength: 5 }),
      dates,
      fc.integer({ min: 0, max: 2 }),
      (document, isOnline, memberships, now, formerMemberMonths) => {
        const day = { today: now, formerMemberMonths };
        const readers = documentReaders(document, { online: isOnline }, memberships, day);
        for (const personId of [...names, 'stranger']) {
          const own = memberships.filter((membership) => membership.personId === personId);
          const inPeriod = (membership: MembershipSpan) => {
            const period = new Set(daysOf(document.periodFrom, document.periodTo));
            return daysOf(membership.from, membership.to).some((one) => period.has(one));
          };
          const begun = own.filter(({ from, to }) => (from ?? now) <= now && (from ?? to ?? '') <= (to ?? from ?? ''));
          const undated = document.periodFrom === null && document.periodTo === null;
          const byGroup = undated
            ? begun.some((m) => document.audienceGroups.includes(m.group) && (m.to ?? now) >= now)
            : standing(own, day) !== 'none' &&
              begun.some((m) => document.audienceGroups.includes(m.group) && inPeriod(m));
          const byName = document.audiencePersonIds.includes(personId) && !hasLapsed(own, day);
          const expected = isOnline && document.state === 'published' && (byGroup || byName);
          expect(seesDocument(document, { online: isOnline }, { personId, memberships: own }, day)).toBe(expected);
          expect(readers.filter((reader) => reader === personId)).toHaveLength(expected ? 1 : 0);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('the current version is the newest that is there', () => {
  const version = (id: string, createdAt: string) => ({ id, createdAt });
  const first = version('c', '2025-01-01T00:00:00.000Z');
  const second = version('a', '2025-02-01T00:00:00.000Z');
  const sameTime = version('b', '2025-02-01T00:00:00.000Z');
  expect(currentVersion([])).toBeNull();
  expect(currentVersion([first, second])).toBe(second);
  expect(currentVersion([sameTime, second, first])).toBe(sameTime);
  expect([first, second, sameTime].sort(byVersion)).toEqual([sameTime, second, first]);
});
