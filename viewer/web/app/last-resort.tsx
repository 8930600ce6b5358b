import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { defineTexts, useTexts } from '../../../shared/ui/texts.ts';

const texts = defineTexts({
  de: {
    title: 'Diese Seite konnte nicht angezeigt werden',
    body: 'Was Sie gesendet haben, ist gespeichert, und Entwürfe sind noch da. Vielleicht wurde das Portal gerade erneuert: Laden Sie die Seite neu.',
    reload: 'Seite neu laden',
  },
  en: {
    title: 'This page could not be shown',
    body: 'What you have sent is saved, and drafts are still here. The portal may just have been updated: please reload the page.',
    reload: 'Reload page',
  },
});

function Failure() {
  const t = useTexts(texts);
  return (
    <main>
      <EmptyState
        headingOrder={1}
        illustration="error"
        title={t('title')}
        action={<Button onClick={() => location.reload()}>{t('reload')}</Button>}
      >
        {t('body')}
      </EmptyState>
    </main>
  );
}

/** Shown when a page breaks or its code cannot be loaded, for example after an update of the portal. */
export class LastResort extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Failure /> : this.props.children;
  }
}
