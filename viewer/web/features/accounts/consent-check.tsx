import { Checkbox } from '@mantine/core';
import { useTexts } from '../../../../shared/ui/texts.ts';
import classes from './accounts.module.css';
import { consentTexts } from './texts.ts';

interface ConsentCheckProps {
  readonly value: boolean;
  readonly onChange: (showInDirectory: boolean) => void;
}

/** Whether neighbours may see one, asked with an invitation. */
export function ConsentCheck({ value, onChange }: ConsentCheckProps) {
  const t = useTexts(consentTexts);
  return (
    <Checkbox
      label={t('directory')}
      description={t('directoryHint')}
      checked={value}
      onChange={(event) => onChange(event.currentTarget.checked)}
      className={classes.consent}
    />
  );
}
