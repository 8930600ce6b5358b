import { eq } from 'drizzle-orm';
import type pg from 'pg';
import { organisationHeadTable } from '../../../viewer/server/db/schema.ts';
import { type TakeHead, takeHead } from '../../../viewer/server/sync/head.ts';
import type { Break } from './breaks.ts';

/**
 * Sequences as a PostgreSQL sequence hands them out: at once, outside of the transaction, without the row lock that
 * makes the writers of a company wait for each other. Whoever commits later with the smaller number is never read.
 */
export const bareSequence: Break = {
  commit: (owner) => ({ takeHead: withoutLock(owner) }),
};

function withoutLock(owner: pg.Pool): TakeHead {
  return async (tx, organisationId) => {
    const { rows } = await owner.query<{ n: number }>(
      'select count(*)::int as n from organisation_head where organisation_id = $1',
      [organisationId],
    );
    // The transaction that founds the company is the only one that sees it.
    if (rows[0]?.n !== 1) return takeHead(tx, organisationId);
    const [row] = await tx
      .select()
      .from(organisationHeadTable)
      .where(eq(organisationHeadTable.organisationId, organisationId));
    if (row === undefined) throw new Error('Company without a head');
    return {
      ...row,
      advance: async (count, lastActivityNumber) => {
        const moved = await owner.query<{ head: string }>(
          `update organisation_head set head = head + $2, last_activity_number = greatest(last_activity_number, $3)
           where organisation_id = $1 returning head`,
          [organisationId, count, lastActivityNumber],
        );
        return Number(moved.rows[0]?.head);
      },
    };
  };
}
