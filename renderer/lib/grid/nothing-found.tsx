import { Button } from '@mantine/core';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';

interface NothingFoundProps {
  readonly query: string;
  readonly compact?: boolean;
  readonly onReset: () => void;
}

/** Instead of the rows where search and filters leave none. */
export function NothingFound({ query, compact = false, onReset }: NothingFoundProps) {
  const t = useTexts(commonTexts);
  return (
    <EmptyState
      compact={compact}
      illustration="nothing-found"
      title={query === '' ? t('nothingFound') : t('nothingFoundFor', { query })}
      action={
        <Button variant="default" onClick={onReset}>
          {t('resetFilters')}
        </Button>
      }
    >
      {t('tryOtherFilter')}
    </EmptyState>
  );
}
