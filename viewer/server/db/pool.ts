import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { beginAtOnce, keepStatements } from './prepared.ts';

/** What all of the viewer's work runs as. Neither superuser nor owner, so row-level security holds for it. */
export const applicationRole = 'treppenhaus_app';

/** Where the queue of jobs keeps its tables. */
export const jobsSchema = 'jobs';

/** Startup options of a connection that works as the application. */
export const applicationOptions = `-c role=${applicationRole} -c idle_in_transaction_session_timeout=60s`;

/** The viewer's connections, as the application's role. */
export interface Connections {
  readonly db: NodePgDatabase;
  /** Waits for running statements, then closes. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the pool. The role is a startup parameter of every connection, so that even `RESET ROLE` stays in it.
 * @param onError told when a connection breaks, idle or between two statements; the pool replaces it
 * @throws when the database ignores the role (some poolers drop startup parameters) or the role could see every company
 */
export async function openConnections(url: string, onError: (error: Error) => void): Promise<Connections> {
  const pool = new pg.Pool({
    ...connectionConfig(url, 'treppenhaus'),
    max: 20,
    // Statements that do not need each other's answers are sent together.
    pipeline: true,
    connectionTimeoutMillis: 10_000,
    options: `${applicationOptions} -c statement_timeout=30s`,
  });
  // The pool itself listens only to idle connections; one that breaks between two statements of a transaction would end
  // the process.
  pool.on('connect', (client) => {
    client.on('error', onError);
    keepStatements(client);
    beginAtOnce(client);
  });
  pool.on('error', () => undefined);
  try {
    const { rows } = await pool.query<{ name: string; powerful: boolean }>(
      'SELECT rolname AS name, rolsuper OR rolbypassrls AS powerful FROM pg_roles WHERE rolname = current_user',
    );
    if (rows[0]?.name !== applicationRole || rows[0].powerful) {
      throw new Error(
        `The database does not let the viewer work as the role ${applicationRole}. Give DATABASE_URL the server's own address, not a pooler's.`,
      );
    }
  } catch (error) {
    await pool.end();
    throw error;
  }
  return { db: drizzle(pool), close: () => pool.end() };
}

/** Settings of a connection to `DATABASE_URL`; `options` in the address would replace the role, so it is taken out. */
export function connectionConfig(url: string, applicationName: string): pg.ClientConfig {
  const address = new URL(url);
  address.searchParams.delete('options');
  return { connectionString: address.href, application_name: applicationName };
}
