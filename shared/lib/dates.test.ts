import { expect, test } from 'vitest';
import { addMonths, berlinDate, isCalendarDate, periodContains, periodsOverlap } from './dates.ts';

test('a month later is the same day, or the last one there is', () => {
  expect(addMonths('2025-01-15', 1)).toBe('2025-02-15');
  expect(addMonths('2025-01-31', 1)).toBe('2025-02-28');
  expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
  expect(addMonths('2024-11-30', 24)).toBe('2026-11-30');
  expect(addMonths('2025-12-31', 1)).toBe('2026-01-31');
  expect(addMonths('2025-03-31', -1)).toBe('2025-02-28');
  expect(addMonths('2025-01-01', -1)).toBe('2024-12-01');
  expect(addMonths('2025-06-30', 0)).toBe('2025-06-30');
});

test('the day is the one in Berlin, summer and winter', () => {
  expect(berlinDate(Date.parse('2025-06-14T21:59:59.999Z'))).toBe('2025-06-14');
  expect(berlinDate(Date.parse('2025-06-14T22:00:00.000Z'))).toBe('2025-06-15');
  expect(berlinDate(Date.parse('2025-12-31T22:59:59.999Z'))).toBe('2025-12-31');
  expect(berlinDate(Date.parse('2025-12-31T23:00:00.000Z'))).toBe('2026-01-01');
});

test('a date is a day that exists', () => {
  expect(['2024-02-29', '2025-12-31'].every(isCalendarDate)).toBe(true);
  expect(['2025-02-29', '2025-13-01', '2025-00-10', '2025-04-31', '25-01-01', '2025-1-1'].some(isCalendarDate)).toBe(
    false,
  );
});

test('periods share a day or not, ends included, open ends open', () => {
  const period = (from: string | null, to: string | null) => ({ from, to });
  expect(periodsOverlap(period('2025-01-01', '2025-01-31'), period('2025-01-31', null))).toBe(true);
  expect(periodsOverlap(period('2025-01-01', '2025-01-31'), period('2025-02-01', null))).toBe(false);
  expect(periodsOverlap(period(null, null), period(null, '1990-01-01'))).toBe(true);
  expect(periodsOverlap(period('2025-01-02', '2025-01-01'), period(null, null))).toBe(false);
  expect(periodContains(period('2025-01-01', '2025-01-31'), '2025-01-31')).toBe(true);
  expect(periodContains(period('2025-01-01', '2025-01-31'), '2025-02-01')).toBe(false);
});
