import { useOperation } from '../queries.ts';
import { type Choice, type PickerProps, RemoteSelect } from './remote-select.tsx';

const labelOf = (property: { readonly number: string; readonly name: string }) =>
  `${property.number} · ${property.name}`;

function useChoices(query: string): { readonly choices: readonly Choice[]; readonly reading: boolean } {
  const { data, isFetching } = useOperation(
    'properties.list',
    { query, sort: 'number', offset: 0, limit: 50 },
    { keepPrevious: true },
  );
  const rows = data?.rows ?? [];
  return { choices: rows.map((row) => ({ value: row.id, label: labelOf(row) })), reading: isFetching };
}

/** Chooses a property by number, name or address. */
export function PropertySelect(props: PickerProps) {
  const { data } = useOperation('properties.get', { id: props.value ?? '' }, { enabled: props.value !== null });
  const current =
    data === undefined || props.value === null ? null : { value: data.property.id, label: labelOf(data.property) };
  return <RemoteSelect {...props} useChoices={useChoices} current={current} />;
}
