import { sql } from 'drizzle-orm';
import { type AnyPgColumn, boolean, jsonb, pgPolicy, primaryKey, uuid } from 'drizzle-orm/pg-core';
import type { RowClock } from '../../../shared/sync/merge.ts';

/** First in every table that belongs to a company: the distribution column, then the row's id. */
export const companyColumns = {
  organisationId: uuid('organisation_id').notNull(),
  id: uuid('id').notNull(),
};

/** Columns of every synced table: the register of deletion and the clock. */
export const syncColumns = {
  deleted: boolean('deleted').notNull().default(false),
  clock: jsonb('_clock').$type<RowClock>().notNull(),
};

/** The second lock: a connection sees the rows of the company it has set, and of none before. */
export const companyPolicy = (table: string) =>
  pgPolicy(`${table}_company`, {
    using: sql`organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid`,
  });

/** Key and policy of a company's table. */
export function companyKeys(name: string, table: { readonly organisationId: AnyPgColumn; readonly id: AnyPgColumn }) {
  return [primaryKey({ columns: [table.organisationId, table.id] }), companyPolicy(name)] as const;
}

type Bookkeeping = 'organisationId' | 'deleted' | 'clock';
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Plain<T> = { [K in keyof T]: T[K] };

/** Whether a table's row and its model are the same type. */
export type Agrees<Select, Model> = Same<Plain<Omit<Select, Bookkeeping>>, Plain<Model>>;
/** The compile-time proof: anything but `true` is an error. */
export type Proof<T extends true> = T;
