import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/setup/database.ts';
import { migrateDatabase } from './migrate.ts';

/** The migration that suspends devices, and with it those of colleagues who had left before it. */
const suspending = '0003_device_contact';

let database: TestDatabase;
let folder: string;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'treppenhaus-migrations-'));
  client = new pg.Client(database.url);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

test('who had left before devices were suspended has none afterwards, everybody else keeps theirs', async () => {
  await cp(join(import.meta.dirname, 'migrations'), folder, { recursive: true });
  const journal = join(folder, 'meta/_journal.json');
  const all = JSON.parse(await readFile(journal, 'utf8')) as { readonly entries: readonly { readonly tag: string }[] };
  const at = all.entries.findIndex(({ tag }) => tag === suspending);
  await writeFile(journal, JSON.stringify({ ...all, entries: all.entries.slice(0, at) }));
  await migrate(drizzle(client), { migrationsFolder: folder });

  const organisationId = v7();
  const pair = async (name: string, active: boolean, deleted: boolean) => {
    const staffId = v7();
    await client.query(
      `insert into staff (organisation_id, id, name, email, role, active, deleted, _clock)
       values ($1, $2, $3, 'x@example.org', 'clerk', $4, $5, '{}')`,
      [organisationId, staffId, name, active, deleted],
    );
    await client.query(
      'insert into auth.device_token (token_hash, organisation_id, device_id, staff_id, created_at) values ($1, $2, $3, $4, $5)',
      [name, organisationId, v7(), staffId, '2026-01-01T00:00:00.000Z'],
    );
  };
  await pair('stays', true, false);
  await pair('left', false, false);
  await pair('deleted', true, true);

  await migrateDatabase(database.url);
  const { rows } = await client.query<{ name: string; suspended: string | null; seq: string }>(
    'select token_hash as name, suspended_at as suspended, last_seq as seq from auth.device_token order by 1',
  );
  const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(rows).toEqual([
    { name: 'deleted', suspended: instant, seq: '0' },
    { name: 'left', suspended: instant, seq: '0' },
    { name: 'stays', suspended: null, seq: '0' },
  ]);
});
