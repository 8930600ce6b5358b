import { expect, test } from 'vitest';
import { markAfter, neverSeen, newSince } from './seen.ts';

const minute = 60_000;
const start = Date.parse('2026-06-15T10:00:00.000Z');
const text = (now: number) => new Date(now).toISOString();

test('on the first visit everything is new, also after it was marked as seen', () => {
  expect(newSince(neverSeen, start)).toBeNull();
  const mark = markAfter(neverSeen, start);
  expect(newSince(mark, start + minute)).toBeNull();
});

test('within a visit what was new stays new; the next visit starts where this one ended', () => {
  const first = markAfter(neverSeen, start);
  const second = markAfter(first, start + 24 * 60 * minute);
  expect(newSince(first, start + 24 * 60 * minute)).toBe(text(start));
  expect(newSince(second, start + 24 * 60 * minute + minute)).toBe(text(start));
  const stillThere = markAfter(second, start + 24 * 60 * minute + 20 * minute);
  expect(stillThere).toEqual({ seenAt: text(start + 24 * 60 * minute + 20 * minute), previousSeenAt: text(start) });
  expect(newSince(stillThere, start + 48 * 60 * minute)).toBe(stillThere.seenAt);
});
