import { expect, test } from 'vitest';
import { createSelfCheck } from './self-check.ts';

const week = 7 * 24 * 3600_000;
const start = Date.UTC(2026, 10, 23);

function weekly() {
  const kept = new Map<string, unknown>();
  const clock = { now: start };
  const nothing = () => undefined;
  const check = createSelfCheck({
    meta: {
      get: (key: string) => kept.get(key),
      set: (key: string, value: unknown) => void kept.set(key, value),
    } as never,
    place: { path: '', key: Buffer.alloc(32) },
    now: () => clock.now,
    signal: new AbortController().signal,
    remote: () => expect.fail('nothing is asked here'),
    round: async () => undefined,
    different: nothing,
    told: nothing,
  });
  return { clock, isDue: check.isDue };
}

test('is due within a week of the first question', () => {
  const { clock, isDue } = weekly();
  expect(isDue()).toBe(false);
  clock.now += week;
  expect(isDue()).toBe(true);
});

test('a clock that was years ahead puts it off no longer than a week', () => {
  const { clock, isDue } = weekly();
  clock.now += 520 * week;
  expect(isDue()).toBe(false);
  clock.now = start;
  expect(isDue()).toBe(false);
  clock.now += week;
  expect(isDue()).toBe(true);
});
