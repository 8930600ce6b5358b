import { expect, test } from 'vitest';
import { createSpeed } from './speed.ts';

test('the speed is the mean of the last seconds, and nothing moves at no speed', () => {
  let now = 0;
  const speed = createSpeed(() => now);
  expect(speed.current()).toBe(0);
  for (let second = 0; second < 60; second += 1) {
    speed.moved(second < 30 ? 100_000 : 20_000);
    now += 1_000;
  }
  expect(speed.current()).toBe(17_500);
  now += 4_000;
  expect(speed.current()).toBe(7_500);
  now += 60_000;
  expect(speed.current()).toBe(0);
});

test('the first bytes do not make a rocket', () => {
  let now = 0;
  const speed = createSpeed(() => now);
  speed.moved(500_000);
  now += 3;
  expect(speed.current()).toBe(500_000);
  now += 3_997;
  expect(speed.current()).toBe(125_000);
});
