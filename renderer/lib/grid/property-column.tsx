import type { GridColumn } from './columns.ts';

interface PropertyRow {
  readonly propertyNumber: string;
  readonly propertyName: string;
}

/** The property that a row belongs to, by number and name. */
export function propertyColumn<Row extends PropertyRow>(header: string, width?: number): GridColumn<Row> {
  return {
    id: 'property',
    header,
    ...(width === undefined ? {} : { width }),
    sortable: true,
    cell: (row) => (
      <span title={`${row.propertyNumber} · ${row.propertyName}`}>
        {row.propertyNumber} · {row.propertyName}
      </span>
    ),
  };
}
