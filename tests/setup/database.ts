import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** A database of one test file's own. */
export interface TestDatabase {
  /** `postgresql://…/name`, as a superuser. */
  readonly url: string;
  /** Cuts what is still connected and removes the database. */
  readonly drop: () => Promise<void>;
}

/**
 * Makes an empty database in the run's PostgreSQL. Call it in `beforeAll` of a `*.pg.test.ts` file and `drop` it in `afterAll`.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdministrator(server, `CREATE DATABASE ${name}`);
  return {
    url: `${server}/${name}`,
    drop: () => asAdministrator(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function asAdministrator(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
