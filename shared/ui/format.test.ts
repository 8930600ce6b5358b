import { describe, expect, test } from 'vitest';
import {
  formatAge,
  formatAmount,
  formatArea,
  formatCount,
  formatDate,
  formatDateShort,
  formatDay,
  formatFileSize,
  formatInstant,
  formatPeriod,
  formatRooms,
  formatTime,
  formatWhen,
  initials,
} from './format.ts';

// Monday, 23 November 2026, 15:30 in Berlin.
const now = Date.parse('2026-11-23T14:30:00.000Z');

describe('instants', () => {
  test.each([
    ['2026-11-23T13:05:00.000Z', 'heute 14:05', 'today 14:05'],
    ['2026-11-22T08:12:00.000Z', 'gestern 09:12', 'yesterday 09:12'],
    ['2026-11-24T08:12:00.000Z', 'morgen 09:12', 'tomorrow 09:12'],
    ['2026-11-03T09:00:00.000Z', 'Di, 3. Nov.', 'Tue, 3 Nov'],
    ['2025-11-03T09:00:00.000Z', '3. Nov. 2025', '3 Nov 2025'],
  ])('%s is said as %s', (instant, de, en) => {
    expect(formatWhen(instant, now, 'de')).toBe(de);
    expect(formatWhen(instant, now, 'en')).toBe(en);
  });

  test('belong to the day they have in Berlin, not in UTC', () => {
    expect(formatWhen('2026-11-22T23:30:00.000Z', now, 'de')).toBe('heute 00:30');
    expect(formatWhen('2026-06-30T22:15:00.000Z', Date.parse('2026-07-01T08:00:00.000Z'), 'de')).toBe('heute 00:15');
    expect(formatTime('2026-07-01T10:00:00.000Z')).toBe('12:00');
  });

  test('yesterday is a calendar day also across the change of the clocks and of the year', () => {
    expect(formatWhen('2026-10-24T21:00:00.000Z', Date.parse('2026-10-25T23:30:00.000Z'), 'de')).toBe('Sa, 24. Okt.');
    expect(formatWhen('2026-10-25T10:00:00.000Z', Date.parse('2026-10-25T23:30:00.000Z'), 'de')).toBe('gestern 11:00');
    expect(formatWhen('2025-12-31T10:00:00.000Z', Date.parse('2026-01-01T10:00:00.000Z'), 'de')).toBe('gestern 11:00');
  });

  test('in full', () => {
    expect(formatInstant('2026-11-03T13:05:00.000Z', 'de')).toBe('3. November 2026, 14:05 Uhr');
    expect(formatInstant('2026-11-03T13:05:00.000Z', 'en')).toBe('3 November 2026, 14:05');
  });
});

test.each([
  [0, 'jetzt', 'now'],
  [59_999, 'jetzt', 'now'],
  [-90_000, 'jetzt', 'now'],
  [3 * 60_000, '3 Min.', '3 min'],
  [2.9 * 3_600_000, '2 Std.', '2 h'],
  [5 * 86_400_000, '5 T.', '5 d'],
  [20 * 86_400_000, '3. Nov.', '3 Nov'],
  [400 * 86_400_000, '19. Okt. 2025', '19 Oct 2025'],
])('an age of %d ms is %s', (age, de, en) => {
  const instant = new Date(now - age).toISOString();
  expect(formatAge(instant, now, 'de')).toBe(de);
  expect(formatAge(instant, now, 'en')).toBe(en);
});

describe('days', () => {
  test.each([
    ['2026-11-23', 'heute'],
    ['2026-11-22', 'gestern'],
    ['2026-11-24', 'morgen'],
    ['2026-12-01', 'Di, 1. Dez.'],
    ['2027-03-01', '1. März 2027'],
  ])('%s is %s', (calendarDay, said) => {
    expect(formatDay(calendarDay, now, 'de')).toBe(said);
  });

  test('in full, for tables, and as periods', () => {
    expect(formatDate('2026-03-01', 'de')).toBe('1. März 2026');
    expect(formatDateShort('2026-03-01', 'de')).toBe('01.03.2026');
    expect(formatPeriod('2026-01-01', '2026-12-31', 'de')).toBe('01.01.2026 – 31.12.2026');
    expect(formatPeriod('2026-01-01', null, 'de')).toBe('seit 01.01.2026');
    expect(formatPeriod(null, '2026-12-31', 'en')).toBe('until 31/12/2026');
    expect(formatPeriod(null, null, 'de')).toBe('');
  });
});

describe('numbers', () => {
  test('amounts come from integer cents', () => {
    expect(formatAmount(123456, 'de')).toBe('1.234,56\u00a0€');
    expect(formatAmount(-5, 'de')).toBe('−0,05\u00a0€');
    expect(formatAmount(0, 'de')).toBe('0,00\u00a0€');
    expect(formatAmount(123456, 'en')).toBe('1,234.56\u00a0€');
  });

  test('areas from hundredths, rooms from tenths, counts', () => {
    expect(formatArea(7250, 'de')).toBe('72,50\u00a0m²');
    expect(formatArea(123456789, 'en')).toBe('1,234,567.89\u00a0m²');
    expect([formatRooms(25, 'de'), formatRooms(30, 'de')]).toEqual(['2,5', '3']);
    expect(formatCount(10_000, 'de')).toBe('10.000');
  });

  test.each([
    [0, '0\u00a0Byte'],
    [1023, '1.023\u00a0Byte'],
    [1024, '1\u00a0KB'],
    [655_360, '640\u00a0KB'],
    [1_258_291, '1,2\u00a0MB'],
    [50 * 1024 * 1024, '50\u00a0MB'],
    [2 * 1024 ** 3, '2\u00a0GB'],
  ])('%d bytes are %s', (bytes, said) => {
    expect(formatFileSize(bytes, 'de')).toBe(said);
  });
});

test.each([
  ['Anna Bauer', 'AB'],
  ['Bauer, Anna', 'AB'],
  ['Prof. Dr. Jörg von der Ölmühle', 'JÖ'],
  ['Heizungsbau Krüger GmbH', 'HK'],
  ['Öztürk', 'Ö'],
  ['Elif Şahin-Çelik', 'EÇ'],
  ['ßen Test', 'ST'],
  ['107', '·'],
  ['', '·'],
])('the initials of "%s" are %s', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
