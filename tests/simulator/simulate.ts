import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { act, founding, importedProperty, residentWrites } from './actions.ts';
import { openSimulatedDesk, type SimulatedDesk } from './desk.ts';
import { differences, logFaults, lost } from './invariants.ts';
import { type Chance, chance } from './random.ts';
import type { SimulatedViewer } from './viewer.ts';

/** Time and ids of a run: the seed decides both, real time takes no part. */
export interface SimulatedTime {
  now: number;
  readonly chance: Chance;
}

export interface RunResult {
  readonly seed: number;
  readonly changes: number;
  readonly acknowledged: number;
  readonly faults: number;
  readonly lost: readonly string[];
  readonly diverged: readonly string[];
  readonly logFaults: readonly string[];
}

/** How far the clocks of the desks are off (milliseconds): right, years behind, years ahead. */
const skews = [0, -4 * 365 * 24 * 3600_000, 3 * 365 * 24 * 3600_000];

/**
 * One seeded run: desks and the portal write at once over lines that break, desks are killed, clocks are wrong. In the
 * end all lines are good, everybody syncs, and nothing acknowledged may be missing anywhere.
 */
export async function simulate(
  world: SimulatedViewer,
  time: SimulatedTime,
  seed: number,
  steps: number,
): Promise<RunResult> {
  const random = time.chance;
  const folder = await mkdtemp(join(tmpdir(), 'treppenhaus-simulator-'));
  const statuses = { open: random.uuid(time.now), closed: random.uuid(time.now) };
  const organisation = { id: random.uuid(time.now), name: 'Verwaltung', staffId: random.uuid(time.now) };
  const accountId = random.uuid(time.now);
  const skewOf = new Map<string, number>();
  const desks = ['a', 'b'].map((name, index) => {
    skewOf.set(name, skews[(seed + index) % skews.length] ?? 0);
    return openSimulatedDesk({ name, folder, world, chance: random, now: () => time.now + (skewOf.get(name) ?? 0) });
  });
  try {
    await pairAll(world, desks, organisation, statuses);
    let faults = 0;
    const faulty = chance(seed ^ 0x5eed);
    for (let step = 0; step < steps; step += 1) {
      time.now += random.below(20_000);
      const desk = random.pick(desks);
      const kind = random.below(10);
      if (kind < 6) act(desk, random, statuses, time.now);
      else if (kind < 8) await desk.sync(faulty.once(0.5) ? 0.3 : 0);
      else if (kind < 9) await portalWrites(world, desks, organisation.id, random, accountId);
      else {
        desk.kill();
        // Whoever starts the machine again may have set its clock, right or wrong.
        if (faulty.once(0.5)) skewOf.set(desk.name, faulty.pick(skews));
        faults += 1;
      }
    }
    await settle(desks);
    return await judge(world, desks, organisation.id, seed, faults);
  } finally {
    for (const desk of desks) desk.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function pairAll(
  world: SimulatedViewer,
  desks: readonly SimulatedDesk[],
  organisation: { readonly id: string; readonly name: string; readonly staffId: string },
  statuses: { readonly open: string; readonly closed: string },
): Promise<void> {
  const [first, ...others] = desks;
  if (first === undefined) throw new Error('No desk');
  await first.pair(await world.pairingCode(null), organisation);
  first.write(founding(organisation.id, organisation.staffId, statuses));
  first.write(importedProperty(first, '107'));
  await first.sync(0);
  for (const desk of others) {
    await desk.pair(await world.pairingCode({ organisationId: organisation.id, staffId: organisation.staffId }), null);
    await desk.sync(0);
  }
}

async function portalWrites(
  world: SimulatedViewer,
  desks: readonly SimulatedDesk[],
  organisationId: string,
  random: Chance,
  accountId: string,
): Promise<void> {
  const known = (await world.log(organisationId))
    .filter(({ entity }) => entity === 'activity')
    .map(({ entityId }) => entityId);
  const ids = [...new Set(known)];
  if (ids.length > 0 && desks.length > 0)
    await residentWrites(world, organisationId, random.pick(ids), random, accountId);
}

/** Good lines for everybody: two rounds, so that what the first desk pushed last reaches it as well. */
async function settle(desks: readonly SimulatedDesk[]): Promise<void> {
  for (let round = 0; round < 2; round += 1) for (const desk of desks) await desk.sync(0);
}

async function judge(
  world: SimulatedViewer,
  desks: readonly SimulatedDesk[],
  organisationId: string,
  seed: number,
  faults: number,
): Promise<RunResult> {
  const rows = await world.rows(organisationId);
  const log = await world.log(organisationId);
  const refused = new Set(
    (await world.refused(organisationId)).flatMap((row) => row.changes.map((change) => change.id)),
  );
  const acknowledged = desks.flatMap((desk) => desk.written());
  return {
    seed,
    changes: log.length,
    acknowledged: acknowledged.length,
    faults,
    lost: lost(acknowledged, rows, log, refused),
    diverged: desks.flatMap((desk) => differences(desk.rows(), rows).map((name) => `${desk.name} ${name}`)),
    logFaults: logFaults(log),
  };
}
