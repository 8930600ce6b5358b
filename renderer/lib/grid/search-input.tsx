import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { useTexts } from '../../../shared/ui/texts.ts';

interface SearchInputProps {
  readonly label: string;
  readonly className: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The search of a list; Escape empties it before it reaches anything else. */
export function SearchInput({ label, className, value, onChange }: SearchInputProps) {
  const t = useTexts(commonTexts);
  return (
    <TextInput
      className={className}
      aria-label={label}
      placeholder={t('searchPlaceholder')}
      data-page-search
      leftSection={<IconSearch size={16} />}
      rightSection={value === '' ? null : <CloseButton aria-label={t('resetFilters')} onClick={() => onChange('')} />}
      value={value}
      maxLength={200}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || value === '') return;
        event.stopPropagation();
        onChange('');
      }}
    />
  );
}
