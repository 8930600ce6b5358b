import type { DeskOperationName, Input, Output } from '../../../shared/contract/registry.ts';

/** Operations that answer a window of a sorted, filtered list. */
export type ListName = {
  [N in DeskOperationName]: Output<N> extends { readonly total: number; readonly rows: readonly { id: string }[] }
    ? N
    : never;
}[DeskOperationName];

/** A row of such a list. */
export type RowIn<N extends ListName> = Output<N>['rows'][number];

/** What a page decides about a list; search, sorting and the window are the grid's. */
export type ListFilter<N extends ListName> = Omit<Input<N>, 'query' | 'sort' | 'offset' | 'limit'>;
