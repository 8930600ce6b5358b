import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { Author } from '../../../shared/sync/changes.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import type { Company, Viewer } from '../context.ts';
import { databaseIsFull } from './disk-full.ts';

/** The one function that writes synced rows: merge, log, consequences. */
export type WriteEdits = (
  company: Pick<Company, 'organisationId' | 'tx'>,
  author: Author,
  edits: readonly Edit[],
) => Promise<void>;

/**
 * Makes `Viewer.company`. The setting is local to the transaction: a connection that goes back to the pool shows no
 * company again. What found no room is nobody's fault and is tried again: `disk-full` at the viewer.
 */
export function createCompanyRunner(db: NodePgDatabase, write: WriteEdits): Viewer['company'] {
  return (organisationId, work, { reads = false } = {}) => {
    let answered: (value: Awaited<ReturnType<typeof work>>) => void = () => undefined;
    const answer = new Promise<Awaited<ReturnType<typeof work>>>((resolve) => {
      answered = resolve;
    });
    const whole = db
      .transaction(
        async (tx) => {
          // Sent at once but not waited for: a connection runs its statements in their order, so the company is set before
          // the first one of `work`; if it fails, the transaction is over for them too.
          const set = tx
            .execute(sql`select set_config('app.organisation_id', ${organisationId}, true)`)
            .then(() => undefined);
          set.catch(() => undefined);
          try {
            const value = await work({
              organisationId,
              tx,
              write: (author, edits) => write({ organisationId, tx }, author, edits),
            });
            await set;
            // There is nothing that the end of the transaction could still lose.
            if (reads) answered(value);
            return value;
          } finally {
            // What failed here is the cause of what failed there.
            await set;
          }
        },
        { isolationLevel: 'read committed', ...(reads ? { accessMode: 'read only' } : {}) },
      )
      .catch((error: unknown) => {
        throw databaseIsFull(error) ? new OperationError('disk-full', { at: 'viewer' }) : error;
      });
    if (!reads) return whole;
    whole.catch(() => undefined);
    return Promise.race([answer, whole]);
  };
}
