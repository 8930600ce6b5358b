import { Button, Group } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { Link } from 'react-router';
import { defineTexts, useTexts } from '../../../shared/ui/texts.ts';

const texts = defineTexts({
  de: { importData: 'Daten importieren' },
  en: { importData: 'Import data' },
});

interface ImportOrCreateProps {
  readonly createLabel: string;
  readonly onCreate: () => void;
}

/** The ways out of an empty list that an import can fill. */
export function ImportOrCreate({ createLabel, onCreate }: ImportOrCreateProps) {
  const t = useTexts(texts);
  return (
    <Group>
      <Button component={Link} to="/import" leftSection={<IconFileImport size={16} />}>
        {t('importData')}
      </Button>
      <Button variant="default" onClick={onCreate}>
        {createLabel}
      </Button>
    </Group>
  );
}
