import { eq } from 'drizzle-orm';
import type pg from 'pg';
import { organisationHeadTable } from '../../../viewer/server/db/schema.ts';
import type { TakeHead } from '../../../viewer/server/sync/head.ts';
import type { Break } from './breaks.ts';

/**
 * Sequences as a PostgreSQL sequence hands them out: at once, outside of the transaction, without the row lock that
 * makes the writers of a company wait for each other. Whoever commits later with the smaller number is never read.
 */
export const bareSequence: Break = {
  commit: (owner) => ({ takeHead: withoutLock(owner) }),
};

function withoutLock(owner: pg.Pool): TakeHead {
  const sequences = new Map<string, { head: number; lastActivityNumber: number }>();
  return async (tx, organisationId) => {
    const ofCompany = eq(organisationHeadTable.organisationId, organisationId);
    const [row] = await tx.select().from(organisationHeadTable).where(ofCompany);
    if (row === undefined) throw new Error('Company without a head');
    const sequence = sequences.get(row.epoch) ?? { head: row.head, lastActivityNumber: row.lastActivityNumber };
    sequences.set(row.epoch, sequence);
    return {
      ...row,
      head: sequence.head,
      lastActivityNumber: sequence.lastActivityNumber,
      advance: async (count, lastActivityNumber) => {
        sequence.head += count;
        sequence.lastActivityNumber = Math.max(sequence.lastActivityNumber, lastActivityNumber);
        const { head } = sequence;
        const values = [organisationId, head, sequence.lastActivityNumber];
        const moved = await owner.query(`${move} where organisation_id in (${free})`, values);
        // In the transaction that founds the company, or holds its row for another reason.
        if (moved.rowCount === 0)
          await tx
            .update(organisationHeadTable)
            .set({ head, lastActivityNumber: values[2] as number })
            .where(ofCompany);
        return head;
      },
    };
  };
}

const move = 'update organisation_head set head = greatest(head, $2), last_activity_number = $3';
const free = 'select organisation_id from organisation_head where organisation_id = $1 for update skip locked';
