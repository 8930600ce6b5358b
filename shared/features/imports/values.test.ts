import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectDateOrder, detectDecimalMark, parseDate, parseScaled } from './values.ts';

describe('numbers', () => {
  it.each([
    ['1.234,56', ',', 2, 123456],
    ['1,234.56', '.', 2, 123456],
    ['92,75', ',', 2, 9275],
    ['2,5', ',', 1, 25],
    ['-0,01 €', ',', 2, -1],
    ['12,00-', ',', 2, -1200],
    ['1 234,5', ',', 2, 123450],
    ['72,500', ',', 2, 7250],
    ['0', ',', 2, 0],
  ] as const)('reads %s', (text, mark, scale, value) => {
    expect(parseScaled(text, mark, scale)).toBe(value);
  });

  it.each(['1.23,45,6', 'abc', '1,2345', '1..000', '1e3', '12.34.56', '99999999999999999999'])('refuses %s', (text) => {
    expect(parseScaled(text, ',', 2)).toBeNull();
  });

  it('reads every amount that it writes in either convention', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.constantFrom([',', 'de-DE'] as const, ['.', 'en-US'] as const),
        (cents, [mark, locale]) => {
          const text = (cents / 100).toLocaleString(locale, { minimumFractionDigits: 2 });
          return parseScaled(text, mark, 2) === cents;
        },
      ),
    );
  });

  it('tells the decimal mark, also where thousands look like decimals', () => {
    expect(detectDecimalMark(['1.234', '12,50'])).toBe(',');
    expect(detectDecimalMark(['1,234', '12.50'])).toBe('.');
    expect(detectDecimalMark(['1.234.567'])).toBe(',');
    expect(detectDecimalMark([])).toBe(',');
  });
});

describe('dates', () => {
  it.each([
    ['31.12.2025', 'dmy', '2025-12-31'],
    ['1.2.24', 'dmy', '2024-02-01'],
    ['12/31/2025', 'mdy', '2025-12-31'],
    ['2025-12-31', 'dmy', '2025-12-31'],
    ['2025-12-31 00:00:00', 'ymd', '2025-12-31'],
    ['29.02.2024', 'dmy', '2024-02-29'],
  ] as const)('reads %s', (text, order, value) => {
    expect(parseDate(text, order)).toBe(value);
  });

  it.each(['29.02.2025', '31.04.2025', '00.01.2025', 'gestern', '1.1.123', '45292'])('refuses %s', (text) => {
    expect(parseDate(text, 'dmy')).toBeNull();
  });

  it('tells the order from the days that cannot be months', () => {
    expect(detectDateOrder(['01.02.2024'])).toBe('dmy');
    expect(detectDateOrder(['01/02/2024', '01/31/2024'])).toBe('mdy');
    expect(detectDateOrder(['31/01/2024'])).toBe('dmy');
    expect(detectDateOrder(['2024-01-31'])).toBe('ymd');
  });
});
