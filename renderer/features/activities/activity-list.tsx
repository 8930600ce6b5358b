import { Button, CloseButton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { ListSkeleton } from '../../../shared/ui/skeletons.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import { gridKeyHandler } from '../../lib/grid/grid-keys.ts';
import type { ListFilter } from '../../lib/grid/list-operations.ts';
import { added, nothingSelected, type Selection, toggled } from '../../lib/grid/selection.ts';
import { allIds, idsBetween, useListWindow } from '../../lib/grid/use-list-window.ts';
import { useOperation } from '../../lib/queries.ts';
import { usePageStatus } from '../../lib/status.ts';
import classes from './activities.module.css';
import { activitiesTexts } from './activities-texts.ts';
import { ActivityRow } from './activity-row.tsx';
import { BulkDeeds } from './bulk-deeds.tsx';
import { useKeys } from './use-keys.ts';

const rowHeight = 68;
const operation = 'activities.list';
const sort = '';

interface ActivityListProps {
  readonly filter: ListFilter<'activities.list'>;
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
  /** Whether the filter is narrowed down, so that an empty list is no news. */
  readonly narrowed: boolean;
  readonly onReset: () => void;
  /** Shown where the filter holds nothing. */
  readonly empty: ReactNode;
  /** Beside the search. */
  readonly actions?: ReactNode;
}

/** The list of activities, newest entry first: windowed, searchable, selectable, moved through by keys. */
export function ActivityList(props: ActivityListProps) {
  const { filter, openId } = props;
  const t = useTexts(activitiesTexts);
  const common = useTexts(commonTexts);
  const id = useId();
  const now = useNow();
  const scroll = useRef<HTMLDivElement>(null);
  const anchor = useRef(0);
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed.trim(), 150);
  const query = typed === '' ? '' : settled;
  const [active, setActive] = useState(-1);
  const [selection, setSelection] = useState<Selection>(nothingSelected);
  const [known, setKnown] = useState(0);
  const { data: lists } = useOperation('settings.lists', {});
  const topics = new Map(lists?.topics.map((topic) => [topic.id, topic.name]));
  const virtualizer = useVirtualizer({
    count: known,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 8,
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
  const search = JSON.stringify([filter, query]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another search begins at its first row
  useEffect(() => {
    setActive(-1);
    anchor.current = 0;
    setSelection(nothingSelected);
    scroll.current?.scrollTo({ top: 0 });
  }, [search]);
  usePageStatus(selection.size > 0 ? common('selected', { count: selection.size }) : null);

  const shownIndex = items.find((item) => list.rowAt(item.index)?.id === openId)?.index ?? active;
  const clear = () => setSelection(nothingSelected);
  const extendTo = async (index: number) => {
    const ids = await idsBetween(operation, filter, query, sort, anchor.current, index);
    setSelection((before) => added(before, ids));
  };
  const toggle = (index: number, extend = false) => {
    const row = list.rowAt(index);
    if (row === undefined) return;
    if (extend) void extendTo(index);
    else {
      anchor.current = index;
      setSelection((before) => toggled(before, row.id));
    }
    setActive(index);
  };
  const open = (index: number) => {
    const row = list.rowAt(index);
    if (row !== undefined) props.onOpen(row.id);
  };
  const move = (index: number, extend: boolean) => {
    setActive(index);
    virtualizer.scrollToIndex(index, { align: 'auto' });
    if (extend) void extendTo(index);
    else {
      anchor.current = index;
      open(index);
    }
  };
  const selectAll = async () => {
    if (selection.size >= total && total > 0) clear();
    else setSelection(new Set(await allIds(operation, filter, query, sort)));
  };
  const onRow = (index: number, event: MouseEvent) => {
    setActive(index);
    if (event.shiftKey) void extendTo(index);
    else if (event.ctrlKey || event.metaKey) toggle(index);
    else {
      anchor.current = index;
      open(index);
    }
  };
  const step = (by: number) => {
    if (total > 0) move(Math.min(total - 1, Math.max(0, shownIndex + by)), false);
  };
  useKeys({ j: () => step(1), k: () => step(-1) });
  const onKeyDown = gridKeyHandler({
    count: total,
    active: shownIndex,
    screen: Math.max(1, Math.floor((scroll.current?.clientHeight ?? 400) / rowHeight) - 1),
    move,
    toggle,
    open,
    selectAll: () => void selectAll(),
    clear,
  });

  let body: ReactNode;
  if (list.error !== null) {
    body = <LoadError code={list.error.code} details={list.error.details} onRetry={list.retry} />;
  } else if (list.total === null) {
    body = <ListSkeleton rows={8} avatars />;
  } else if (total === 0 && (query !== '' || props.narrowed)) {
    body = (
      <EmptyState
        compact
        illustration="nothing-found"
        title={query === '' ? common('nothingFound') : common('nothingFoundFor', { query })}
        action={
          <Button
            variant="default"
            onClick={() => {
              setTyped('');
              props.onReset();
            }}
          >
            {common('resetFilters')}
          </Button>
        }
      >
        {common('tryOtherFilter')}
      </EmptyState>
    );
  } else if (total === 0) {
    body = props.empty;
  } else {
    body = (
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows are selected and opened, so it is a grid
        role="grid"
        aria-label={t('list')}
        aria-rowcount={total}
        aria-multiselectable
        tabIndex={0}
        className={classes.rows}
        data-stale={list.stale || undefined}
        style={{ height: virtualizer.getTotalSize() }}
        aria-activedescendant={shownIndex < 0 ? undefined : `${id}-${shownIndex}`}
        onKeyDown={onKeyDown}
      >
        <tbody>
          {items.map((item) => {
            const row = list.rowAt(item.index);
            if (row === undefined) return null;
            return (
              <ActivityRow
                key={row.id}
                id={`${id}-${item.index}`}
                row={row}
                index={item.index}
                top={item.start}
                topic={row.topicId === null ? null : (topics.get(row.topicId) ?? null)}
                now={now}
                open={row.id === openId}
                active={item.index === shownIndex}
                selected={selection.has(row.id)}
                onRow={(event) => onRow(item.index, event)}
                onToggle={(extend) => toggle(item.index, extend)}
              />
            );
          })}
        </tbody>
      </table>
    );
  }
  return (
    <div className={classes.list} data-selecting={selection.size > 0 || undefined}>
      <div className={classes.listBar}>
        <TextInput
          className={classes.search}
          aria-label={t('search')}
          placeholder={common('searchPlaceholder')}
          data-page-search
          leftSection={<IconSearch size={16} />}
          rightSection={
            typed === '' ? null : <CloseButton aria-label={common('resetFilters')} onClick={() => setTyped('')} />
          }
          value={typed}
          maxLength={200}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || typed === '') return;
            event.stopPropagation();
            setTyped('');
          }}
        />
        <span className={classes.total} role="status">
          {list.total === null ? '' : t('matters', { count: list.total })}
        </span>
        {props.actions}
      </div>
      {selection.size > 0 && <BulkDeeds ids={[...selection]} onClear={clear} />}
      <div ref={scroll} className={classes.listScroll}>
        {body}
      </div>
    </div>
  );
}
