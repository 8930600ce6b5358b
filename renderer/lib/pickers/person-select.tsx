import { displayName } from '../../../shared/features/people/model.ts';
import { useOperation } from '../queries.ts';
import { type Choice, type PickerProps, RemoteSelect } from './remote-select.tsx';

function useChoices(query: string): { readonly choices: readonly Choice[]; readonly reading: boolean } {
  const { data, isFetching } = useOperation(
    'people.list',
    { query, sort: 'name', offset: 0, limit: 50 },
    { keepPrevious: true },
  );
  const rows = data?.rows ?? [];
  return {
    choices: rows.map((row) => ({
      value: row.id,
      label: row.number === null || row.number === '' ? row.name : `${row.name} · ${row.number}`,
    })),
    reading: isFetching,
  };
}

/** Chooses a person or company by name or number. */
export function PersonSelect(props: PickerProps) {
  const { data } = useOperation('people.get', { id: props.value ?? '' }, { enabled: props.value !== null });
  const current =
    data === undefined || props.value === null ? null : { value: data.person.id, label: displayName(data.person) };
  return <RemoteSelect {...props} useChoices={useChoices} current={current} />;
}
