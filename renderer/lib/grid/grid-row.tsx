import { Checkbox } from '@mantine/core';
import { FlexRender, type Row, type RowData, type TableFeatures } from '@tanstack/react-table';
import { memo } from 'react';
import type { Waiting } from '../waiting/use-waiting.ts';
import { WaitingMark } from '../waiting/waiting-mark.tsx';
import type { GridColumn } from './columns.ts';
import classes from './data-grid.module.css';

interface GridRowProps<Features extends TableFeatures, Data extends RowData> {
  readonly id: string;
  readonly index: number;
  /** Undefined while its page is read. */
  readonly row: Row<Features, Data> | undefined;
  readonly columns: readonly GridColumn<Data>[];
  readonly selectable: boolean;
  readonly selected: boolean;
  readonly active: boolean;
  readonly open: boolean;
  readonly opens: boolean;
  readonly selectLabel: string;
  readonly waiting: Waiting | null;
}

function Line<Features extends TableFeatures, Data extends RowData>(props: GridRowProps<Features, Data>) {
  const { row, columns, selected } = props;
  return (
    <tr
      id={props.id}
      className={classes.row}
      data-index={props.index}
      // The first row is the head.
      aria-rowindex={props.index + 2}
      aria-busy={row === undefined || undefined}
      aria-selected={props.selectable ? selected : undefined}
      aria-current={props.open || undefined}
      data-active={props.active || undefined}
      data-selected={selected || undefined}
      data-open={props.open || undefined}
      data-opens={props.opens || undefined}
    >
      {props.selectable && (
        <td data-check>
          <WaitingMark waiting={props.waiting} />
          <Checkbox
            aria-label={props.selectLabel}
            tabIndex={-1}
            checked={selected}
            readOnly
            disabled={row === undefined}
          />
        </td>
      )}
      {row === undefined
        ? columns.map((column) => (
            <td key={column.id}>
              <span className={classes.placeholder} />
            </td>
          ))
        : row.getAllCells().map((cell, index) => (
            <td key={cell.id} data-align={columns[index]?.align}>
              {!props.selectable && index === 0 && <WaitingMark waiting={props.waiting} />}
              <FlexRender cell={cell} />
            </td>
          ))}
    </tr>
  );
}

/**
 * One row. While one scrolls, the table makes its rows anew for every step; only those whose data or state are others are
 * drawn again.
 */
export const GridRow = memo(
  Line,
  (before, after) =>
    before.row?.original === after.row?.original &&
    before.index === after.index &&
    before.columns === after.columns &&
    before.selectable === after.selectable &&
    before.selected === after.selected &&
    before.active === after.active &&
    before.open === after.open &&
    before.opens === after.opens &&
    before.selectLabel === after.selectLabel &&
    before.waiting === after.waiting,
) as typeof Line;
