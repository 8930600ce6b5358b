import { Button, CloseButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { formatCount } from '../../../shared/ui/format.ts';
import { defineTexts, useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import classes from './data-grid.module.css';
import { SearchInput } from './search-input.tsx';

const texts = defineTexts({
  de: { rows_one: '{{number}} Eintrag', rows_other: '{{number}} Einträge' },
  en: { rows_one: '{{number}} entry', rows_other: '{{number}} entries' },
});

interface GridToolbarProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly searchable: boolean;
  readonly searchLabel: string;
  readonly total: number | null;
  readonly filters: ReactNode;
  readonly filtered: boolean;
  readonly onReset: () => void;
  readonly actions: ReactNode;
}

/** Search and filters on the left, the count, what one can do on the right. */
export function GridToolbar(props: GridToolbarProps) {
  const t = useTexts(commonTexts);
  const words = useTexts(texts);
  const language = useLanguage();
  return (
    <div className={classes.toolbar}>
      {props.searchable && (
        <SearchInput
          className={classes.search}
          label={props.searchLabel}
          value={props.query}
          onChange={props.onQuery}
        />
      )}
      {props.filters}
      {props.filtered && (
        <Button variant="subtle" color="gray" leftSection={<IconX size={16} />} onClick={props.onReset}>
          {t('resetFilters')}
        </Button>
      )}
      <span className={classes.count} role="status">
        {props.total === null ? '' : words('rows', { count: props.total, number: formatCount(props.total, language) })}
      </span>
      <div className={classes.actions}>{props.actions}</div>
    </div>
  );
}

interface BulkBarProps {
  readonly count: number;
  readonly onClear: () => void;
  readonly children: ReactNode;
}

/** What one can do with the selected rows. */
export function BulkBar({ count, onClear, children }: BulkBarProps) {
  const t = useTexts(commonTexts);
  return (
    <div className={classes.bulk}>
      <strong className="tp-figures">{t('selected', { count })}</strong>
      {children}
      <CloseButton ml="auto" aria-label={t('none')} onClick={onClear} />
    </div>
  );
}
