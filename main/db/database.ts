import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { OperationError } from '../../shared/lib/errors.ts';
import { registerTextFunctions } from './fold.ts';

/** A handle that reads: what queries and repositories of lists get. */
export type ReadDatabase = Pick<
  BetterSQLite3Database,
  'select' | 'selectDistinct' | 'all' | 'get' | 'values' | '$count'
>;

/** The writing handle, inside a transaction. Only `main/db` and `main/sync` hold it. */
export type WriteDatabase = BetterSQLite3Database;

/** An open desk database. One connection: SQLite in WAL mode, one process, short transactions. */
export interface DeskDatabase {
  readonly sqlite: Database.Database;
  readonly read: ReadDatabase;
  readonly write: WriteDatabase;
  readonly close: () => void;
}

export interface OpenOptions {
  readonly path: string;
  /** 32 bytes, raw: no key derivation at each start. */
  readonly key: Buffer;
  readonly migrationsFolder?: string;
  /** Under construction: nothing is synced to the disk, and a killed process loses what it had not committed. */
  readonly scratch?: true;
}

/**
 * Opens and migrates the encrypted database.
 * @throws OperationError `protocol-too-new` when a newer app has written it, `not-possible-now` when the key does not open it.
 */
export function openDatabase({
  path,
  key,
  migrationsFolder = defaultMigrations(),
  scratch,
}: OpenOptions): DeskDatabase {
  const sqlite = new Database(path);
  try {
    keyDatabase(sqlite, key);
    try {
      sqlite.pragma(scratch ? 'journal_mode = TRUNCATE' : 'journal_mode = WAL');
    } catch (error) {
      // Only this one means "cannot be read with this key"; a full disk or a lost one is something else to mend.
      const unreadable = error instanceof Database.SqliteError && error.code === 'SQLITE_NOTADB';
      throw unreadable ? new OperationError('not-possible-now', { reason: 'database-key' }) : error;
    }
    sqlite.pragma(scratch ? 'synchronous = OFF' : 'synchronous = FULL');
    sqlite.pragma('journal_size_limit = 67108864');
    sqlite.pragma('busy_timeout = 5000');
    sqlite.pragma('temp_store = MEMORY');
    // 64 MB of decrypted pages: SQLite's own 2 MB make every list of a large company decrypt its tables again.
    sqlite.pragma('cache_size = -65536');
    registerTextFunctions(sqlite);
    const write = drizzle(sqlite);
    refuseNewer(sqlite, migrationsFolder);
    migrate(write, { migrationsFolder });
    // What was migrated stands in the file itself: a lost -wal then never leaves a database without tables.
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
    return { sqlite, read: write, write, close: () => sqlite.close() };
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/** Makes a connection read and write the encryption of the desk's databases. */
export function keyDatabase(sqlite: Database.Database, key: Buffer): void {
  sqlite.pragma("cipher = 'aegis'");
  sqlite.pragma(`key = "x'${key.toString('hex')}'"`);
}

function refuseNewer(sqlite: Database.Database, migrationsFolder: string): void {
  const table = sqlite.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'").get();
  if (table === undefined) return;
  const row = sqlite.prepare('select max(created_at) as newest from __drizzle_migrations').get() as {
    newest: number | null;
  };
  const known = readMigrationFiles({ migrationsFolder }).at(-1)?.folderMillis ?? 0;
  if (row.newest !== null && Number(row.newest) > known) {
    throw new OperationError('protocol-too-new', { reason: 'database' });
  }
}

function defaultMigrations(): string {
  return fileURLToPath(new URL('./migrations', import.meta.url));
}
