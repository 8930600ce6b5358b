import { join } from 'node:path';
import Database from 'better-sqlite3';
import { OperationError } from '../../shared/lib/errors.ts';

/**
 * Makes sure that one process works on a data folder. The lock is SQLite's own lock on a file: the system drops it with
 * the process, however that ends, so nothing stale is left behind.
 * @throws OperationError `not-possible-now` (`reason: 'in-use'`) when another process holds it.
 */
export function lockFolder(folder: string): { readonly release: () => void } {
  const lock = new Database(join(folder, 'desk.lock'), { timeout: 0 });
  try {
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') {
      throw new OperationError('not-possible-now', { reason: 'in-use' });
    }
    throw error;
  }
  return { release: () => lock.close() };
}
