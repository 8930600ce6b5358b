import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/dropzone/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/tiptap/styles.css';
import './base.css';
import 'dayjs/locale/de';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { type ReactNode, useEffect, useMemo } from 'react';
import { commonTexts } from './common-texts.ts';
import { useLanguage, useTexts } from './texts.ts';
import { cssVariablesResolver, themeFor } from './theme.ts';
import type { Density } from './tokens.ts';

const colorSchemeManager = localStorageColorSchemeManager({ key: 'treppenhaus.colour-scheme' });

interface UiProviderProps {
  readonly density: Density;
  /** A company's own accent, `#rrggbb`. */
  readonly accent?: string | null;
  /** For a content security policy that allows styles by nonce only. */
  readonly styleNonce?: string;
  readonly children: ReactNode;
}

/** Everything a face needs around its routes: theme, styles, language, dates, dialogs and notifications. */
export function UiProvider({ density, accent, styleNonce, children }: UiProviderProps) {
  const theme = useMemo(() => themeFor(density, accent), [density, accent]);
  const language = useLanguage();
  const t = useTexts(commonTexts);
  useEffect(() => {
    // Hyphenation and screen readers go by it.
    document.documentElement.lang = language;
    document.documentElement.dataset.density = density;
  }, [language, density]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      {...(styleNonce === undefined ? {} : { getStyleNonce: () => styleNonce })}
    >
      <DatesProvider settings={{ locale: language, firstDayOfWeek: 1 }}>
        <ModalsProvider labels={{ confirm: t('ok'), cancel: t('cancel') }}>
          <Notifications position="bottom-left" limit={3} containerWidth={420} />
          {children}
        </ModalsProvider>
      </DatesProvider>
    </MantineProvider>
  );
}
