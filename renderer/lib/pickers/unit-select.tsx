import { Select } from '@mantine/core';
import { useOperation } from '../queries.ts';
import type { PickerProps } from './remote-select.tsx';

interface UnitSelectProps extends PickerProps {
  /** Null: nothing can be chosen yet. */
  readonly propertyId: string | null;
}

/** Chooses a unit of a property. */
export function UnitSelect({ propertyId, ...props }: UnitSelectProps) {
  const { data } = useOperation(
    'properties.listUnits',
    { propertyId: propertyId ?? '', sort: 'number', offset: 0, limit: 500 },
    { enabled: propertyId !== null },
  );
  const rows = propertyId === null ? [] : (data?.rows ?? []);
  return (
    <Select
      {...props}
      searchable
      allowDeselect={props.clearable === true}
      disabled={props.disabled === true || propertyId === null}
      data={rows.map((row) => ({
        value: row.id,
        label: row.location === null || row.location === '' ? row.number : `${row.number} · ${row.location}`,
      }))}
    />
  );
}
