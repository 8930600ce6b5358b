import { type ReactNode, useId } from 'react';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { ListSkeleton } from '../../../shared/ui/skeletons.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import scrolled from '../../lib/grid/grid-scroll.module.css';
import type { ListFilter } from '../../lib/grid/list-operations.ts';
import { NothingFound } from '../../lib/grid/nothing-found.tsx';
import { SearchInput } from '../../lib/grid/search-input.tsx';
import { useGrid } from '../../lib/grid/use-grid.ts';
import { useOperation } from '../../lib/queries.ts';
import { useKeys } from '../../lib/use-keys.ts';
import panes from './activities.module.css';
import { activitiesTexts } from './activities-texts.ts';
import classes from './activity-list.module.css';
import { ActivityRow } from './activity-row.tsx';
import { BulkDeeds } from './bulk-deeds.tsx';

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
  const { openId } = props;
  const t = useTexts(activitiesTexts);
  const id = useId();
  const now = useNow();
  const { data: lists } = useOperation('settings.lists', {});
  const topics = new Map(lists?.topics.map((topic) => [topic.id, topic.name]));
  const grid = useGrid({
    operation: 'activities.list',
    filter: props.filter,
    sort: '',
    rowHeight: 68,
    overscan: 8,
    selectable: true,
    firstActive: -1,
    forgetsSelection: true,
    followId: openId,
    opensOnMove: true,
    onOpen: (row) => props.onOpen(row.id),
  });
  const { list, query, total, selection, active } = grid;
  useKeys({ j: () => grid.step(1), k: () => grid.step(-1) });

  let body: ReactNode;
  if (list.error !== null) {
    body = <LoadError code={list.error.code} details={list.error.details} onRetry={list.retry} />;
  } else if (list.total === null) {
    body = <ListSkeleton rows={8} avatars />;
  } else if (total === 0 && (query !== '' || props.narrowed)) {
    body = (
      <NothingFound
        compact
        query={query}
        onReset={() => {
          grid.setTyped('');
          props.onReset();
        }}
      />
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
        style={{ height: grid.height }}
        aria-activedescendant={active < 0 ? undefined : `${id}-${active}`}
        onKeyDown={grid.onKeyDown}
      >
        <tbody>
          {grid.items.map((item) => {
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
                active={item.index === active}
                selected={selection.has(row.id)}
                waiting={grid.waiting(row.id)}
                onRow={(event) => grid.onRow(item.index, event)}
                onToggle={(extend) => grid.toggle(item.index, extend)}
              />
            );
          })}
        </tbody>
      </table>
    );
  }
  return (
    <div className={panes.list} data-selecting={selection.size > 0 || undefined}>
      <div className={classes.listBar}>
        <SearchInput className={classes.search} label={t('search')} value={grid.typed} onChange={grid.setTyped} />
        <span className={classes.total} role="status">
          {list.total === null ? '' : t('matters', { count: list.total })}
        </span>
        {props.actions}
      </div>
      {selection.size > 0 && <BulkDeeds ids={[...selection]} onClear={grid.clear} />}
      <div ref={grid.scroll} className={scrolled.scroll}>
        {body}
      </div>
    </div>
  );
}
