import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Resident } from '../../build/demo/resident.ts';
import { type Chance, chance } from '../simulator/random.ts';
import type { Line } from './line.ts';
import type { DeskProcess } from './processes.ts';
import { type Check, checkAll, holdingOf, viewerHolding } from './verify.ts';
import { buildWorld, joinLate, type World } from './world.ts';
import { workAt, writeInPortal } from './writers.ts';

/** What a run did and what it found. */
export interface ChaosResult {
  readonly checks: readonly Check[];
  /** One line for whoever reads the log of a run. */
  readonly summary: string;
}

interface ChaosOptions {
  /** An empty database, as a superuser. */
  readonly databaseUrl: string;
  readonly rounds: number;
  readonly seed: number;
  readonly say?: (line: string) => void;
}

/**
 * Real processes that die, over lines that break: a viewer on PostgreSQL, three desks, residents in the portal. In the
 * end everybody is well, and what was acknowledged to a person must be somewhere it can be found. The seed decides who
 * does what and what goes wrong; the machine decides how fast, so that two runs of a seed are alike, not equal.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const folder = await mkdtemp(join(tmpdir(), 'treppenhaus-chaos-'));
  const ends: (() => Promise<unknown>)[] = [];
  let checks: readonly Check[] = [];
  try {
    const world = await buildWorld(options, folder, ends);
    for (let round = 1; round <= options.rounds; round += 1) {
      if (round === Math.ceil(options.rounds / 2)) await joinLate(world);
      await oneRound(world, round);
      options.say?.(`round ${round}: ${world.ledger.writes.length} writes acknowledged`);
    }
    const settled = await settle(world);
    const desks = world.desks.map(holdingOf);
    const viewer = await viewerHolding(options.databaseUrl, world.place.organisationId);
    const blobs = join(folder, 'viewer', 'blobs');
    const crashes = [world.viewer, ...world.desks].flatMap((mortal) => mortal.crashes());
    checks = [
      { name: 'no process ended by itself', faults: crashes },
      { name: 'all is at rest', faults: settled },
      ...checkAll(desks, viewer, world.ledger, blobs),
    ];
    return { checks, summary: summaryOf(options, world, checks) };
  } finally {
    for (const end of ends.toReversed()) await end();
    // What speaks against a run is in the logs of its processes.
    const good = checks.length > 0 && checks.every((check) => check.faults.length === 0);
    if (good) await rm(folder, { recursive: true, force: true });
    else options.say?.(`The data of this run stays in ${folder}`);
  }
}

/** People work, the weather is bad, and somebody dies at a random moment. */
async function oneRound(world: World, round: number): Promise<void> {
  const { random, desks, lines, residents, ledger } = world;
  const share = random.pick([0.1, 0.25, 0.5]);
  for (const line of lines) line.weather(share);
  const own = () => chance(random.below(2 ** 31));
  const work = desks.map((desk) => workAt(desk, ledger, own(), 3 + random.below(6), 250));
  const letters = residents.map((resident) => letter(world, resident, own()));
  const disasters = disastersOf(world, round).map((disaster) => sleep(random.below(1800)).then(disaster));
  await Promise.all([...work, ...letters, ...disasters]);
}

async function letter(world: World, resident: Resident, random: Chance): Promise<void> {
  await sleep(random.below(1200));
  const own = world.opened.get(resident) ?? [];
  const opened = await writeInPortal(resident, world.place, own, world.ledger, random);
  if (opened !== null) own.push(opened);
}

/** One or two of the ways in which a computer room or a desk has a bad day. */
function disastersOf(world: World, round: number): readonly (() => Promise<void>)[] {
  const { random, desks, lines, viewer, deaths } = world;
  const dieAt = (desk: DeskProcess) => async () => {
    deaths.desk += 1;
    await desk.kill();
    await sleep(random.below(300));
    await desk.start();
  };
  const viewerDies = async (): Promise<void> => {
    deaths.viewer += 1;
    await viewer.kill();
    await sleep(random.below(500));
    await viewer.start();
  };
  const lineBreaks = async (): Promise<void> => {
    const line = random.pick(lines);
    line.sever();
    await sleep(300 + random.below(1200));
    line.mend();
  };
  const databaseCuts = async (): Promise<void> => {
    deaths.connections += await cutConnections(world.databaseUrl);
  };
  const worksOffline = async (): Promise<void> => {
    const desk = random.pick(desks);
    // A desk that dies in the meantime comes back as it was; the end of the run puts everybody online.
    await desk
      .client()
      .call('sync.setOffline', { offline: random.once(0.5) })
      .catch(() => undefined);
  };
  const all = [viewerDies, dieAt(random.pick(desks)), lineBreaks, databaseCuts, worksOffline];
  const first = all[round % all.length] ?? lineBreaks;
  const second = random.pick(all.filter((disaster) => disaster !== first));
  return random.once(0.6) ? [first, second] : [first];
}

/** Cuts what the viewer's connections are doing, as a failover of the database does. Answers how many. */
async function cutConnections(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}

/** Good weather for everybody until nothing moves any more, then an end in good order. Answers what did not come to rest. */
async function settle(world: World): Promise<readonly string[]> {
  for (const line of world.lines) line.weather(0);
  for (const desk of world.desks) await desk.client().call('sync.setOffline', { offline: false });
  let faults: readonly string[] = ['never asked'];
  let head = -1;
  for (let attempt = 0; attempt < 60; attempt += 1) {
    faults = await restlessness(world);
    const now = await headOf(world);
    if (faults.length === 0 && now === head) break;
    if (faults.length === 0) faults = ['the head still moves'];
    head = now;
    await sleep(1000);
  }
  for (const desk of world.desks) await desk.stop();
  await world.viewer.stop();
  return faults;
}

async function restlessness({ desks }: World): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const desk of desks) {
    const state = await desk.client().call('sync.now', {});
    const { connection, pendingChanges, pendingUploads, lastError, bootstrap } = state;
    if (
      connection !== 'online' ||
      pendingChanges > 0 ||
      pendingUploads > 0 ||
      lastError !== null ||
      bootstrap !== null
    ) {
      const facts = { connection, pendingChanges, pendingUploads, lastError, bootstrap };
      faults.push(`${desk.name}: ${JSON.stringify(facts)}`);
    }
  }
  return faults;
}

async function headOf({ databaseUrl, place }: World): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ head: string }>(
      'select head from organisation_head where organisation_id = $1',
      [place.organisationId],
    );
    return Number(rows[0]?.head);
  } finally {
    await client.end();
  }
}

function summaryOf({ rounds, seed }: ChaosOptions, world: World, checks: readonly Check[]): string {
  const { ledger, deaths, lines } = world;
  const sum = (of: keyof Line['faults']) => lines.reduce((total, line) => total + line.faults[of], 0);
  const facts = {
    rounds,
    seed,
    acknowledged: ledger.writes.length,
    portal: ledger.writes.filter((write) => write.writer === 'portal').length,
    files: ledger.files.length,
    'viewer-kills': deaths.viewer,
    'desk-kills': deaths.desk,
    'connections-cut': deaths.connections,
    cut: sum('cut'),
    truncated: sum('truncated'),
    doubled: sum('doubled'),
    delayed: sum('delayed'),
    faults: checks.reduce((total, check) => total + check.faults.length, 0),
  };
  return `chaos: ${Object.entries(facts)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')}`;
}
