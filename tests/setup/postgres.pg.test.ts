import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from './database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('a test file gets a real, empty PostgreSQL of its own', async () => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const version = await client.query<{ server_version: string }>('SHOW server_version');
  const tables = await client.query("SELECT 1 FROM pg_tables WHERE schemaname = 'public'");
  await client.end();
  expect(Number.parseInt(version.rows[0]?.server_version ?? '0', 10)).toBeGreaterThanOrEqual(18);
  expect(tables.rowCount).toBe(0);
});
