import type { ReactNode } from 'react';

/** A column of a grid. */
export interface GridColumn<Row> {
  /** Also what the list is sorted by, where `sortable`. */
  readonly id: string;
  readonly header: string;
  /** Pixels; without it the column takes a share of what is left. */
  readonly width?: number;
  readonly align?: 'right';
  readonly sortable?: boolean;
  readonly cell: (row: Row) => ReactNode;
}
