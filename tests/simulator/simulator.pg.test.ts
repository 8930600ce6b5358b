import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { chance } from './random.ts';
import { type SimulatedTime, simulate } from './simulate.ts';
import { openSimulatedViewer, type SimulatedViewer } from './viewer.ts';

const seeds = Array.from({ length: 8 }, (_, index) => index + 1);
const steps = 60;

describe('two desks and the portal, over lines that break', () => {
  let database: TestDatabase;
  let world: SimulatedViewer;
  const time: { now: number; chance: SimulatedTime['chance'] } = { now: 0, chance: chance(0) };

  beforeAll(async () => {
    database = await createTestDatabase();
    world = await openSimulatedViewer(database.url, { now: () => time.now, newId: () => time.chance.uuid(time.now) });
  });
  afterAll(async () => {
    await world?.close();
    await database?.drop();
  });

  it.each(seeds)('loses nothing and ends with one company everywhere, seed %i', async (seed) => {
    time.now = Date.UTC(2026, 0, 1);
    time.chance = chance(seed);
    const result = await simulate(world, time, seed, steps);
    expect(result).toMatchObject({ lost: [], diverged: [], logFaults: [] });
    expect(result.acknowledged).toBeGreaterThan(0);
  });
});
