import { describe, expect, it } from 'vitest';
import { parseDay } from './parse-day.ts';

describe('parseDay', () => {
  it('takes days as Germans write them', () => {
    expect(parseDay('3.11.2026')).toBe('2026-11-03');
    expect(parseDay('03.11.26')).toBe('2026-11-03');
    expect(parseDay('03112026')).toBe('2026-11-03');
    expect(parseDay('2026-11-03')).toBe('2026-11-03');
  });

  it('refuses days that do not exist and half typed ones', () => {
    expect(parseDay('29.02.2025')).toBeNull();
    expect(parseDay('31.')).toBeNull();
    expect(parseDay('')).toBeNull();
  });
});
