import { Loader, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { useTexts } from '../../../shared/ui/texts.ts';

/** What one can choose. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What every picker takes. */
export interface PickerProps {
  readonly label?: string;
  readonly 'aria-label'?: string;
  readonly placeholder?: string;
  readonly description?: ReactNode;
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly clearable?: boolean;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly error?: ReactNode;
  readonly w?: number | string;
  readonly 'data-autofocus'?: boolean;
}

interface RemoteSelectProps extends PickerProps {
  /** The first choices for what was typed. */
  readonly useChoices: (query: string) => { readonly choices: readonly Choice[]; readonly reading: boolean };
  /** The choice that is set, while the search does not show it. */
  readonly current: Choice | null;
}

/** Chooses one of very many by typing: the list is searched where it lies, not here. */
export function RemoteSelect({ useChoices, current, value, ...rest }: RemoteSelectProps) {
  const t = useTexts(commonTexts);
  const [typed, setTyped] = useState('');
  // The label of what is chosen stands in the field; it is no search.
  const [query] = useDebouncedValue(typed === current?.label ? '' : typed.trim(), 150);
  const { choices, reading } = useChoices(query);
  const shown = current === null || choices.some((choice) => choice.value === current.value);
  return (
    <Select
      {...rest}
      value={value}
      searchable
      allowDeselect={rest.clearable === true}
      data={shown ? [...choices] : [current, ...choices]}
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={reading ? t('loading') : t('nothingFound')}
      maxDropdownHeight={320}
      {...(reading ? { rightSection: <Loader size={14} /> } : {})}
    />
  );
}
