import pg from 'pg';
import { readConfig, type ViewerConfig } from './config.ts';
import { migrateDatabase } from './db/migrate.ts';
import { connectionConfig, openConnections } from './db/pool.ts';
import { startViewer } from './index.ts';
import { findEmbeddedDatabase } from './plugins/embedded.ts';
import { startEpochs } from './sync/epoch.ts';
import { createPairingCode } from './sync/pairing.ts';

const usage = `npm run viewer -- serve          serves desks and portal until it is stopped
npm run viewer -- pairing-code   prints a code with which the first desk of a company connects
npm run viewer -- after-restore  once the database was restored from a backup: desks bring back what it lost`;

const commands: Readonly<Record<string, (config: ViewerConfig) => Promise<void>>> = {
  serve,
  'pairing-code': pairingCode,
  'after-restore': afterRestore,
};

/** Says `Viewer: <address>` once it can be used; ends in good order on the first signal, at once on the second. */
async function serve(config: ViewerConfig): Promise<void> {
  let stopping = false;
  const end = async (code: number): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    await running.stop();
    process.exit(code);
  };
  const running = await startViewer(config, {
    onLost: () => {
      console.error('The embedded database ended by itself. The viewer stops.');
      void end(1);
    },
  });
  process.on('SIGINT', () => void end(0));
  process.on('SIGTERM', () => void end(0));
  console.log(`Viewer: ${config.publicUrl ?? running.url}`);
}

/** The database of a viewer that runs, or of `DATABASE_URL`, with the tables of this version. */
async function readyDatabase(config: ViewerConfig): Promise<string> {
  const url = config.databaseUrl ?? (await findEmbeddedDatabase(config.dataFolder));
  if (url === null) {
    throw new Error(`No viewer runs in ${config.dataFolder}. Start it first: npm run viewer -- serve`);
  }
  await migrateDatabase(url);
  return url;
}

async function pairingCode(config: ViewerConfig): Promise<void> {
  const url = await readyDatabase(config);
  const connections = await openConnections(url, () => undefined);
  try {
    const { code, expiresAt } = await createPairingCode({ global: connections.db, now: Date.now }, null);
    console.log(code);
    console.error(`Valid until ${new Date(expiresAt).toLocaleString()}, for one desk.`);
  } finally {
    await connections.close();
  }
}

/** Desks notice a restore by themselves; this makes sure of it before any of them has written to it. */
async function afterRestore(config: ViewerConfig): Promise<void> {
  const client = new pg.Client(connectionConfig(await readyDatabase(config), 'treppenhaus-after-restore'));
  await client.connect();
  try {
    const companies = await startEpochs(client, Date.now());
    console.log(`${companies} ${companies === 1 ? 'company starts' : 'companies start'} a new epoch.`);
    console.error(
      'For 30 days their desks bring back what the backup did not hold. Activity numbers leave a gap of 100.',
    );
  } finally {
    await client.end();
  }
}

const command = commands[process.argv[2] ?? ''];
if (command === undefined) {
  console.error(usage);
  process.exit(2);
}
try {
  await command(await readConfig(process.env));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
