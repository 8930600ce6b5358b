import type { SortingState } from '@tanstack/react-table';
import { type ReactNode, useId, useState } from 'react';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { ListSkeleton } from '../../../shared/ui/skeletons.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useKeys } from '../use-keys.ts';
import type { GridColumn } from './columns.ts';
import classes from './data-grid.module.css';
import scrolled from './grid-scroll.module.css';
import { GridTable } from './grid-table.tsx';
import { BulkBar, GridToolbar } from './grid-toolbar.tsx';
import type { ListFilter, ListName, RowIn } from './list-operations.ts';
import { NothingFound } from './nothing-found.tsx';
import { useGrid } from './use-grid.ts';

const rowHeight = 32;
const headHeight = 28;

interface DataGridProps<N extends ListName> {
  /** Accessible name: "Objekte". */
  readonly label: string;
  readonly operation: N;
  readonly filter: ListFilter<N>;
  readonly columns: readonly GridColumn<RowIn<N>>[];
  /** Column id, a leading `-` sorts descending; '' is the list's own order. */
  readonly defaultSort?: string;
  readonly onOpen?: (row: RowIn<N>) => void;
  /** The row whose detail is on screen. */
  readonly openId?: string | null;
  /** `j` and `k` move as the arrows do, from anywhere on the page; beside an open detail they open what they reach. */
  readonly letterKeys?: boolean;
  /** First use: shown where the list is empty without search and filters. */
  readonly empty: ReactNode;
  readonly searchable?: boolean;
  /** Controls between search and count. */
  readonly filters?: ReactNode;
  /** Whether one of them is set. */
  readonly filtered?: boolean;
  readonly onResetFilters?: () => void;
  readonly actions?: ReactNode;
  /** What one can do with selected rows; without it rows cannot be selected. */
  readonly bulk?: (ids: readonly string[], clear: () => void) => ReactNode;
}

function sortText(sorting: SortingState): string {
  const [entry] = sorting;
  return entry === undefined ? '' : `${entry.desc ? '-' : ''}${entry.id}`;
}

function sortState(sort: string): SortingState {
  return sort === '' ? [] : [{ id: sort.replace(/^-/, ''), desc: sort.startsWith('-') }];
}

/** A list of any length: windowed reading, search, sorting, selection, keyboard, and every state a list can be in. */
export function DataGrid<N extends ListName>(props: DataGridProps<N>) {
  const { operation, filter, columns } = props;
  const t = useTexts(commonTexts);
  const id = useId();
  const [sorting, setSorting] = useState<SortingState>(() => sortState(props.defaultSort ?? ''));
  const selectable = props.bulk !== undefined;
  const grid = useGrid({
    operation,
    filter,
    sort: sortText(sorting),
    rowHeight,
    headHeight,
    overscan: 12,
    selectable,
    firstActive: 0,
    ...(props.letterKeys === true && props.openId != null ? { followId: props.openId, opensOnMove: true } : {}),
    onOpen: (row) => props.onOpen?.(row),
  });
  const { list, query, total, selection } = grid;
  const step = (by: number) => () => {
    grid.scroll.current?.querySelector<HTMLElement>('[data-page-list]')?.focus({ preventScroll: true });
    grid.step(by);
  };
  useKeys(props.letterKeys === true ? { j: step(1), k: step(-1) } : {});
  const reset = () => {
    grid.setTyped('');
    props.onResetFilters?.();
  };
  const filtered = query !== '' || props.filtered === true;

  let body: ReactNode;
  if (list.error !== null) {
    body = <LoadError code={list.error.code} details={list.error.details} onRetry={list.retry} />;
  } else if (list.total === null) {
    body = <ListSkeleton rows={12} />;
  } else if (total === 0 && filtered) {
    body = <NothingFound query={query} onReset={reset} />;
  } else if (total === 0) {
    body = props.empty;
  } else {
    body = (
      <GridTable
        id={id}
        label={props.label}
        columns={columns}
        total={total}
        items={grid.items}
        height={grid.height}
        rowAt={list.rowAt}
        stale={list.stale}
        active={grid.active}
        openId={props.openId ?? null}
        opens={props.onOpen !== undefined}
        sorting={sorting}
        onSorting={setSorting}
        selection={selectable ? selection : null}
        waiting={grid.waiting}
        onToggle={grid.toggle}
        onToggleAll={grid.toggleAll}
        onRow={grid.onRow}
        onKeyDown={grid.onKeyDown}
      />
    );
  }
  const bar = props.searchable !== false || props.actions !== undefined || props.filters !== undefined;
  return (
    <div className={classes.frame}>
      {bar && (
        <GridToolbar
          query={grid.typed}
          onQuery={grid.setTyped}
          searchable={props.searchable !== false}
          searchLabel={`${props.label}: ${t('search')}`}
          total={list.total}
          filters={props.filters}
          filtered={props.filtered === true}
          onReset={reset}
          actions={props.actions}
        />
      )}
      {selectable && selection.size > 0 && (
        <BulkBar count={selection.size} onClear={grid.clear}>
          {props.bulk?.([...selection], grid.clear)}
        </BulkBar>
      )}
      <div ref={grid.scroll} className={scrolled.scroll}>
        {body}
      </div>
    </div>
  );
}
