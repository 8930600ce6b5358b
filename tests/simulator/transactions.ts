import { sql } from 'drizzle-orm';
import type pg from 'pg';
import type { Company, Transaction, Viewer } from '../../viewer/server/context.ts';
import { gate, type RunScope, scope, type Trouble } from './scope.ts';

/** The viewer's process ends here: before its commit nothing of the transaction is left, after it everything. */
export class ViewerEnded extends Error {}

/** Puts gates and troubles around the transactions of the product's runner: before the commit, at it, and after it. */
export function troubled(company: Viewer['company']): Viewer['company'] {
  return async (organisationId, work) => {
    const here = scope();
    if (here === null) return company(organisationId, work);
    const { actor, run } = here;
    let contended = false;
    let trouble: Trouble | null = null;
    let own: number | null = null;
    const leave = async (): Promise<void> => {
      if (actor === null || own === null) return;
      actor.processes.splice(actor.processes.indexOf(own), 1);
      own = null;
      await gate('after commit', contended);
    };
    try {
      const answer = await company(organisationId, async (inside) => {
        own = clientOf(inside.tx).processID;
        actor?.processes.push(own);
        try {
          const result = await work(inside);
          await gate('before commit');
          trouble = await nextTrouble(run, inside);
          return result;
        } finally {
          // Before the transaction ends: whoever waits for it goes on at once, and two must not run.
          contended = run.scheduler.contended();
        }
      });
      await leave();
      if (trouble !== null) throw new ViewerEnded();
      return answer;
    } catch (error) {
      await leave();
      throw error;
    }
  };
}

/** The trouble that this transaction has; only one that writes can have any. */
async function nextTrouble(run: RunScope, { tx }: Company): Promise<Trouble | null> {
  if (run.troubles.length === 0) return null;
  const { rows } = await tx.execute<{ wrote: boolean }>(
    sql`select pg_current_xact_id_if_assigned() is not null as wrote`,
  );
  if (rows[0]?.wrote !== true) return null;
  const trouble = run.troubles.shift() ?? null;
  if (trouble !== null) run.note(`viewer ${trouble}`);
  if (trouble === 'aborted') throw new ViewerEnded();
  if (trouble === 'disk-full') {
    // PostgreSQL's own words for a full disk, raised by PostgreSQL.
    await tx.execute(sql`do $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$`);
  }
  return trouble;
}

/** The connection of a transaction, which the query builder keeps to itself. */
export function clientOf(tx: Transaction): pg.PoolClient & { readonly processID: number } {
  return (tx as unknown as { readonly session: { readonly client: pg.PoolClient & { readonly processID: number } } })
    .session.client;
}
