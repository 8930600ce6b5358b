import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTeller } from './tell.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('tells at once, gathers what comes meanwhile, and always tells the last state', () => {
  const told: number[] = [];
  let state = 1;
  const teller = createTeller(() => told.push(state), 100);
  teller.ask();
  for (state = 2; state < 50; state += 1) teller.ask();
  expect(told).toEqual([1]);
  vi.advanceTimersByTime(100);
  expect(told).toEqual([1, 50]);
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([1, 50]);
  teller.ask();
  expect(told).toEqual([1, 50, 50]);
});

test('says nothing after its end', () => {
  const told: number[] = [];
  const teller = createTeller(() => told.push(1), 100);
  teller.ask();
  teller.ask();
  teller.stop();
  vi.advanceTimersByTime(1000);
  teller.ask();
  expect(told).toEqual([1]);
});
