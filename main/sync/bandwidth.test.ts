import { expect, test } from 'vitest';
import { abortableSleep, createBandwidth } from './bandwidth.ts';

const never = new AbortController().signal;

/** A bandwidth whose sleep moves a clock of its own. */
function virtual(limit: number) {
  const clock = { now: 0, limit };
  const bandwidth = createBandwidth({
    limit: () => clock.limit,
    now: () => clock.now,
    sleep: async (milliseconds) => {
      clock.now += milliseconds;
    },
  });
  return { clock, bandwidth };
}

test('without a limit nothing waits', async () => {
  const { clock, bandwidth } = virtual(0);
  for (let piece = 0; piece < 1000; piece += 1) await bandwidth.take(1_000_000, never);
  expect(clock.now).toBe(0);
  expect(bandwidth.piece(1_000_000)).toBe(1_000_000);
});

test.each([
  [50_000, 16_000],
  [50_000, 1_000_000],
  [8_000, 16_384],
])('%i bytes a second in pieces of %i keep to the limit', async (limit, piece) => {
  const { clock, bandwidth } = virtual(limit);
  let moved = 0;
  while (moved < 40 * limit) {
    await bandwidth.take(piece, never);
    moved += piece;
  }
  // The last piece has gone and is not paid for yet.
  const seconds = clock.now / 1000;
  expect((moved - piece) / seconds).toBeLessThanOrEqual(limit * 1.01);
  expect(moved / seconds).toBeGreaterThan(limit * 0.95);
});

test('a rest saves at most a second', async () => {
  const { clock, bandwidth } = virtual(10_000);
  clock.now += 3600_000;
  const start = clock.now;
  for (let piece = 0; piece < 10; piece += 1) await bandwidth.take(10_000, never);
  expect(clock.now - start).toBeGreaterThan(7_900);
});

test('another limit counts while somebody waits', async () => {
  const { clock, bandwidth } = virtual(1_000);
  await bandwidth.take(1, never).catch(() => undefined);
  await bandwidth.take(3_600_000, never);
  const waiting = bandwidth.take(1, never);
  clock.limit = 0;
  await waiting;
  expect(clock.now).toBeLessThan(2_000);
});

test('what moved without a limit, or under another one, is not owed', async () => {
  const { clock, bandwidth } = virtual(0);
  await bandwidth.take(50_000_000, never);
  clock.limit = 10_000;
  await bandwidth.take(10_000, never);
  expect(clock.now).toBeLessThan(1_000);
  clock.limit = 8_000_000;
  await bandwidth.take(8_000_000, never);
  clock.limit = 10_000;
  await bandwidth.take(10_000, never);
  expect(clock.now).toBeLessThan(3_000);
});

test('pieces last about a second, and are never tiny', () => {
  const { clock, bandwidth } = virtual(100_000);
  expect(bandwidth.piece(1_048_576)).toBe(100_000);
  clock.limit = 10;
  expect(bandwidth.piece(1_048_576)).toBe(16_384);
});

test('who gives up does not wait on', async () => {
  const control = new AbortController();
  const sleeping = abortableSleep(3600_000, control.signal);
  control.abort(new Error('enough'));
  await expect(sleeping).rejects.toThrow('enough');
  const { bandwidth } = virtual(1);
  await expect(bandwidth.take(1, control.signal)).rejects.toThrow('enough');
});
