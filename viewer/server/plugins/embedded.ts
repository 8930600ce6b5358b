import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { startCluster } from '../db/embedded/cluster.ts';

/** The PostgreSQL that comes with the viewer. */
export interface EmbeddedDatabase {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const databaseName = 'treppenhaus';

/**
 * Starts the embedded PostgreSQL in the data folder and makes the viewer's database in it at first use.
 * @param onEnd told when the server ends without having been asked to
 * @throws a sentence where another viewer works in that folder: starting would end its database
 */
export async function startEmbeddedDatabase(dataFolder: string, onEnd: () => void): Promise<EmbeddedDatabase> {
  const running = await findEmbeddedDatabase(dataFolder);
  if (running !== null && (await isInUse(running))) {
    throw new Error(`Another viewer works in ${dataFolder}. Stop it first, or choose another folder with DATA_DIR.`);
  }
  const cluster = await startCluster({ folder: join(dataFolder, 'postgres'), durable: true });
  let stopping = false;
  cluster.process.once('exit', () => {
    if (!stopping) onEnd();
  });
  await ask(`${cluster.url}/postgres`, async (client) => {
    const existing = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [databaseName]);
    if (existing.rowCount === 0) await client.query(`CREATE DATABASE ${databaseName}`);
  });
  return {
    url: `${cluster.url}/${databaseName}`,
    stop: () => {
      stopping = true;
      return cluster.stop();
    },
  };
}

/** The address of the embedded database of a viewer that runs now; null where none answers. */
export async function findEmbeddedDatabase(dataFolder: string): Promise<string | null> {
  const folder = join(dataFolder, 'postgres');
  const password = await readFile(join(folder, 'password'), 'utf8').catch(() => null);
  // The server writes its port into the fourth line.
  const lines = (await readFile(join(folder, 'data/postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const port = Number(lines[3]);
  if (password === null || !(port > 0)) return null;
  const url = `postgresql://postgres:${password.trim()}@127.0.0.1:${port}/${databaseName}`;
  return ask(url, async () => url).catch(() => null);
}

/** A viewer holds connections of its name as long as it lives; a server left over by a killed one has none. */
async function isInUse(url: string): Promise<boolean> {
  return ask(url, async (client) => {
    const { rowCount } = await client.query(
      "SELECT 1 FROM pg_stat_activity WHERE application_name LIKE 'treppenhaus%' AND pid <> pg_backend_pid()",
    );
    return (rowCount ?? 0) > 0;
  });
}

async function ask<T>(url: string, question: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    return await question(client);
  } finally {
    await client.end();
  }
}
