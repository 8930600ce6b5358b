import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Launch, passThrough, root, tool, toolEnvironment } from '../lib/run.ts';

/** How many tests ran and how they ended. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** Sentences about what a count cannot say: a runner that broke, tests that did not run. */
  readonly remarks: readonly string[];
}

const vitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
});

/** Runs vitest over everything beside the code; its own report streams to the terminal. */
export async function runVitest(): Promise<Tally> {
  const file = await reportFile('vitest.json');
  const args = [tool('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await passThrough({ command: process.execPath, args, env: toolEnvironment() });
  const report = await readReport(file, vitestReport);
  if (!report) return broken('vitest', code);
  const skipped = report.numPendingTests + report.numTodoTests;
  return judge('vitest', code, report.numPassedTests, report.numFailedTests, skipped);
}

/** Runs the journeys of one Playwright project. `wrap` puts a command around it, a virtual display for example. */
export async function runJourneys(
  project: 'browser' | 'electron',
  env: NodeJS.ProcessEnv,
  wrap: readonly string[] = [],
): Promise<Tally> {
  const file = await reportFile(`journeys-${project}.json`);
  const line = [
    ...wrap,
    process.execPath,
    tool('@playwright/test/cli.js'),
    'test',
    `--project=${project}`,
    '--reporter=list,json',
  ];
  const [command = process.execPath, ...args] = line;
  const launch: Launch = { command, args, env: toolEnvironment({ ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file }) };
  const code = await passThrough(launch);
  const report = await readReport(file, playwrightReport);
  if (!report) return broken('playwright', code);
  const { expected, unexpected, flaky, skipped } = report.stats;
  return judge(`playwright (${project})`, code, expected, unexpected + flaky, skipped);
}

/** Adds up the parts, prints the remarks and, as the last line, the sum. Returns the exit code. */
export function close(tallies: readonly Tally[]): number {
  for (const remark of tallies.flatMap((tally) => tally.remarks)) console.log(remark);
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

/** Nothing executed, something skipped, or a bad end without a failed test each count as one failure. */
export function judge(runner: string, code: number, passed: number, failed: number, skipped: number): Tally {
  const remarks: string[] = [];
  if (passed + failed === 0) remarks.push(`${runner}: no test was executed; counted as a failure.`);
  else if (skipped > 0) remarks.push(`${runner}: ${skipped} tests did not run; counted as a failure.`);
  else if (code !== 0 && failed === 0)
    remarks.push(`${runner} ended with code ${code} without a failed test; counted as a failure.`);
  return { passed, failed: failed + remarks.length, remarks };
}

function broken(runner: string, code: number): Tally {
  return {
    passed: 0,
    failed: 1,
    remarks: [`${runner} ended with code ${code} and left no report; counted as a failure.`],
  };
}

async function reportFile(name: string): Promise<string> {
  const folder = join(root, '.cache/tests');
  await mkdir(folder, { recursive: true });
  await rm(join(folder, name), { force: true });
  return join(folder, name);
}

async function readReport<T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : schema.parse(JSON.parse(text));
}
