import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { SortingState } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { ListSkeleton } from '../../../shared/ui/skeletons.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { usePageStatus } from '../status.ts';
import type { GridColumn } from './columns.ts';
import classes from './data-grid.module.css';
import { gridKeyHandler } from './grid-keys.ts';
import { GridTable } from './grid-table.tsx';
import { BulkBar, GridToolbar } from './grid-toolbar.tsx';
import type { ListFilter, ListName, RowIn } from './list-operations.ts';
import { added, nothingSelected, type Selection, toggled } from './selection.ts';
import { allIds, idsBetween, useListWindow } from './use-list-window.ts';

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
  const scroll = useRef<HTMLDivElement>(null);
  const anchor = useRef(0);
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed.trim(), 150);
  const query = typed === '' ? '' : settled;
  const [sorting, setSorting] = useState<SortingState>(() => sortState(props.defaultSort ?? ''));
  const [active, setActive] = useState(0);
  const [selection, setSelection] = useState<Selection>(nothingSelected);
  const [known, setKnown] = useState(0);
  const sort = sortText(sorting);
  const virtualizer = useVirtualizer({
    count: known,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: headHeight,
    // Rendering within the scroll event itself would make it wait.
    useFlushSync: false,
  });
  const items = virtualizer.getVirtualItems();
  const list = useListWindow({
    operation,
    filter,
    query,
    sort,
    first: items[0]?.index ?? 0,
    last: items.at(-1)?.index ?? 0,
  });
  const total = list.total ?? 0;
  useEffect(() => setKnown(total), [total]);
  const search = JSON.stringify([filter, query, sort]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another search begins at its first row
  useEffect(() => {
    setActive(0);
    anchor.current = 0;
    scroll.current?.scrollTo({ top: 0 });
  }, [search]);
  usePageStatus(selection.size > 0 ? t('selected', { count: selection.size }) : null);

  const selectable = props.bulk !== undefined;
  const clear = () => setSelection(nothingSelected);
  const extendTo = async (index: number) => {
    const ids = await idsBetween(operation, filter, query, sort, anchor.current, index);
    setSelection((before) => added(before, ids));
  };
  const toggle = (index: number, extend = false) => {
    const row = list.rowAt(index);
    if (!selectable || row === undefined) return;
    if (extend) void extendTo(index);
    else {
      anchor.current = index;
      setSelection((before) => toggled(before, row.id));
    }
    setActive(index);
  };
  const selectAll = async () => {
    if (!selectable) return;
    if (selection.size >= total && total > 0) clear();
    else setSelection(new Set(await allIds(operation, filter, query, sort)));
  };
  const open = (index: number) => {
    const row = list.rowAt(index);
    if (row !== undefined) props.onOpen?.(row);
  };
  const move = (index: number, extend: boolean) => {
    setActive(index);
    virtualizer.scrollToIndex(index, { align: 'auto' });
    if (extend && selectable) void extendTo(index);
    else anchor.current = index;
  };
  const onRow = (index: number, event: MouseEvent) => {
    setActive(index);
    if (selectable && event.shiftKey) void extendTo(index);
    else if (selectable && (event.ctrlKey || event.metaKey)) toggle(index);
    else {
      anchor.current = index;
      open(index);
    }
  };
  const onKeyDown = gridKeyHandler({
    count: total,
    active,
    screen: Math.max(1, Math.floor((scroll.current?.clientHeight ?? 400) / rowHeight) - 2),
    move,
    toggle,
    open,
    selectAll: () => void selectAll(),
    clear,
  });
  const reset = () => {
    setTyped('');
    props.onResetFilters?.();
  };
  const filtered = query !== '' || props.filtered === true;

  let body: ReactNode;
  if (list.error !== null) {
    body = <LoadError code={list.error.code} details={list.error.details} onRetry={list.retry} />;
  } else if (list.total === null) {
    body = <ListSkeleton rows={12} />;
  } else if (total === 0 && filtered) {
    body = (
      <EmptyState
        illustration="nothing-found"
        title={query === '' ? t('nothingFound') : t('nothingFoundFor', { query })}
        action={
          <Button variant="default" onClick={reset}>
            {t('resetFilters')}
          </Button>
        }
      >
        {t('tryOtherFilter')}
      </EmptyState>
    );
  } else if (total === 0) {
    body = props.empty;
  } else {
    body = (
      <GridTable
        id={id}
        label={props.label}
        columns={columns}
        total={total}
        items={items}
        height={virtualizer.getTotalSize()}
        rowAt={list.rowAt}
        stale={list.stale}
        active={active}
        openId={props.openId ?? null}
        opens={props.onOpen !== undefined}
        sorting={sorting}
        onSorting={setSorting}
        selection={selectable ? selection : null}
        onToggle={toggle}
        onToggleAll={() => void selectAll()}
        onRow={onRow}
        onKeyDown={onKeyDown}
      />
    );
  }
  const bar = props.searchable !== false || props.actions !== undefined || props.filters !== undefined;
  return (
    <div className={classes.frame}>
      {bar && (
        <GridToolbar
          query={typed}
          onQuery={setTyped}
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
        <BulkBar count={selection.size} onClear={clear}>
          {props.bulk?.([...selection], clear)}
        </BulkBar>
      )}
      <div ref={scroll} className={classes.scroll}>
        {body}
      </div>
    </div>
  );
}
