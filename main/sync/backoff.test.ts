import { expect, test } from 'vitest';
import { OperationError } from '../../shared/lib/errors.ts';
import { reopenDelay, retryDelay } from './backoff.ts';
import { Backpressure } from './remote.ts';

const delays = (error: unknown) => [1, 2, 3, 4, 5, 20].map((failures) => retryDelay(error, failures));

test('a viewer that comes back is found within seconds, however long it was away', () => {
  expect(delays(new OperationError('viewer-unreachable'))).toEqual([1000, 2000, 4000, 6000, 6000, 6000]);
});

test('a viewer in trouble is asked ever more seldom', () => {
  const expected = [1000, 2000, 4000, 8000, 16_000, 60_000];
  expect(delays(new OperationError('internal'))).toEqual(expected);
  expect(delays(new OperationError('viewer-unreachable', { status: 502 }))).toEqual(expected);
  expect(delays(new TypeError('a mistake'))).toEqual(expected);
});

test('a viewer that names a time is asked then', () => {
  expect(retryDelay(new Backpressure(90), 1)).toBe(90_000);
});

test('who is sent away by a proxy comes again, and not at once', () => {
  const asked = (header: string) => retryDelay(new Backpressure(Number(header)), 1);
  expect(asked('Wed, 21 Oct 2026 07:28:00 GMT')).toBe(5000);
  expect(['0', '', '-3'].map(asked)).toEqual([1000, 1000, 1000]);
  expect(['99999999999', 'Infinity'].map(asked)).toEqual([3_600_000, 3_600_000]);
});

test('a stream that ended comes back at once, one that never comes is waited for as long as a poll', () => {
  expect([0, 1, 2, 3, 10, 2000].map(reopenDelay)).toEqual([1000, 2000, 4000, 8000, 30_000, 30_000]);
});
