import { describe, expect, it } from 'vitest';
import { changedFields, orNull, scaledOrEmpty, scaledOrNull } from './fields.ts';

describe('fields', () => {
  it('makes nothing of blanks and trims the rest', () => {
    expect(orNull('   ')).toBeNull();
    expect(orNull(' Bauer ')).toBe('Bauer');
  });

  it('keeps hundredths whole where floating point would not', () => {
    expect(scaledOrNull(72.55, 100)).toBe(7255);
    expect(scaledOrNull(1.15, 100)).toBe(115);
    expect(scaledOrNull('', 100)).toBeNull();
    expect(scaledOrNull('72,', 100)).toBeNull();
    expect(scaledOrEmpty(7255, 100)).toBe(72.55);
    expect(scaledOrEmpty(null, 100)).toBe('');
  });

  it('names only what changed, lists compared by content', () => {
    expect(
      changedFields<{ a: number; b: number[]; c: string | null }>(
        { a: 1, b: [1, 2], c: null },
        { a: 1, b: [1, 2], c: 'x' },
      ),
    ).toEqual({ c: 'x' });
    expect(changedFields<{ a: number | null }>({ a: 1 }, { a: null })).toEqual({ a: null });
  });
});
