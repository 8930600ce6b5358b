import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { runChaos } from './chaos.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

// The run of any length: npm run chaos -- --rounds 50 --seed 1
test('processes that die over lines that break lose nothing that was acknowledged (seed 7)', async () => {
  const { checks, summary } = await runChaos({ databaseUrl: database.url, rounds: 6, seed: 7 });
  expect(
    checks.filter((check) => check.faults.length > 0),
    summary,
  ).toEqual([]);
  expect(summary).toMatch(/viewer-kills=[1-9].* desk-kills=[1-9]/);
}, 240_000);
