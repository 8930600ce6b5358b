import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { applicationRole, connectionConfig, jobsSchema } from './pool.ts';

const migrationsFolder = join(import.meta.dirname, 'migrations');

/** Held while migrating, so that viewers that start together do not migrate together. */
const migrationLock = 7_417_004_261;

/**
 * Brings the database to the tables of this version, as its owner: role, migrations, rights. Runs at every start;
 * does nothing where nothing is to do.
 * @throws an Error whose message is a sentence for the person who runs the viewer
 */
export async function migrateDatabase(url: string): Promise<void> {
  const client = new pg.Client(connectionConfig(url, 'treppenhaus-migrations'));
  await connect(client);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    const db = drizzle(client);
    await ensureRole(client);
    await refuseNewer(db);
    await migrate(db, { migrationsFolder });
    await grant(client);
    await assertSecondLock(client);
  } finally {
    await client.end();
  }
}

/** Says where the database was looked for and what stood in the way, never the password. */
async function connect(client: pg.Client): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    const { code } = error as { readonly code?: string };
    const place = `${client.host}:${client.port}`;
    throw new Error(
      code?.startsWith('28')
        ? `The database at ${place} does not let ${client.user} in (${code}). Check user and password in DATABASE_URL.`
        : `The database at ${place} cannot be reached (${code ?? 'no answer'}). Check DATABASE_URL and that it runs.`,
    );
  }
}

/**
 * The role belongs to the server, not to the database: another viewer's migration may make it at the same moment.
 */
async function ensureRole(client: pg.Client): Promise<void> {
  const existing = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [applicationRole]);
  if (existing.rowCount === 0) {
    await tolerate(
      client.query(`CREATE ROLE ${applicationRole} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE`),
      ['42710', '23505'],
    );
  }
  const member = await client.query<{ member: boolean }>(
    `SELECT pg_has_role(current_user, '${applicationRole}', 'SET') AS member`,
  );
  if (member.rows[0]?.member === true) return;
  await tolerate(client.query(`GRANT ${applicationRole} TO CURRENT_USER`), ['XX000', '23505']);
}

/** Waits for a statement and takes these SQLSTATEs for "somebody else has done it". */
async function tolerate(statement: Promise<unknown>, states: readonly string[]): Promise<void> {
  try {
    await statement;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    if (error.code !== undefined && states.includes(error.code)) return;
    if (error.code !== '42501') throw error;
    throw new Error(
      `The database user may not create the role ${applicationRole}. Ask its administrator for: CREATE ROLE ${applicationRole} NOLOGIN; GRANT ${applicationRole} TO <user>;`,
    );
  }
}

/** An older viewer would write rows that the newer one's tables do not mean. */
async function refuseNewer(db: NodePgDatabase): Promise<void> {
  const known = await db.execute<{ there: boolean }>(
    sql`SELECT to_regclass('drizzle.__drizzle_migrations') IS NOT NULL AS there`,
  );
  if (known.rows[0]?.there !== true) return;
  const { rows } = await db.execute<{ newest: string | null }>(
    sql`SELECT max(created_at)::text AS newest FROM drizzle.__drizzle_migrations`,
  );
  const own = readMigrationFiles({ migrationsFolder }).at(-1)?.folderMillis ?? 0;
  if (Number(rows[0]?.newest ?? 0) > own) {
    throw new Error('The database belongs to a newer version of the viewer. Update the viewer, then start it again.');
  }
}

async function grant(client: pg.Client): Promise<void> {
  // The queue keeps its own tables, so it owns its schema; whoever runs jobs is no more than the application.
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${jobsSchema} AUTHORIZATION ${applicationRole}`);
  await client.query(`GRANT USAGE ON SCHEMA public, auth TO ${applicationRole}`);
  await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, auth TO ${applicationRole}`);
}

/** A company's table without row-level security would be open to every other company: refuse to start with one. */
async function assertSecondLock(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
       AND (NOT c.relrowsecurity OR NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))`,
  );
  if (rows.length > 0) {
    throw new Error(`Tables without row-level security: ${rows.map((row) => row.name).join(', ')}`);
  }
}
