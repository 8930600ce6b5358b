import { useQueries } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Input, Output } from '../../../shared/contract/registry.ts';
import type { OperationError } from '../../../shared/lib/errors.ts';
import { asOperationError, call, keyOf } from '../client.ts';
import type { ListFilter, ListName, RowIn } from './list-operations.ts';

/** Rows of one request: several screens, so that scrolling finds them there. */
const pageRows = 100;

interface Wanted<N extends ListName> {
  readonly operation: N;
  readonly filter: ListFilter<N>;
  readonly query: string;
  /** Column, a leading `-` sorts descending, '' is the list's own order. */
  readonly sort: string;
  /** First and last row on screen. */
  readonly first: number;
  readonly last: number;
}

/** The part of a list that is on screen. */
export interface ListWindow<Row> {
  /** Null while the first page is read. */
  readonly total: number | null;
  readonly rowAt: (index: number) => Row | undefined;
  /** Rows that have been read, around the screen. */
  readonly loaded: readonly Row[];
  readonly error: OperationError | null;
  /** The rows are still those of the previous search or order. */
  readonly stale: boolean;
  readonly retry: () => void;
}

interface Pages<Row> {
  readonly total: number;
  readonly pages: ReadonlyMap<number, readonly Row[]>;
}

/** The call's input for a window of a list. */
function windowInput<N extends ListName>(
  filter: ListFilter<N>,
  query: string,
  sort: string,
  offset: number,
  limit: number,
): Input<N> {
  return { ...filter, query, sort, offset, limit } as Input<N>;
}

/** Reads the pages that the rows on screen lie in; while another search is read, the previous rows stay. */
export function useListWindow<N extends ListName>(wanted: Wanted<N>): ListWindow<RowIn<N>> {
  const { operation, filter, query, sort } = wanted;
  const firstPage = Math.floor(Math.max(0, wanted.first) / pageRows);
  const lastPage = Math.max(firstPage, Math.floor(Math.max(0, wanted.last) / pageRows));
  const numbers = Array.from({ length: lastPage - firstPage + 1 }, (_, index) => firstPage + index);
  const results = useQueries({
    queries: numbers.map((number) => {
      const input = windowInput(filter, query, sort, number * pageRows, pageRows);
      return {
        queryKey: keyOf(operation, input),
        queryFn: (): Promise<Output<N>> => call(operation, input),
      };
    }),
  });
  const previous = useRef<Pages<RowIn<N>> | null>(null);
  const read = new Map<number, readonly RowIn<N>[]>();
  let total: number | null = null;
  let error: OperationError | null = null;
  for (const [index, result] of results.entries()) {
    const number = numbers[index];
    if (result.data !== undefined && number !== undefined) {
      read.set(number, result.data.rows);
      total = result.data.total;
    }
    if (result.error !== null) error ??= asOperationError(result.error);
  }
  const current: Pages<RowIn<N>> | null = total === null ? null : { total, pages: read };
  const shown = current ?? previous.current;
  useEffect(() => {
    if (current !== null) previous.current = current;
  });
  return {
    total: shown?.total ?? null,
    rowAt: (index) => shown?.pages.get(Math.floor(index / pageRows))?.[index % pageRows],
    loaded: [...(shown?.pages.values() ?? [])].flat(),
    error,
    stale: current === null && shown !== null,
    retry: () => {
      for (const result of results) void result.refetch();
    },
  };
}

/** The ids of all rows of a list, for "select all"; reads in large windows. */
export async function allIds<N extends ListName>(
  operation: N,
  filter: ListFilter<N>,
  query: string,
  sort: string,
): Promise<readonly string[]> {
  const ids: string[] = [];
  const limit = 500;
  for (;;) {
    const { rows, total } = await call(operation, windowInput(filter, query, sort, ids.length, limit));
    ids.push(...rows.map((row) => row.id));
    if (rows.length === 0 || ids.length >= total) return ids;
  }
}

/** The ids of the rows from one index to another, both inclusive, in either direction. */
export async function idsBetween<N extends ListName>(
  operation: N,
  filter: ListFilter<N>,
  query: string,
  sort: string,
  a: number,
  b: number,
): Promise<readonly string[]> {
  const [from, to] = a <= b ? [a, b] : [b, a];
  const ids: string[] = [];
  for (let offset = from; offset <= to; offset += 500) {
    const limit = Math.min(500, to - offset + 1);
    const { rows } = await call(operation, windowInput(filter, query, sort, offset, limit));
    ids.push(...rows.map((row) => row.id));
  }
  return ids;
}
