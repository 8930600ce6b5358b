import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AccessDay,
  currentGroups,
  hasLapsed,
  isFormer,
  listedMemberships,
  type MembershipSpan,
  membersOf,
  seesDirectory,
  standing,
} from './access.ts';

const property = 'c0000000-0000-4000-8000-000000000001';
const anna = 'a0000000-0000-4000-8000-000000000001';

const day = (today: string, formerMemberMonths = 24): AccessDay => ({ today, formerMemberMonths });

function span(
  from: string | null,
  to: string | null,
  group: MembershipSpan['group'] = 'tenant',
  personId = anna,
): MembershipSpan {
  return { personId, propertyId: property, unitId: null, group, from, to };
}

describe('standing', () => {
  test('both days of a membership count', () => {
    const tenancy = [span('2024-03-01', '2025-02-28')];
    expect(standing(tenancy, day('2024-02-29'))).toBe('none');
    expect(standing(tenancy, day('2024-03-01'))).toBe('current');
    expect(standing(tenancy, day('2025-02-28'))).toBe('current');
    expect(standing(tenancy, day('2025-03-01'))).toBe('former');
  });

  test('former members are in for the time the company sets, to the day', () => {
    const tenancy = [span('2020-01-01', '2024-08-31')];
    expect(standing(tenancy, day('2025-02-28', 6))).toBe('former');
    expect(standing(tenancy, day('2025-03-01', 6))).toBe('none');
    expect(standing(tenancy, day('2024-09-01', 0))).toBe('none');
  });

  test('open ends are open', () => {
    expect(standing([span(null, null)], day('1999-01-01'))).toBe('current');
    expect(standing([span(null, '2024-12-31')], day('2025-06-01'))).toBe('former');
    expect(standing([span('2024-12-31', null)], day('2090-01-01'))).toBe('current');
  });

  test('a membership that ends before it begins is none at all', () => {
    for (const today of ['2024-01-01', '2024-06-01', '2024-12-31', '2025-06-01']) {
      expect(standing([span('2024-12-31', '2024-01-01')], day(today))).toBe('none');
    }
  });

  test('one current membership makes a current member, whatever ended', () => {
    expect(standing([span('2010-01-01', '2012-12-31'), span('2025-01-01', null)], day('2025-05-05'))).toBe('current');
  });
});

describe('lapsed', () => {
  test('is whoever was a member longer ago than the company lets former members in', () => {
    expect(hasLapsed([span('2010-01-01', '2012-12-31')], day('2025-01-01'))).toBe(true);
    expect(hasLapsed([span('2010-01-01', '2024-12-31')], day('2025-01-01'))).toBe(false);
  });

  test('is not who never was a member, or will be one', () => {
    expect(hasLapsed([], day('2025-01-01'))).toBe(false);
    expect(hasLapsed([span('2026-01-01', null)], day('2025-01-01'))).toBe(false);
    expect(hasLapsed([span('2010-01-01', '2012-12-31'), span('2026-01-01', null)], day('2025-01-01'))).toBe(false);
  });
});

test('groups are those of today, each once, in the fixed order', () => {
  const memberships = [
    span('2020-01-01', null, 'owner'),
    span('2020-01-01', null, 'tenant'),
    span('2021-01-01', null, 'owner'),
    span('2020-01-01', '2021-01-01', 'house-owner'),
    span('2030-01-01', null, 'service-provider'),
  ];
  expect(currentGroups(memberships, '2025-01-01')).toEqual(['tenant', 'owner']);
});

describe('directory', () => {
  const setting = { directoryGroups: ['tenant', 'owner'] as const };
  const open = (group: MembershipSpan['group'], to: string | null = null) =>
    seesDirectory([span('2020-01-01', to, group)], { directoryGroups: [...setting.directoryGroups] }, '2025-01-01');

  test('opens for current members of the groups the company chose', () => {
    expect([open('tenant'), open('owner'), open('service-provider'), open('house-owner')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(open('tenant', '2024-12-31')).toBe(false);
  });

  const registered = { registeredAt: '2025-01-01T00:00:00.000Z', disabledAt: null };
  const listed = (group: MembershipSpan['group'], account: object, to: string | null = null) =>
    listedMemberships(
      { ...registered, showInDirectory: false, ...account },
      [span('2020-01-01', to, group)],
      '2025-01-01',
    ).length === 1;

  test('shows tenants only when they opted in', () => {
    expect(listed('tenant', {})).toBe(false);
    expect(listed('tenant', { showInDirectory: true })).toBe(true);
    expect(listed('owner', {})).toBe(true);
    expect(listed('house-owner', {})).toBe(true);
    expect(listed('service-provider', {})).toBe(true);
  });

  test('shows nobody who is not registered, disabled or gone', () => {
    expect(listed('owner', { registeredAt: null })).toBe(false);
    expect(listed('owner', { disabledAt: '2025-01-01T00:00:00.000Z' })).toBe(false);
    expect(listed('owner', {}, '2024-12-31')).toBe(false);
  });

  test('an owner who also rents there is listed as owner only, until they opt in as tenant', () => {
    const both = [span('2020-01-01', null, 'owner'), span('2020-01-01', null, 'tenant')];
    expect(listedMemberships({ ...registered, showInDirectory: false }, both, '2025-01-01')).toEqual([both[0]]);
    expect(listedMemberships({ ...registered, showInDirectory: true }, both, '2025-01-01')).toEqual(both);
  });
});

const dates = fc
  .integer({ min: 0, max: 3000 })
  .map((offset) => new Date(Date.UTC(2020, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10));
const spans = fc.record({ from: fc.option(dates), to: fc.option(dates) }).map(({ from, to }) => span(from, to));

test('on every day a membership is at most one of current and former, and former only after its last day', () => {
  fc.assert(
    fc.property(spans, dates, fc.integer({ min: 0, max: 60 }), (membership, today, months) => {
      const when = day(today, months);
      const former = isFormer(membership, when);
      const current = standing([membership], when) === 'current';
      expect(former && current).toBe(false);
      if (former) expect((membership.to ?? '') < today).toBe(true);
      if (months === 0) expect(former).toBe(false);
    }),
  );
});

test('memberships by person: everyone once, nothing lost', () => {
  const people = fc.constantFrom(anna, 'b', 'c');
  fc.assert(
    fc.property(fc.array(fc.tuple(spans, people)), (rows) => {
      const memberships = rows.map(([membership, personId]) => ({ ...membership, personId }));
      const members = membersOf(memberships);
      expect(new Set(members.map((member) => member.personId)).size).toBe(members.length);
      expect(members.flatMap((member) => member.memberships)).toHaveLength(memberships.length);
      for (const member of members) {
        expect(member.memberships.every((membership) => membership.personId === member.personId)).toBe(true);
      }
    }),
  );
});
