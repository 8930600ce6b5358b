import { asc, type Column, type SQL, sql } from 'drizzle-orm';
import { OperationError } from '../../shared/lib/errors.ts';

/** What lists share: the search, the order, sets of ids of any size. */

type Expression = Column | SQL;

/** The rows in whose texts every word of the search occurs; undefined (no condition) for an empty search. */
export function searched(query: string, ...texts: readonly Expression[]): SQL | undefined {
  if (query.trim() === '') return undefined;
  return sql`text_matches(${query}, concat_ws(' ', ${sql.join([...texts], sql`, `)}))`;
}

/** How a list sorts by a column: one or more expressions; what is empty comes last in both directions. */
export type SortColumns = Readonly<Record<string, readonly Expression[]>>;

/**
 * The order of a list: by the column named, descending after a leading `-`, ties by id so that windows never overlap.
 * @throws OperationError `invalid-input` for a column the list does not sort by
 */
export function ordered(sort: string, fallback: string, columns: SortColumns, id: Column): SQL[] {
  const wanted = sort === '' ? fallback : sort;
  const descending = wanted.startsWith('-');
  const name = descending ? wanted.slice(1) : wanted;
  const expressions = Object.hasOwn(columns, name) ? columns[name] : undefined;
  if (expressions === undefined) throw new OperationError('invalid-input', { field: 'sort' });
  const direction = sql.raw(descending ? 'desc' : 'asc');
  return [...expressions.map((expression) => sql`${expression} ${direction} nulls last`), asc(id)];
}

/**
 * The window of a list, and the size of the whole: the query answers the ids of all rows in order, so that searching and
 * sorting happen once; the caller reads the rows of the window by their ids.
 */
export function windowOf(
  query: { readonly values: () => unknown[][] },
  { offset, limit }: { readonly offset: number; readonly limit: number },
): { readonly total: number; readonly ids: readonly string[] } {
  const all = query.values();
  return { total: all.length, ids: all.slice(offset, offset + limit).map(([id]) => String(id)) };
}

/** Text as people sort it: numbers by value, umlauts with their base letters, empty as none. */
export function textOrder(expression: Expression): SQL {
  return sql`nullif(natural_key(${expression}), '')`;
}

/** Whether the column is one of these ids: one parameter, however many they are. */
export function among(column: Expression, ids: readonly string[]): SQL {
  return sql`${column} in (select value from json_each(${JSON.stringify(ids)}))`;
}

/** Rows in the order of the ids; ids without a row are left out. */
export function inOrder<T extends { readonly id: string }>(ids: readonly string[], rows: readonly T[]): T[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Rows by a key, each list in the order of the rows. */
export function grouped<T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}
