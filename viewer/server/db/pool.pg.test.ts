import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/setup/database.ts';
import { migrateDatabase } from './migrate.ts';
import { openConnections } from './pool.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await migrateDatabase(database.url);
});
afterAll(() => database.drop());

test('a connection that breaks between two statements fails its transaction, and nothing else', async () => {
  const broken: string[] = [];
  const connections = await openConnections(database.url, (error) => broken.push(error.message));
  const administrator = new pg.Client({ connectionString: database.url });
  await administrator.connect();
  try {
    const work = connections.db.transaction(async (tx) => {
      const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      await administrator.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await expect.poll(() => broken.length).toBeGreaterThan(0);
      await tx.execute(sql`select 1`);
    });
    await expect(work).rejects.toThrow();
    const { rows } = await connections.db.execute<{ one: number }>(sql`select 1 as one`);
    expect(rows).toEqual([{ one: 1 }]);
  } finally {
    await administrator.end();
    await connections.close();
  }
});
