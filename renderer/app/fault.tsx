import { Button, Center } from '@mantine/core';
import { useRouteError } from 'react-router';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { defineTexts, useTexts } from '../../shared/ui/texts.ts';

const texts = defineTexts({
  de: {
    title: 'Diese Ansicht ist abgestürzt',
    body: 'Ihre gespeicherten Daten sind unverändert. Laden Sie die Ansicht neu; bleibt der Fehler, starten Sie das Programm neu.',
    reload: 'Neu laden',
    technical: 'Technischer Hinweis: {{message}}',
  },
  en: {
    title: 'This view has crashed',
    body: 'Your saved data are unchanged. Reload the view; if the error stays, restart the program.',
    reload: 'Reload',
    technical: 'Technical note: {{message}}',
  },
});

/** What stands in place of a page that threw. */
export function Fault() {
  const t = useTexts(texts);
  const error = useRouteError();
  const message = error instanceof Error ? error.message : String(error);
  return (
    <Center h="100%" role="alert">
      <EmptyState
        illustration="error"
        title={t('title')}
        action={<Button onClick={() => location.reload()}>{t('reload')}</Button>}
      >
        {t('body')}
        <br />
        <small>{t('technical', { message })}</small>
      </EmptyState>
    </Center>
  );
}
