import { type Column, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Transaction } from '../context.ts';

/**
 * Inserts rows with one parameter that holds them all as JSON: the statement stays the same for any number of rows, so
 * it is built, parsed and planned once, and 500 rows are not 5,000 parameters. Every row names every column it has.
 * @param conflict what follows the values: `on conflict …`
 * @throws what PostgreSQL says of a value that does not fit its column (SQLSTATE 22 or 23)
 */
export async function insertRows(
  tx: Transaction,
  table: PgTable,
  rows: readonly Readonly<Record<string, unknown>>[],
  conflict: SQL = sql``,
): Promise<void> {
  const columns = Object.entries(getTableColumns(table));
  const names = sql.join(
    columns.map(([, column]) => sql.identifier(column.name)),
    sql`, `,
  );
  const json = JSON.stringify(
    rows.map((row) => Object.fromEntries(columns.map(([field, column]) => [column.name, row[field] ?? null]))),
  );
  await tx.execute(
    sql`insert into ${table} (${names}) select ${names} from json_populate_recordset(null::${table}, ${json}::json) ${conflict}`,
  );
}

/** Whether an id is among these: one parameter for any number of them. */
export function isAmong(column: Column, ids: readonly string[]): SQL {
  return sql`${column} = any(${sql.param([...ids])}::uuid[])`;
}
