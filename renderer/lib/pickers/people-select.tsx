import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useRef, useState } from 'react';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useOperation } from '../queries.ts';

interface PeopleSelectProps {
  readonly label?: string;
  readonly 'aria-label'?: string;
  readonly placeholder?: string;
  readonly description?: ReactNode;
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
  /** Only people of this property. */
  readonly propertyId?: string | null;
  /** Names of persons that are chosen from the start. */
  readonly known?: readonly { readonly personId: string; readonly name: string }[];
  readonly error?: ReactNode;
  readonly 'data-autofocus'?: boolean;
}

/** Chooses several persons by name or number. */
export function PeopleSelect({ value, onChange, propertyId = null, known = [], ...rest }: PeopleSelectProps) {
  const t = useTexts(commonTexts);
  const [typed, setTyped] = useState('');
  const [query] = useDebouncedValue(typed.trim(), 150);
  const { data, isFetching } = useOperation(
    'people.list',
    { query, sort: 'name', offset: 0, limit: 50, ...(propertyId === null ? {} : { propertyId }) },
    { keepPrevious: true },
  );
  // Names of what was chosen in an earlier search.
  const names = useRef(new Map<string, string>());
  for (const person of known) names.current.set(person.personId, person.name);
  for (const row of data?.rows ?? []) names.current.set(row.id, row.name);
  const offered = (data?.rows ?? []).map((row) => ({ value: row.id, label: row.name }));
  const missing = value
    .filter((id) => !offered.some((choice) => choice.value === id))
    .map((id) => ({ value: id, label: names.current.get(id) ?? '…' }));
  return (
    <MultiSelect
      {...rest}
      searchable
      clearable
      value={[...value]}
      onChange={onChange}
      data={[...missing, ...offered]}
      filter={({ options }) => options.filter((option) => 'value' in option && !value.includes(option.value))}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={isFetching ? t('loading') : t('nothingFound')}
      maxDropdownHeight={320}
    />
  );
}
