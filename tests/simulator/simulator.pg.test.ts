import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { simulate } from './simulate.ts';
import { makeTemplate, runFolder } from './template.ts';
import { openSimulatedViewer, type SimulatedViewer } from './viewer.ts';

let database: TestDatabase;
let world: SimulatedViewer;
let template: string;
beforeAll(async () => {
  database = await createTestDatabase();
  world = await openSimulatedViewer(database.url, null);
  template = makeTemplate(await runFolder());
});
afterAll(async () => {
  await world?.close();
  await database?.drop();
});

it.each([1, 2, 3, 4, 5, 6, 7, 8])('seed %i', async (seed) => {
  const result = await simulate({ world, seed, steps: 60, template, mistake: null });
  expect(result).toMatchObject({ lost: [], diverged: [], violations: [] });
});
