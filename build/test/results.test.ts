import { expect, test } from 'vitest';
import { judge } from './results.ts';

test.each([
  ['all passed', 0, [12, 0, 0], 0],
  ['some failed', 1, [10, 2, 0], 2],
  ['nothing was executed', 0, [0, 0, 0], 1],
  ['something was skipped', 0, [11, 0, 1], 1],
  ['the runner broke after its tests', 1, [12, 0, 0], 1],
] as const)('%s', (_name, code, [passed, failed, skipped], expected) => {
  const tally = judge('runner', code, passed, failed, skipped);
  expect({ passed: tally.passed, failed: tally.failed }).toEqual({ passed, failed: expected });
  expect(tally.remarks).toHaveLength(expected - failed);
});
