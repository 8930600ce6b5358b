import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Author } from '../../../shared/sync/changes.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import type { Company, Viewer } from '../context.ts';

/** The one function that writes synced rows: merge, log, consequences. */
export type WriteEdits = (
  company: Pick<Company, 'organisationId' | 'tx'>,
  author: Author,
  edits: readonly Edit[],
) => Promise<void>;

/**
 * Makes `Viewer.company`. The setting is local to the transaction: a connection that goes back to the pool shows no
 * company again.
 */
export function createCompanyRunner(db: NodePgDatabase, write: WriteEdits): Viewer['company'] {
  return (organisationId, work) =>
    db.transaction(
      async (tx) => {
        await tx.execute(sql`select set_config('app.organisation_id', ${organisationId}, true)`);
        return work({
          organisationId,
          tx,
          write: (author, edits) => write({ organisationId, tx }, author, edits),
        });
      },
      { isolationLevel: 'read committed' },
    );
}
