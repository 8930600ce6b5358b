import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { type BreakName, breaks } from './breaks/breaks.ts';
import { type Outcome, runSeeds } from './pool.ts';
import { defaultSteps, openReport } from './report.ts';
import type { RunResult } from './simulate.ts';

/** The small configuration: what every run of the tests holds true. The nightly one is `npm run simulate -- --minutes 60`. */
const seeds = 200;
/** Seeds within which a mistake has to be seen. */
const soon = 40;

/** Runs seeds from 1 on, until one of them fails or there are no more. */
async function run(options: {
  readonly count: number;
  readonly breakName: BreakName | null;
  readonly untilRed: boolean;
}): Promise<ReadonlyMap<number, Outcome>> {
  const outcomes = new Map<number, Outcome>();
  let next = 1;
  let isRed = false;
  await runSeeds({
    postgresUrl: inject('postgresUrl'),
    nextSeed: () => (next > options.count || (options.untilRed && isRed) ? null : next++),
    steps: defaultSteps,
    breakName: options.breakName,
    workers: 2,
    ended: (outcome) => {
      outcomes.set(outcome.seed, outcome);
      if (!isGreen(outcome)) isRed = true;
    },
  });
  return outcomes;
}

function isGreen(outcome: Outcome | undefined): boolean {
  if (outcome === undefined || 'error' in outcome) return false;
  const { lost, diverged, violations } = outcome.result;
  return lost.length + diverged.length + violations.length === 0;
}

function resultOf(outcome: Outcome | undefined): RunResult {
  if (outcome === undefined || 'error' in outcome) throw new Error(outcome?.error ?? 'The seed did not run');
  return outcome.result;
}

let green: ReadonlyMap<number, Outcome> = new Map();

test(`${seeds} seeds lose nothing and end with one company everywhere`, { timeout: 900_000 }, async () => {
  green = await run({ count: seeds, breakName: null, untilRed: false });
  const report = openReport(defaultSteps, null);
  const told = [...green.values()].flatMap((outcome) =>
    isGreen(outcome) ? report.add(outcome) && [] : report.add(outcome),
  );
  const { lines, failed } = report.close();
  expect(told.join('\n'), lines.join('\n')).toBe('');
  expect(failed).toBe(0);
  expect(lines.at(-1)).toMatch(/^simulate: seeds=200 changes=\d+ acknowledged=\d+ lost=0 diverged=0 faults=\d+$/);
  const happened = new Set([...green.values()].flatMap((outcome) => Object.keys(resultOf(outcome).faults)));
  expect([...happened].sort(), lines.join('\n')).toEqual(everyFault);
});

/** Each of them happens somewhere in the small configuration. */
const everyFault = [
  'answer cut',
  'answer lost',
  'answer spoilt',
  'clock set',
  'desk cloned',
  'desk killed',
  'desk restored',
  'desk upgraded',
  'disk of a desk full',
  'request doubled',
  'request late',
  'request lost',
  'row erased',
  'rows loaded',
  'told to wait',
  'upload cut',
  'upload spoilt',
  'viewer aborted',
  'viewer disk-full',
  'viewer ended-after-commit',
  'viewer restored',
];

test('a seed decides everything: the same run again', { timeout: 300_000 }, async () => {
  const again = await run({ count: 6, breakName: null, untilRed: false });
  for (const [seed, outcome] of again) expect(resultOf(outcome)).toEqual(resultOf(green.get(seed)));
});

/** Something is lost, differs, or breaks an invariant that has a name. */
const found = /lost=[1-9]|diverged=[1-9]|broken invariant (?!error)/;

/** The command as a person runs it. */
async function simulate(options: readonly string[]): Promise<{ readonly exitCode: number; readonly text: string }> {
  const command = spawn(process.execPath, [join(import.meta.dirname, '../../build/simulate.ts'), ...options]);
  let text = '';
  command.stdout.on('data', (data) => {
    text += String(data);
  });
  const [exitCode] = (await once(command, 'exit')) as [number];
  return { exitCode, text };
}

test('the command ends well where nothing was found', { timeout: 300_000 }, async () => {
  const { exitCode, text } = await simulate(['--seeds', '2']);
  expect(text.trimEnd()).toMatch(/\nsimulate: seeds=2 changes=\d+ acknowledged=\d+ lost=0 diverged=0 faults=\d+$/);
  expect(exitCode).toBe(0);
});

describe('a mistake on purpose is seen', () => {
  test.each(Object.keys(breaks) as BreakName[])('%s', { timeout: 600_000 }, async (breakName) => {
    const outcomes = await run({ count: soon, breakName, untilRed: true });
    const red = [...outcomes.values()].filter((outcome) => !isGreen(outcome));
    expect(red.length).toBeGreaterThan(0);
    // Without the mistake the same seeds are fine, so it is the mistake that was seen.
    for (const { seed } of red) expect(isGreen(green.get(seed))).toBe(true);
    const report = openReport(defaultSteps, breakName);
    const lines = red.flatMap((outcome) => report.add(outcome));
    const [first] = red;
    expect(lines).toContain(`  replay: npm run simulate -- --seeds 1 --seed ${first?.seed} --break ${breakName}`);
    const { failed, lines: sums } = report.close();
    expect(failed).toBe(red.length);
    expect(sums.join('\n')).toMatch(found);
    const told = await simulate(['--seeds', '1', '--seed', String(first?.seed), '--break', breakName]);
    expect(told.exitCode).toBe(1);
    expect(told.text).toMatch(found);
  });
});
