import { useDebouncedValue } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, useEffect, useRef, useState } from 'react';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { usePageStatus } from '../status.ts';
import { useWaiting } from '../waiting/use-waiting.ts';
import { gridKeyHandler } from './grid-keys.ts';
import type { ListFilter, ListName, RowIn } from './list-operations.ts';
import { added, nothingSelected, type Selection, toggled } from './selection.ts';
import { allIds, idsBetween, useListWindow } from './use-list-window.ts';

interface GridOptions<N extends ListName> {
  readonly operation: N;
  readonly filter: ListFilter<N>;
  /** Column, a leading `-` sorts descending, '' is the list's own order. */
  readonly sort: string;
  /** Pixels. */
  readonly rowHeight: number;
  /** Pixels at the top of the scrolled area that rows pass beneath. */
  readonly headHeight?: number;
  /** Rows kept ready above and below the screen. */
  readonly overscan: number;
  readonly selectable: boolean;
  /** The row that is active where another search begins; -1 is none. */
  readonly firstActive: 0 | -1;
  /** Another search begins without selected rows. */
  readonly forgetsSelection?: boolean;
  /** Where this row is on screen, the keys go on from it. */
  readonly followId?: string | null;
  /** Moving to a row opens it. */
  readonly opensOnMove?: boolean;
  readonly onOpen: (row: RowIn<N>) => void;
}

/** Everything about a list of any length but its looks: windowed reading, search, selection, mouse and keys. */
export function useGrid<N extends ListName>(options: GridOptions<N>) {
  const { operation, filter, sort, rowHeight, selectable, firstActive } = options;
  const t = useTexts(commonTexts);
  const scroll = useRef<HTMLDivElement>(null);
  const anchor = useRef(0);
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed.trim(), 150);
  const query = typed === '' ? '' : settled;
  const [lastActive, setActive] = useState<number>(firstActive);
  const [selection, setSelection] = useState<Selection>(nothingSelected);
  const [known, setKnown] = useState(0);
  const virtualizer = useVirtualizer({
    count: known,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: options.overscan,
    scrollPaddingStart: options.headHeight ?? 0,
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
  // The lists of the sync itself say what waits in words.
  const waiting = useWaiting(operation.startsWith('sync.') ? [] : list.loaded.map((row) => row.id));
  useEffect(() => setKnown(total), [total]);
  const search = JSON.stringify([filter, query, sort]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another search begins at its first row
  useEffect(() => {
    setActive(firstActive);
    anchor.current = 0;
    if (options.forgetsSelection === true) setSelection(nothingSelected);
    scroll.current?.scrollTo({ top: 0 });
  }, [search]);
  usePageStatus(selection.size > 0 ? t('selected', { count: selection.size }) : null);

  const { followId = null } = options;
  const followed = followId === null ? undefined : items.find((item) => list.rowAt(item.index)?.id === followId);
  const active = followed?.index ?? lastActive;
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
    if (row !== undefined) options.onOpen(row);
  };
  const move = (index: number, extend: boolean) => {
    setActive(index);
    virtualizer.scrollToIndex(index, { align: 'auto' });
    if (extend && selectable) void extendTo(index);
    else {
      anchor.current = index;
      if (options.opensOnMove === true) open(index);
    }
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
  const step = (by: number) => {
    if (total > 0) move(Math.min(total - 1, Math.max(0, active + by)), false);
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
  return {
    waiting,
    /** Of the element that scrolls. */
    scroll,
    typed,
    setTyped,
    query,
    list,
    total,
    items,
    /** Of all rows together, in pixels. */
    height: virtualizer.getTotalSize(),
    active,
    selection,
    clear,
    toggle,
    toggleAll: () => void selectAll(),
    /** Moves by a number of rows, from the active one. */
    step,
    onRow,
    onKeyDown,
  };
}
