import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MembershipSpan } from '../people/access.ts';
import { groupKeys } from '../properties/model.ts';
import { type NoticeAccess, noticeReaders, seesNotice } from './access.ts';

const online = { online: true };
const published: NoticeAccess = {
  state: 'published',
  approval: 'not-needed',
  audienceGroups: ['tenant'],
  visibleFrom: null,
  visibleUntil: null,
};

function span(group: MembershipSpan['group'], from: string | null, to: string | null, personId = 'p'): MembershipSpan {
  return { personId, propertyId: 'x', unitId: null, group, from, to };
}
const tenant = [span('tenant', '2020-01-01', null)];
const sees = (notice: Partial<NoticeAccess>, memberships = tenant, today = '2025-06-15', property = online) =>
  seesNotice({ ...published, ...notice }, property, memberships, today);

describe('a notice is seen', () => {
  test('by current members of its groups', () => {
    expect(sees({})).toBe(true);
    expect(sees({ audienceGroups: ['owner', 'house-owner', 'service-provider'] })).toBe(false);
    expect(sees({ audienceGroups: [] })).toBe(false);
    expect(sees({}, [span('tenant', '2020-01-01', '2025-06-14')])).toBe(false);
    expect(sees({}, [span('tenant', '2025-06-16', null)])).toBe(false);
    expect(sees({}, [])).toBe(false);
  });

  test('once it is published and, by residents, approved', () => {
    expect(sees({ state: 'draft' })).toBe(false);
    expect(sees({ state: 'queued' })).toBe(false);
    expect(sees({ approval: 'approved' })).toBe(true);
    expect(sees({ approval: 'waiting' })).toBe(false);
    expect(sees({ approval: 'refused' })).toBe(false);
  });

  test('from its first to its last day', () => {
    expect(sees({ visibleFrom: '2025-06-15', visibleUntil: '2025-06-15' })).toBe(true);
    expect(sees({ visibleFrom: '2025-06-16' })).toBe(false);
    expect(sees({ visibleUntil: '2025-06-14' })).toBe(false);
  });

  test('while the property is online', () => {
    expect(sees({}, tenant, '2025-06-15', { online: false })).toBe(false);
  });
});

const dates = fc
  .integer({ min: 0, max: 40 })
  .map((offset) => new Date(Date.UTC(2025, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10));
const groups = fc.constantFrom(...groupKeys);
const spans = fc
  .record({
    personId: fc.constantFrom('anna', 'bert', 'cem'),
    group: groups,
    from: fc.option(dates),
    to: fc.option(dates),
  })
  .map(({ personId, group, from, to }) => span(group, from, to, personId));
const notices: fc.Arbitrary<NoticeAccess> = fc.record({
  state: fc.constantFrom('draft', 'queued', 'published', 'published', 'published'),
  approval: fc.constantFrom('not-needed', 'waiting', 'approved', 'refused', 'not-needed'),
  audienceGroups: fc.uniqueArray(groups),
  visibleFrom: fc.option(dates),
  visibleUntil: fc.option(dates),
});

test('whoever is told of a notice can see it, and whoever can see it is told', () => {
  fc.assert(
    fc.property(notices, fc.boolean(), fc.array(spans), dates, (notice, isOnline, memberships, today) => {
      const readers = noticeReaders(notice, { online: isOnline }, memberships, today);
      for (const personId of ['anna', 'bert', 'cem', 'stranger']) {
        const own = memberships.filter((membership) => membership.personId === personId);
        // The rule once more, in the words of the product.
        const expected =
          isOnline &&
          notice.state === 'published' &&
          notice.approval !== 'waiting' &&
          notice.approval !== 'refused' &&
          (notice.visibleFrom ?? today) <= today &&
          (notice.visibleUntil ?? today) >= today &&
          own.some(
            ({ group, from, to }) =>
              notice.audienceGroups.includes(group) && (from ?? today) <= today && (to ?? today) >= today,
          );
        expect(seesNotice(notice, { online: isOnline }, own, today)).toBe(expected);
        expect(readers.filter((reader) => reader === personId)).toHaveLength(expected ? 1 : 0);
      }
    }),
  );
});
