import { rm } from 'node:fs/promises';
import { isDiskFull } from '../../main/db/disk-full.ts';
import type { StagedFile } from '../../shared/features/files/contract.ts';
import { OperationError } from '../../shared/lib/errors.ts';
import { action, type Company, founding, importedProperty, residentWrites, withFile } from './actions.ts';
import type { Break } from './breaks/breaks.ts';
import { killPlaces } from './crash.ts';
import type { SimulatedDesk } from './desk.ts';
import { faults } from './faults.ts';
import { judge } from './judge.ts';
import { loadingPoints } from './loading.ts';
import { type Chance, chance } from './random.ts';
import {
  addDesk,
  connect,
  crowd,
  type DeskAtWork,
  hasFiles,
  lookAfter,
  type Run,
  start,
  startRound,
  syncDesk,
} from './run.ts';
import { createScheduler } from './scheduler.ts';
import { within } from './scope.ts';
import { runFolder } from './template.ts';
import { ViewerEnded } from './transactions.ts';
import type { SimulatedViewer } from './viewer.ts';
import { openWatch } from './watch.ts';

/** What a run is made from; the same options make the same run. */
export interface RunOptions {
  readonly world: SimulatedViewer;
  readonly seed: number;
  readonly steps: number;
  /** A desk's database without a company. */
  readonly template: string;
  readonly mistake: Break | null;
}

export interface RunResult {
  readonly seed: number;
  /** Changes in the viewer's log. */
  readonly changes: number;
  /** Changes that somebody was told are kept. */
  readonly acknowledged: number;
  /** Fault → how often it happened. */
  readonly faults: Readonly<Record<string, number>>;
  readonly lost: readonly string[];
  readonly diverged: readonly string[];
  /** Other invariants that do not hold, each `name: sentence`. */
  readonly violations: readonly string[];
  /** SHA-256 of all rows in the end: two runs of one seed have the same. */
  readonly hash: string;
}

/** How often somebody who passes a gate has to wait there. */
const parking = 0.3;

/**
 * One seeded run: desks and residents write at once over lines that break, processes end, disks fill up, clocks are
 * wrong, databases are copied and restored. In the end all is good again, everybody syncs, and nothing that was
 * acknowledged may be missing anywhere.
 */
