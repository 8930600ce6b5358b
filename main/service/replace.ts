import type { ErrorCode } from '../../shared/lib/errors.ts';
import type { DeskDatabase } from '../db/database.ts';
import type { Replacement } from '../sync/bootstrap.ts';
import { syncErrorCode } from '../sync/transfers.ts';
import type { DeskLog } from './context.ts';

/**
 * Closes the desk's database and puts another one in its place, in one go: no call runs meanwhile. Whatever fails, a
 * whole database lies in the place afterwards, the old one or the new one, and it is closed.
 * @returns why the old one stayed, or null
 */
export function replaceDatabase(database: DeskDatabase, replacement: Replacement, log: DeskLog): ErrorCode | null {
  try {
    replacement.takeOver();
    // Whatever stands in the log of the old one goes into its file; the last connection takes the log away.
    database.close();
    replacement.swap();
    return null;
  } catch (error) {
    log.error({ err: error }, 'the new database did not take its place');
    if (database.sqlite.open) database.close();
    replacement.discard();
    return syncErrorCode(error, log);
  }
}
