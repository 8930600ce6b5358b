import { chmod, mkdtemp } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { breaks, isBreakName } from '../tests/simulator/breaks/breaks.ts';
import { type Outcome, runSeeds } from '../tests/simulator/pool.ts';
import { defaultSteps, openReport } from '../tests/simulator/report.ts';
import { startCluster } from '../viewer/server/db/embedded/cluster.ts';
import { clearGround } from '../viewer/server/db/embedded/place.ts';

const usage = `npm run simulate -- [--seeds N] [--seed S] [--minutes M] [--steps N] [--workers N] [--break NAME]
  --seeds    how many seeds; 200 unless --minutes is given, then as many as fit
  --seed     the first one (1)
  --minutes  begins no further seed after so many minutes
  --steps    steps of each run (${defaultSteps})
  --workers  processes (one per core)
  --break    a mistake on purpose: ${Object.keys(breaks).join(', ')}`;

interface Wish {
  readonly seeds: number;
  readonly seed: number;
  /** Milliseconds; infinite without a limit. */
  readonly time: number;
  readonly steps: number;
  readonly workers: number;
  readonly breakName: keyof typeof breaks | null;
}

function readWish(): Wish {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      seed: { type: 'string' },
      minutes: { type: 'string' },
      steps: { type: 'string' },
      workers: { type: 'string' },
      break: { type: 'string' },
    },
  });
  const number = (text: string | undefined, without: number): number => {
    if (text === undefined) return without;
    if (!/^[1-9]\d*$/.test(text)) throw new Error(`${text} is not a number from 1\n${usage}`);
    return Number(text);
  };
  const breakName = values.break ?? null;
  if (breakName !== null && !isBreakName(breakName)) throw new Error(`There is no break ${breakName}\n${usage}`);
  const minutes = number(values.minutes, Number.POSITIVE_INFINITY);
  return {
    seeds: number(values.seeds, Number.isFinite(minutes) ? Number.POSITIVE_INFINITY : 200),
    seed: number(values.seed, 1),
    time: minutes * 60_000,
    steps: number(values.steps, defaultSteps),
    workers: number(values.workers, availableParallelism()),
    breakName,
  };
}

/** `npm run simulate`: seeded runs of desks and viewer with faults; 0 only when nothing was lost and all agree. */
async function main(): Promise<number> {
  const wish = readWish();
  const folder = await mkdtemp(join(tmpdir(), 'treppenhaus-simulate-'));
  await chmod(folder, 0o755);
  const place = join(folder, 'postgres');
  const cluster = await startCluster({ folder: place, durable: false });
  const began = performance.now();
  const report = openReport(wish.steps, wish.breakName);
  const ended = new Map<number, Outcome>();
  let next = wish.seed;
  let printed = wish.seed;
  // Seeds end in any order and are printed in theirs.
  const print = (): void => {
    for (let outcome = ended.get(printed); outcome !== undefined; outcome = ended.get(printed)) {
      for (const line of report.add(outcome)) console.log(line);
      ended.delete(printed);
      printed += 1;
    }
  };
  try {
    await runSeeds({
      postgresUrl: cluster.url,
      nextSeed: () => {
        if (next >= wish.seed + wish.seeds || performance.now() - began > wish.time) return null;
        next += 1;
        return next - 1;
      },
      steps: wish.steps,
      breakName: wish.breakName,
      workers: Math.min(wish.workers, wish.seeds),
      ended: (outcome) => {
        ended.set(outcome.seed, outcome);
        print();
      },
    });
  } finally {
    await cluster.stop();
    await clearGround(place);
    await clearGround(folder);
  }
  const { lines, failed } = report.close();
  for (const line of lines) console.log(line);
  return failed === 0 && printed > wish.seed ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
