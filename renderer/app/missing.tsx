import { Button, Center } from '@mantine/core';
import { Link } from 'react-router';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { defineTexts, useTexts } from '../../shared/ui/texts.ts';

const texts = defineTexts({
  de: { title: 'Diese Seite gibt es nicht', body: 'Vielleicht ist sie umgezogen.', start: 'Zum Start' },
  en: { title: 'There is no such page', body: 'Perhaps it has moved.', start: 'To the home page' },
});

/** For an address that leads nowhere. */
export function Missing() {
  const t = useTexts(texts);
  return (
    <Center h="100%">
      <EmptyState
        illustration="nothing-found"
        title={t('title')}
        action={
          <Button component={Link} to="/">
            {t('start')}
          </Button>
        }
      >
        {t('body')}
      </EmptyState>
    </Center>
  );
}
