import { integer, text } from 'drizzle-orm/sqlite-core';
import type { RowClock } from '../../shared/sync/merge.ts';

/** Columns of every synced table: the register of deletion and the clock. */
export const syncColumns = {
  deleted: integer('deleted', { mode: 'boolean' }).notNull().default(false),
  clock: text('_clock', { mode: 'json' }).$type<RowClock>().notNull(),
};

type Bookkeeping = 'deleted' | 'clock';
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Plain<T> = { [K in keyof T]: T[K] };

/** Whether a table's row and its model are the same type. */
export type Agrees<Select, Model> = Same<Plain<Omit<Select, Bookkeeping>>, Plain<Model>>;
/** The compile-time proof: anything but `true` is an error. */
export type Proof<T extends true> = T;
