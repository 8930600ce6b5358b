import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../context.ts';
import { organisationHeadTable } from '../db/schema.ts';

/** The head of a company, held for one transaction. */
export interface TakenHead {
  readonly epoch: string;
  readonly head: number;
  readonly lastActivityNumber: number;
  /** How many rows were erased for good; where it is left out they are looked for. */
  readonly erasedRows?: number;
  /**
   * Hands out the next `count` sequences and keeps the last activity number.
   * @returns the new head: the last of the sequences, or the old head for none
   */
  readonly advance: (count: number, lastActivityNumber: number) => Promise<number>;
  /** The head after so many more, where nobody else can move it: then nobody has to wait for `advance` to know it. */
  readonly headAfter?: (count: number) => number;
}

/** Takes a company's head for one transaction. @throws Error for a company without one */
export type TakeHead = (tx: Transaction, organisationId: string) => Promise<TakenHead>;

/**
 * The row lock serialises the writers of a company until the transaction ends, so that sequences become visible in
 * their order: a bare sequence would let a reader pass a number whose transaction commits later.
 */
export const takeHead: TakeHead = async (tx, organisationId) => {
  const ofCompany = eq(organisationHeadTable.organisationId, organisationId);
  const [locked] = await tx.select().from(organisationHeadTable).where(ofCompany).for('update');
  if (locked === undefined) throw new Error('Company without a head');
  return {
    epoch: locked.epoch,
    head: locked.head,
    lastActivityNumber: locked.lastActivityNumber,
    erasedRows: locked.erasedRows,
    headAfter: (count) => locked.head + count,
    advance: async (count, lastActivityNumber) => {
      if (count === 0 && lastActivityNumber === locked.lastActivityNumber) return locked.head;
      const [moved] = await tx
        .update(organisationHeadTable)
        .set({ head: sql`${organisationHeadTable.head} + ${count}`, lastActivityNumber })
        .where(ofCompany)
        .returning({ head: organisationHeadTable.head });
      if (moved === undefined) throw new Error('Company without a head');
      return moved.head;
    },
  };
};
