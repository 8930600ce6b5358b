import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/dropzone/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/tiptap/styles.css';
import 'dayjs/locale/de';
import { DatesProvider } from '@mantine/dates';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { commonTexts } from './common-texts.ts';
import { useLanguage, useTexts } from './texts.ts';
// After the styles above: base.css comes with it and has the last word.
import { ThemeProvider, type ThemeProviderProps } from './theme-provider.tsx';

/** Everything a face needs around its routes: theme, styles, language, dates, dialogs and notifications. */
export function UiProvider({ children, ...theme }: ThemeProviderProps) {
  const language = useLanguage();
  const t = useTexts(commonTexts);
  return (
    <ThemeProvider {...theme}>
      <DatesProvider settings={{ locale: language, firstDayOfWeek: 1 }}>
        <ModalsProvider labels={{ confirm: t('ok'), cancel: t('cancel') }}>
          {/* Where neither the desk's composer nor the portal's bottom tabs are. */}
          <Notifications
            position={theme.density === 'desk' ? 'bottom-left' : 'top-center'}
            limit={3}
            containerWidth={440}
          />
          {children}
        </ModalsProvider>
      </DatesProvider>
    </ThemeProvider>
  );
}
