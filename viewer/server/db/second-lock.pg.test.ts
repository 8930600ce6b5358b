import { randomUUID } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/setup/database.ts';
import type { Transaction } from '../context.ts';
import { createCompanyRunner } from './company.ts';
import { entityTables } from './entity-tables.ts';
import { migrateDatabase } from './migrate.ts';
import { applicationRole, type Connections, openConnections } from './pool.ts';

const ours = randomUUID();
const theirs = randomUUID();

let database: TestDatabase;
let connections: Connections;
let owner: pg.Client;
let tables: readonly string[];
beforeAll(async () => {
  database = await createTestDatabase();
  await migrateDatabase(database.url);
  connections = await openConnections(database.url, () => undefined);
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  const found = await owner.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1",
  );
  tables = found.rows.map((row) => row.name);
  for (const table of tables) await insertAsOwner(table, ours);
});
afterAll(async () => {
  await owner.end();
  await connections.close();
  await database.drop();
});

interface Column {
  readonly column_name: string;
  readonly data_type: string;
}

const samples: Readonly<Record<string, unknown>> = {
  uuid: '7b1e7c1c-3d51-4f35-9b2e-0f6a5c1d2e3f',
  text: 'x',
  boolean: true,
  jsonb: '{}',
  integer: 1,
  bigint: 1,
};

async function insertAsOwner(table: string, organisationId: string): Promise<void> {
  const { text, values } = await insertion(table, organisationId);
  await owner.query(text, [...values]);
}

/** One row with a value in every column, so that the test needs no knowledge of the tables. */
async function insertion(table: string, organisationId: string) {
  const { rows } = await owner.query<Column>(
    "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1",
    [table],
  );
  const values = rows.map(({ column_name, data_type }) => {
    if (column_name === 'organisation_id') return organisationId;
    const sample = samples[data_type];
    if (sample === undefined) throw new Error(`No sample of ${data_type} for ${table}.${column_name}`);
    return sample;
  });
  const names = rows.map((row) => `"${row.column_name}"`).join(', ');
  const text = `INSERT INTO "${table}" (${names}) VALUES (${rows.map((_, i) => `$${i + 1}`).join(', ')})`;
  return { text, values };
}

async function insertionSql(table: string, organisationId: string): Promise<SQL> {
  const { text, values } = await insertion(table, organisationId);
  const pieces = text.split(/\$\d+/);
  return sql.join(pieces.flatMap((piece, i) => [sql.raw(piece), ...(i < values.length ? [sql`${values[i]}`] : [])]));
}

const runner = () =>
  createCompanyRunner(connections.db, () => {
    throw new Error('not used');
  });

/** Rows that a transaction can see, change and delete. */
async function reach(tx: Transaction, table: string): Promise<readonly [number, number, number]> {
  const name = sql.identifier(table);
  const seen = await tx.execute(sql`SELECT 1 FROM ${name}`);
  const changed = await tx.execute(sql`UPDATE ${name} SET organisation_id = organisation_id`);
  const deleted = await tx.execute(sql`DELETE FROM ${name}`);
  return [seen.rowCount ?? 0, changed.rowCount ?? 0, deleted.rowCount ?? 0];
}

class RolledBack extends Error {}

async function rolledBack<T>(work: (undo: (result: T) => never) => Promise<unknown>): Promise<T> {
  let result: { readonly value: T } | undefined;
  await work((value) => {
    result = { value };
    throw new RolledBack();
  }).catch((error: unknown) => {
    if (!(error instanceof RolledBack)) throw error;
  });
  if (result === undefined) throw new Error('nothing came back');
  return result.value;
}

test('the test knows every table of a company', () => {
  expect(tables.length).toBeGreaterThanOrEqual(Object.keys(entityTables).length + 5);
});

test('with its own company set, a row is visible and writable', async () => {
  for (const table of tables) {
    const reached = await rolledBack<unknown>((undo) => runner()(ours, async ({ tx }) => undo(await reach(tx, table))));
    expect({ table, reached }).toEqual({ table, reached: [1, 1, 1] });
  }
});

test('with another company set, nothing of it can be seen, changed, deleted or added', async () => {
  for (const table of tables) {
    const reached = await rolledBack<unknown>((undo) =>
      runner()(theirs, async ({ tx }) => undo(await reach(tx, table))),
    );
    expect({ table, reached }).toEqual({ table, reached: [0, 0, 0] });
    const row = await insertionSql(table, ours);
    await expect(runner()(theirs, ({ tx }) => tx.execute(row))).rejects.toMatchObject({ cause: { code: '42501' } });
  }
});

test('with no company set, nothing of any can be seen, changed, deleted or added', async () => {
  for (const table of tables) {
    const reached = await rolledBack<unknown>((undo) =>
      connections.db.transaction(async (tx) => undo(await reach(tx, table))),
    );
    expect({ table, reached }).toEqual({ table, reached: [0, 0, 0] });
    const row = await insertionSql(table, ours);
    await expect(connections.db.execute(row)).rejects.toMatchObject({ cause: { code: '42501' } });
  }
});

test('a row cannot be moved to another company', async () => {
  for (const table of tables) {
    const name = sql.identifier(table);
    const move = runner()(ours, ({ tx }) => tx.execute(sql`UPDATE ${name} SET organisation_id = ${theirs}`));
    await expect(move).rejects.toMatchObject({ cause: { code: '42501' } });
  }
});

test('the setting ends with the transaction, also on the connection that carried it', async () => {
  for (let round = 0; round < 25; round += 1) await runner()(ours, async () => undefined);
  const left = await connections.db.execute<{ rows: number }>(sql`SELECT count(*)::int AS rows FROM person`);
  expect(left.rows[0]?.rows).toBe(0);
});

test('the application cannot become more than its role', async () => {
  await connections.db.transaction(async (tx) => {
    await tx.execute(sql`RESET ROLE`);
    const { rows } = await tx.execute<{ name: string }>(sql`SELECT current_user AS name`);
    expect(rows[0]?.name).toBe(applicationRole);
  });
  await expect(connections.db.execute(sql`ALTER TABLE person DISABLE ROW LEVEL SECURITY`)).rejects.toMatchObject({
    cause: { code: '42501' },
  });
});

test('migrating again changes nothing, also from several viewers at once', async () => {
  await Promise.all([1, 2, 3].map(() => migrateDatabase(database.url)));
});

test('a database of a newer version is left alone', async () => {
  const fresh = await createTestDatabase();
  await migrateDatabase(fresh.url);
  const client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
  await client.query("INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('later', 9999999999999)");
  await client.end();
  await expect(migrateDatabase(fresh.url)).rejects.toThrow('newer version');
  await fresh.drop();
});

test('a database that cannot be reached or refuses is a sentence without the password', async () => {
  const away = new URL(database.url);
  away.port = '1';
  await expect(migrateDatabase(away.href)).rejects.toThrow(
    /^The database at 127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)/,
  );
  const wrong = new URL(database.url);
  wrong.password = 'hunter2';
  await expect(migrateDatabase(wrong.href)).rejects.toThrow(/does not let postgres in \(28P01\)/);
  await expect(migrateDatabase(wrong.href)).rejects.not.toThrow('hunter2');
});

test('options in the address cannot replace the role', async () => {
  const sneaky = new URL(database.url);
  sneaky.searchParams.set('options', '-c role=postgres');
  const other = await openConnections(sneaky.href, () => undefined);
  const { rows } = await other.db.execute<{ name: string }>(sql`SELECT current_user AS name`);
  await other.close();
  expect(rows[0]?.name).toBe(applicationRole);
});
