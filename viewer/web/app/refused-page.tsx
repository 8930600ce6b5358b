import { Button } from '@mantine/core';
import { useEffect } from 'react';
import type { OperationError } from '../../../shared/lib/errors.ts';
import { useErrorText } from '../../../shared/ui/error-texts.ts';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { Logo } from '../../../shared/ui/logo.tsx';
import { defineTexts, useTexts } from '../../../shared/ui/texts.ts';
import { paths } from '../lib/paths.ts';
import classes from './refused-page.module.css';

const texts = defineTexts({ de: { home: 'Zur Übersicht' }, en: { home: 'To the overview' } });

interface RefusedPageProps {
  readonly error: Pick<OperationError, 'code' | 'details'>;
  readonly onRetry?: () => void;
  readonly retrying?: boolean;
}

/** In the place of a whole page that cannot be shown: why, and the way on. */
export function RefusedPage({ error, onRetry, retrying }: RefusedPageProps) {
  const t = useTexts(texts);
  const { title } = useErrorText()(error.code);
  useEffect(() => {
    document.title = `${title} · Treppenhaus`;
  }, [title]);
  return (
    <div className={classes.page}>
      <header>
        <Logo size={26} />
      </header>
      <main className={classes.main}>
        <LoadError headingOrder={1} code={error.code} details={error.details} onRetry={onRetry} retrying={retrying} />
        {/* Loaded anew: whatever was wrong with what is in memory is gone. */}
        <Button component="a" href={paths.properties} variant={onRetry ? 'subtle' : 'filled'}>
          {t('home')}
        </Button>
      </main>
    </div>
  );
}
