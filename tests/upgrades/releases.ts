import { copyFileSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { root } from '../../build/lib/run.ts';
import { layKey, withDatabase } from '../../build/release/story.ts';
import { deskPlace } from '../../main/service/place.ts';
import type { LoggedChange } from '../../shared/sync/changes.ts';
import { applicationRole } from '../../viewer/server/db/pool.ts';

const home = join(root, 'tests/fixtures/releases');

/** Which versions were released, and the one that comes next. */
export const releases = JSON.parse(readFileSync(join(home, 'releases.json'), 'utf8')) as {
  readonly released: readonly string[];
  readonly next: string | null;
};

interface Manifest {
  readonly version: string;
  readonly protocol: number;
  readonly organisationId: string;
  /** Of the desk's database, hex. */
  readonly key: string;
  /** A PDF of nothing but zeros after its first line, of which the viewer has `sent` bytes as upload `id`. */
  readonly halfUploaded: {
    readonly sha256: string;
    readonly size: number;
    readonly sent: number;
    readonly id: string;
  };
}

/** A released version as it was kept. */
export interface Release {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly key: Buffer;
  /** Its programs, each one file. */
  readonly deskProgram: string;
  readonly viewerProgram: string;
  readonly changes: readonly LoggedChange[];
}

/** Names of the folders that hold a release. */
export function releaseFolders(): readonly string[] {
  return readdirSync(home, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

/** Reads what was kept of a version. */
export function openRelease(version: string): Release {
  const folder = join(home, version);
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  const lines = readFileSync(join(folder, 'data/changes.jsonl'), 'utf8').trimEnd().split('\n');
  return {
    folder,
    manifest,
    key: Buffer.from(manifest.key, 'hex'),
    deskProgram: join(folder, 'desk/desk.mjs'),
    viewerProgram: join(folder, 'viewer/viewer.mjs'),
    changes: lines.map((line) => JSON.parse(line) as LoggedChange),
  };
}

/**
 * Lays out a desk's data folder as that version left it.
 * @param viewerUrl where its viewer is now; null leaves the address of the time, where nobody answers
 */
export async function layDesk(release: Release, folder: string, viewerUrl: string | null): Promise<void> {
  const place = deskPlace(folder);
  await layKey(folder);
  mkdirSync(place.dataDir, { recursive: true, mode: 0o700 });
  copyFileSync(join(release.folder, 'data/desk.db'), place.database);
  layBlobs(release, (sha256) => join(place.dataDir, 'blobs', sha256.slice(0, 2), sha256));
  if (viewerUrl === null) return;
  onDatabase(release, folder, (sqlite) =>
    sqlite.prepare("update meta set value = ? where key = 'viewerUrl'").run(JSON.stringify(viewerUrl)),
  );
}

/** Works on a desk's database as it stands, without any program's migrations. */
export function onDatabase<T>(release: Release, folder: string, work: (sqlite: Database.Database) => T): T {
  const sqlite = new Database(deskPlace(folder).database);
  try {
    sqlite.pragma("cipher = 'aegis'");
    sqlite.pragma(`key = "x'${release.manifest.key}'"`);
    return work(sqlite);
  } finally {
    sqlite.close();
  }
}

/** Fills an empty database and a data folder with what that version's viewer left. */
export async function layViewer(release: Release, databaseUrl: string, dataFolder: string): Promise<void> {
  const tables = JSON.parse(readFileSync(join(release.folder, 'data/viewer.json'), 'utf8')) as Readonly<
    Record<string, readonly unknown[]>
  >;
  await withDatabase(databaseUrl, async (client) => {
    await client.query(
      `do $$ begin create role ${applicationRole} nologin; exception when duplicate_object or unique_violation then null; end $$`,
    );
    await migrate(drizzle(client), { migrationsFolder: join(release.folder, 'viewer/migrations') });
    // As a restored dump does: rows come in an order that no reference minds.
    await client.query('set session_replication_role = replica');
    for (const [name, rows] of Object.entries(tables)) {
      await client.query(`insert into ${name} select * from json_populate_recordset(null::${name}, $1::json)`, [
        JSON.stringify(rows),
      ]);
    }
  });
  const { organisationId, halfUploaded } = release.manifest;
  const available = (tables['public.blob'] ?? []).map((row) => (row as { readonly sha256: string }).sha256);
  layBlobs(
    release,
    (sha256) => join(dataFolder, 'blobs', organisationId, sha256.slice(0, 2), sha256),
    new Set(available),
  );
  const uploads = join(dataFolder, 'uploads');
  mkdirSync(uploads, { recursive: true });
  copyFileSync(join(release.folder, `data/uploads/${halfUploaded.id}.json`), join(uploads, `${halfUploaded.id}.json`));
  layLarge(join(uploads, halfUploaded.id), halfUploaded.sent);
}

function layBlobs(release: Release, pathOf: (sha256: string) => string, only?: ReadonlySet<string>): void {
  const { halfUploaded } = release.manifest;
  const kept = readdirSync(join(release.folder, 'data/blobs'));
  for (const sha256 of [...kept, halfUploaded.sha256]) {
    if (only !== undefined && !only.has(sha256)) continue;
    const path = pathOf(sha256);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (sha256 === halfUploaded.sha256) layLarge(path, halfUploaded.size);
    else copyFileSync(join(release.folder, 'data/blobs', sha256), path);
  }
}

function layLarge(path: string, size: number): void {
  writeFileSync(path, '%PDF-1.7\n');
  truncateSync(path, size);
}
