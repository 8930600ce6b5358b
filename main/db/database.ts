import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

/** A handle that reads: what queries and repositories of lists get. */
export type ReadDatabase = Pick<
  BetterSQLite3Database,
  'select' | 'selectDistinct' | 'all' | 'get' | 'values' | '$count'
>;

/** The writing handle, inside a transaction. Only `main/db` and `main/sync` hold it. */
export type WriteDatabase = BetterSQLite3Database;