export async function simulate(options: RunOptions): Promise<RunResult> {
  const random = chance(options.seed);
  const time = { now: Date.UTC(2026, 0, 1) };
  const folder = await runFolder();
  const id = () => random.uuid(time.now);
  const company: Company = {
    id: id(),
    staff: [id(), id(), id()],
    statuses: { open: id(), closed: id() },
    accountIds: [id(), id()],
  };
  const counts = new Map<string, number>();
  const run: Run = {
    seed: options.seed,
    world: options.world,
    mistake: options.mistake,
    template: options.template,
    folder,
    time,
    random,
    company,
    scheduler: createScheduler(options.world.waits, parking),
    watch: openWatch(options.world),
    troubles: [],
    note: (fault) => void counts.set(fault, (counts.get(fault) ?? 0) + 1),
    desks: [],
    faults: counts,
    acknowledged: new Map(),
    messages: new Set(),
    late: [],
    backup: null,
    restores: 0,
    http: null,
    pushing: 0,
  };
  try {
    return await within({ run, chance: random, actor: null }, async () => {
      await foundAll(run);
      for (let step = 0; step < options.steps; step += 1) await oneStep(run);
      await settle(run);
      return { seed: options.seed, ...(await judge(run)) };
    });
  } catch (error) {
    run.scheduler.abandon();
    throw error;
  } finally {
    for (const { desk } of run.desks) desk.close();
    await (await run.http)?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function foundAll(run: Run): Promise<void> {
  const { random, company, world } = run;
  const [founder = ''] = company.staff;
  const count = 2 + random.below(2);
  for (let index = 0; index < count; index += 1) {
    const atWork = addDesk(run, `desk-${index}`, index > 0 && random.once(0.3) ? 'old' : 'new');
    const { desk } = atWork;
    const staffId = company.staff[index % company.staff.length] ?? founder;
    const owner = index === 0 ? null : { organisationId: company.id, staffId };
    const own = index === 0 ? { id: company.id, name: 'Verwaltung', staffId: founder } : null;
    await desk.pair(await world.pairingCode(owner), own);
    if (index === 0) {
      desk.write(founding(company));
      desk.write(importedProperty(desk, '107'));
    }
    if (index > 0 && random.once(0.4)) desk.wantRows('joined');
    await syncBadly(run, atWork);
    await syncNow(run, atWork);
    lookAfter(run, atWork);
  }
}

/** A round over a good line, from its start to its end. */
async function syncNow(run: Run, { desk }: DeskAtWork): Promise<void> {
  await syncDesk(run, desk, connect(run, desk, run.random, 0));
}

/** Some rounds in which what travels beside the operations is cut and spoilt, and the process may end. */
async function syncBadly(run: Run, atWork: DeskAtWork): Promise<void> {
  const { random } = run;
  for (let rounds = 0; rounds < 2; rounds += 1) {
    const killAt = random.once(0.2) ? random.pick(loadingPoints) : null;
    await syncDesk(run, atWork.desk, connect(run, atWork.desk, random, 0, 0.2), killAt);
    lookAfter(run, atWork);
  }
}

type Step = (run: Run) => Promise<void> | void;

const steps: readonly (readonly [number, Step])[] = [
  [28, deed],
  [16, round],
  [26, goOn],
  [12, message],
  [18, (run) => weighted(run.random, faults)(run)],
];

async function oneStep(run: Run): Promise<void> {
  const { random, time } = run;
  time.now += random.once(0.05) ? random.below(3 * 24 * 3600_000) : random.below(20_000);
  await weighted(random, steps)(run);
  await run.scheduler.relieve();
  for (const atWork of run.desks) lookAfter(run, atWork);
}

function weighted(random: Chance, choices: readonly (readonly [number, Step])[]): Step {
  let place = random.below(choices.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, step] of choices) {
    if (place < weight) return step;
    place -= weight;
  }
  throw new Error('Nothing to choose from');
}

/** Somebody does something at a desk, also in the middle of its round. */
async function deed(run: Run): Promise<void> {
  const { random, company, time } = run;
  const { desk } = random.pick(run.desks);
  try {
    const file = hasFiles(run) && random.once(0.3) ? await staged(desk, random) : null;
    if (desk.isDead()) return;
    const edits =
      file === null ? action(desk, random, company, time.now) : withFile(desk, random, company, time.now, file);
    if (edits.length === 0) return;
    desk.write(edits);
  } catch (error) {
    // Said to the person, and nothing is written.
    if (!(error instanceof OperationError) || error.code !== 'disk-full') throw error;
  }
}

/** A file of the desk with bytes that the seed decides; null where the process ends on the way. */
async function staged(desk: SimulatedDesk, random: Chance): Promise<StagedFile | null> {
  const filing = await desk.filing();
  if (filing === null || desk.isDead()) return null;
  const content = Buffer.from(Array.from({ length: 20 + random.below(3000) }, () => random.below(256)));
  try {
    return await filing.stage(Buffer.concat([Buffer.from('%PDF-1.4\n'), content, Buffer.from('\n%%EOF\n')]));
  } catch (error) {
    if (desk.isDead() || isDiskFull(error)) return null;
    throw error;
  }
}

async function round(run: Run): Promise<void> {
  const free = run.desks.filter((atWork) => !atWork.inRound);
  if (free.length === 0 || run.scheduler.size() >= crowd) return goOn(run);
  const atWork = run.random.pick(free);
  // Rounds have more commits than deeds, so they get kills of their own.
  if (run.random.once(0.25)) atWork.desk.armKill(run.random.below(5), run.random.pick(killPlaces));
  await startRound(run, atWork, run.random.once(0.5) ? 0.15 : 0);
}

async function goOn(run: Run): Promise<void> {
  const waiting = run.scheduler.parked();
  if (waiting.length > 0) await run.scheduler.advance(run.random.pick(waiting));
}

/** A resident writes; whoever gets no answer was not told that it is kept. */
async function message(run: Run): Promise<void> {
  const { world, company, random } = run;
  if (run.scheduler.size() >= crowd) return goOn(run);
  const { rows } = await world.owner.query<{ id: string }>(
    'select id from activity where organisation_id = $1 order by id',
    [company.id],
  );
  if (rows.length === 0) return;
  const activity = random.pick(rows).id;
  const account = random.pick(company.accountIds);
  await start(run, 'resident', async (own) => {
    const id = await residentWrites(world, company.id, activity, own, account).catch((error: unknown) => {
      const isTold = error instanceof OperationError && error.code === 'disk-full';
      if (error instanceof ViewerEnded || isTold) return null;
      throw error;
    });
    if (id !== null) run.messages.add(id);
  });
}

/** All is good again: everybody to their end, what was late arrives, and rounds until nothing waits anywhere. */
async function settle(run: Run): Promise<void> {
  const { world, company, scheduler, watch } = run;
  for (const { desk } of run.desks) desk.disarm();
  await scheduler.finish();
  run.troubles.length = 0;
  for (const deliver of run.late.splice(0)) await deliver();
  for (const atWork of run.desks) {
    lookAfter(run, atWork);
    atWork.desk.fillDisk(false);
    if (atWork.desk.isOld()) atWork.desk.upgrade();
  }
  if (hasFiles(run)) for (const atWork of run.desks) await syncBadly(run, atWork);
  for (let rounds = 0; rounds < longest; rounds += 1) {
    for (const atWork of run.desks) {
      await syncNow(run, atWork);
      lookAfter(run, atWork);
    }
    const { head } = await world.head(company.id);
    const files = await Promise.all(run.desks.map(({ desk }) => desk.filing()));
    const isQuiet = files.every((filing) => filing === null || filing.waiting() === 0);
    if (isQuiet && run.desks.every(({ desk }) => desk.pending() === 0 && desk.cursor() === head)) return;
  }
  watch.violations.push(`settles: something still waits after ${longest} rounds over good lines`);
}

/** Rounds until everything must be everywhere: one to push all, one to pull all, the others for what restores cost. */
const longest = 8;
