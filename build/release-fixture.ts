import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../main/db/database.ts';
import { deskPlace } from '../main/service/place.ts';
import { protocolVersion } from '../shared/sync/protocol.ts';
import { deskProcess, viewerProcess } from '../tests/chaos/processes.ts';
import { freePort, startCluster } from '../viewer/server/db/embedded/cluster.ts';
import { clearGround } from '../viewer/server/db/embedded/place.ts';
import { root } from './lib/run.ts';
import { bundlePrograms } from './release/bundle.ts';
import { fixtureKey, layKey, type Told, tellStory, withDatabase } from './release/story.ts';
import { openMailbox } from './start/mailbox.ts';

/**
 * `npm run release-fixture`: what later versions are tried against, made once when a version is released: its programs,
 * a desk's database, the viewer's tables, the log as it travels. Written to tests/fixtures/releases/<version>.
 */
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { readonly version: string };
const target = join(root, 'tests/fixtures/releases', version);

/** The viewer's tables as JSON, by their full name. */
function readTables(databaseUrl: string): Promise<Readonly<Record<string, readonly unknown[]>>> {
  return withDatabase(databaseUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname in ('public', 'auth') order by 1`,
    );
    const tables: Record<string, readonly unknown[]> = {};
    for (const { name } of rows) {
      const found = await client.query<{ all: readonly unknown[] }>(
        `select coalesce(json_agg(t), '[]') as all from ${name} t`,
      );
      tables[name] = found.rows[0]?.all ?? [];
    }
    return tables;
  });
}

/** Small files by hash; the large one is made again from what the manifest says of it. */
async function keepBlobs(from: string, told: Told): Promise<void> {
  await mkdir(join(target, 'data/blobs'), { recursive: true });
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === told.halfUploaded.sha256) continue;
    await copyFile(join(entry.parentPath, entry.name), join(target, 'data/blobs', entry.name));
  }
}

/** The upload that was cut, as the viewer keeps it: its facts; the bytes are made again. */
async function keepUploads(from: string): Promise<readonly { readonly id: string }[]> {
  const facts = (await readdir(from)).filter((name) => name.endsWith('.json'));
  await mkdir(join(target, 'data/uploads'), { recursive: true });
  for (const name of facts) await copyFile(join(from, name), join(target, 'data/uploads', name));
  return facts.map((name) => ({ id: name.slice(0, -'.json'.length) }));
}

async function keepDesk(folder: string): Promise<{ readonly sent: number }> {
  const { database } = deskPlace(folder);
  // Opened once more, so that everything stands in the one file.
  const desk = openDatabase({ path: database, key: fixtureKey });
  const half = desk.sqlite.prepare<[], { sent: number }>(
    'select max(sent_bytes) as sent from local_file where tus_url is not null',
  );
  const sent = half.get()?.sent ?? 0;
  desk.sqlite.pragma('wal_checkpoint(TRUNCATE)');
  desk.close();
  await copyFile(database, join(target, 'data/desk.db'));
  return { sent };
}

async function main(folder: string): Promise<void> {
  const place = join(folder, 'postgres');
  const cluster = await startCluster({ folder: place, durable: false });
  const mailbox = await openMailbox(join(folder, 'mail'));
  const databaseUrl = `${cluster.url}/release`;
  await withDatabase(`${cluster.url}/postgres`, (client) => client.query('CREATE DATABASE release'));
  const port = await freePort();
  const viewer = await viewerProcess({ folder, port, databaseUrl, smtpUrl: mailbox.url });
  const desks = [deskProcess({ name: 'A', folder }), deskProcess({ name: 'B', folder })] as const;
  try {
    for (const desk of desks) await layKey(desk.folder);
    await Promise.all([viewer.start(), ...desks.map((desk) => desk.start())]);
    const viewerUrl = `http://127.0.0.1:${port}`;
    const told = await tellStory({ desks, viewerUrl, stopViewer: viewer.stop, databaseUrl, mailbox });
    await rm(target, { recursive: true, force: true });
    await mkdir(join(target, 'data'), { recursive: true });
    await bundlePrograms(target);
    const { sent } = await keepDesk(desks[0].folder);
    await keepBlobs(join(deskPlace(desks[0].folder).dataDir, 'blobs'), told);
    const uploads = await keepUploads(join(folder, 'viewer/uploads'));
    const { organisationId, halfUploaded, changes } = told;
    const manifest = {
      version,
      protocol: protocolVersion,
      organisationId,
      key: fixtureKey.toString('hex'),
      halfUploaded: { ...halfUploaded, sent, id: uploads[0]?.id ?? null },
    };
    const write = (name: string, text: string) => writeFile(join(target, name), `${text}\n`);
    await write('manifest.json', JSON.stringify(manifest, null, 2));
    await write('data/changes.jsonl', changes.map((change) => JSON.stringify(change)).join('\n'));
    await write('data/viewer.json', JSON.stringify(await readTables(databaseUrl)));
  } finally {
    for (const desk of desks) await desk.kill();
    await viewer.kill();
    await mailbox.stop();
    await cluster.stop();
    await clearGround(place);
    await clearGround(folder);
  }
}

const folder = await mkdtemp(join(tmpdir(), 'treppenhaus-release-'));
await chmod(folder, 0o755);
await main(folder);
console.log(`Made ${target}. Add ${version} to tests/fixtures/releases/releases.json and commit the folder.`);
