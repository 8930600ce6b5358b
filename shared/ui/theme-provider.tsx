import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import './base.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useLanguage } from './texts.ts';
import { cssVariablesResolver, themeFor } from './theme.ts';
import type { Density } from './tokens.ts';

const colorSchemeManager = localStorageColorSchemeManager({ key: 'treppenhaus.colour-scheme' });

export interface ThemeProviderProps {
  readonly density: Density;
  /** A company's own accent, `#rrggbb`. */
  readonly accent?: string | null;
  /** For a content security policy that allows styles by nonce only. */
  readonly styleNonce?: string;
  readonly children: ReactNode;
}

/** Theme, styles and language alone: for a face that has to be small before it needs dialogs and dates. */
export function ThemeProvider({ density, accent, styleNonce, children }: ThemeProviderProps) {
  const language = useLanguage();
  const theme = useMemo(() => themeFor(density, accent, language), [density, accent, language]);
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
      {children}
    </MantineProvider>
  );
}
