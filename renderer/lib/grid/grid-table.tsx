import { Checkbox, Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import {
  createColumnHelper,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import type { VirtualItem } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useMemo } from 'react';
import { defineTexts, useTexts } from '../../../shared/ui/texts.ts';
import type { Waiting } from '../waiting/use-waiting.ts';
import type { GridColumn } from './columns.ts';
import classes from './data-grid.module.css';
import { GridRow } from './grid-row.tsx';
import type { Selection } from './selection.ts';

const texts = defineTexts({
  de: { selectAll: 'Alle auswählen', select: 'Zeile auswählen' },
  en: { selectAll: 'Select all', select: 'Select row' },
});

const features = tableFeatures({ rowSortingFeature });

/** Below this the table scrolls sideways: a column without a width of its own never gets narrower than a short name. */
function leastWidth(columns: readonly { readonly width?: number }[]): number {
  return columns.reduce((sum, column) => sum + (column.width ?? 120), 44);
}

interface GridTableProps<Row> {
  readonly id: string;
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly total: number;
  readonly items: readonly VirtualItem[];
  /** Height of all rows in pixels. */
  readonly height: number;
  readonly rowAt: (index: number) => Row | undefined;
  readonly stale: boolean;
  readonly active: number;
  readonly openId: string | null;
  readonly opens: boolean;
  readonly sorting: SortingState;
  readonly onSorting: (sorting: SortingState) => void;
  /** Null where rows cannot be selected. */
  readonly selection: Selection | null;
  readonly waiting: (id: string) => Waiting | null;
  readonly onToggle: (index: number, extend: boolean) => void;
  readonly onToggleAll: () => void;
  readonly onRow: (index: number, event: MouseEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** The table itself: head that stays, rows on screen between two spacers as high as the rows that are not. */
export function GridTable<Row extends { readonly id: string }>(props: GridTableProps<Row>) {
  const t = useTexts(texts);
  const { columns, items, selection } = props;
  const rows = useMemo(() => items.flatMap((item) => props.rowAt(item.index) ?? []), [items, props.rowAt]);
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return columns.map((column) =>
      helper.display({
        id: column.id,
        header: column.header,
        cell: ({ row }) => column.cell(row.original),
        enableSorting: column.sortable ?? false,
      }),
    );
  }, [columns]);
  const table = useTable({
    features,
    columns: definitions,
    data: rows as Row[],
    getRowId: (row) => row.id,
    manualSorting: true,
    state: { sorting: props.sorting },
  });
  // One listener for all rows: a row that carried its own would be drawn again with every step of scrolling.
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    const index = Number(target.closest<HTMLElement>('tr[data-index]')?.dataset.index ?? Number.NaN);
    if (Number.isNaN(index)) return;
    if (target.closest('[data-check]') === null) props.onRow(index, event);
    else props.onToggle(index, event.shiftKey);
  };
  const top = items[0]?.start ?? 0;
  const bottom = Math.max(0, props.height - (items.at(-1)?.end ?? 0));
  const all = selection !== null && props.total > 0 && selection.size >= props.total;
  const span = columns.length + (selection === null ? 0 : 1);
  const byId = new Map(table.getRowModel().rows.map((row) => [row.id, row]));
  return (
    <Table
      role="grid"
      aria-label={props.label}
      aria-rowcount={props.total + 1}
      aria-multiselectable={selection !== null}
      className={classes.table}
      miw={leastWidth(columns)}
      withRowBorders={false}
      tabIndex={0}
      aria-activedescendant={`${props.id}-${props.active}`}
      onKeyDown={props.onKeyDown}
      data-page-list
    >
      <colgroup>
        {selection !== null && <col style={{ width: 44 }} />}
        {columns.map((column) => (
          <col key={column.id} style={column.width === undefined ? {} : { width: column.width }} />
        ))}
      </colgroup>
      <Table.Thead>
        <Table.Tr aria-rowindex={1}>
          {selection !== null && (
            <Table.Th>
              <Checkbox
                aria-label={t('selectAll')}
                checked={all}
                indeterminate={selection.size > 0 && !all}
                onChange={props.onToggleAll}
              />
            </Table.Th>
          )}
          {table.getHeaderGroups().flatMap((group) =>
            group.headers.map((header, index) => {
              const column = columns[index];
              const sorted = props.sorting.find((entry) => entry.id === header.id);
              return (
                <Table.Th
                  key={header.id}
                  data-align={column?.align}
                  aria-sort={sorted === undefined ? undefined : sorted.desc ? 'descending' : 'ascending'}
                >
                  {column?.sortable === true ? (
                    <UnstyledButton
                      className={classes.sort}
                      tabIndex={-1}
                      onClick={() => props.onSorting([{ id: header.id, desc: sorted !== undefined && !sorted.desc }])}
                    >
                      {column.header}
                      {sorted !== undefined &&
                        (sorted.desc ? (
                          <IconArrowDown size={12} aria-hidden="true" />
                        ) : (
                          <IconArrowUp size={12} aria-hidden="true" />
                        ))}
                    </UnstyledButton>
                  ) : (
                    column?.header
                  )}
                </Table.Th>
              );
            }),
          )}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody className={props.stale ? classes.stale : undefined} aria-busy={props.stale} onClick={onClick}>
        {top > 0 && <Spacer span={span} height={top} />}
        {items.map((item) => {
          const data = props.rowAt(item.index);
          return (
            <GridRow
              key={item.index}
              id={`${props.id}-${item.index}`}
              index={item.index}
              row={data === undefined ? undefined : byId.get(data.id)}
              columns={columns}
              selectable={selection !== null}
              selected={data !== undefined && selection?.has(data.id) === true}
              active={item.index === props.active}
              open={data !== undefined && data.id === props.openId}
              opens={props.opens}
              selectLabel={t('select')}
              waiting={data === undefined ? null : props.waiting(data.id)}
            />
          );
        })}
        {bottom > 0 && <Spacer span={span} height={bottom} />}
      </Table.Tbody>
    </Table>
  );
}

/** Stands for the rows that are not on screen; `height` in pixels. */
function Spacer({ span, height }: { readonly span: number; readonly height: number }) {
  return (
    <Table.Tr aria-hidden="true">
      <td colSpan={span} style={{ height, padding: 0, border: 0 }} />
    </Table.Tr>
  );
}
