import { type MantineColorScheme, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { commonTexts } from './common-texts.ts';
import { asLanguage, type Language, languages, setLanguage, useLanguage, useTexts } from './texts.ts';

const schemes = ['light', 'dark', 'auto'] as const satisfies readonly MantineColorScheme[];
const schemeTexts = { light: 'light', dark: 'dark', auto: 'asSystem' } as const;

/** Each language in its own words. */
const languageNames: Readonly<Record<Language, string>> = { de: 'Deutsch', en: 'English' };

/** Light, dark, or as the system. */
export function ColorSchemeControl() {
  const t = useTexts(commonTexts);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      aria-label={t('colourScheme')}
      value={colorScheme}
      onChange={(value) => setColorScheme(schemes.find((scheme) => scheme === value) ?? 'auto')}
      data={schemes.map((scheme) => ({ value: scheme, label: t(schemeTexts[scheme]) }))}
    />
  );
}

interface LanguageControlProps {
  /** Called after the change, so that the face can remember it. */
  readonly onChange?: (language: Language) => void;
}

async function choose(language: Language, onChange: LanguageControlProps['onChange']): Promise<void> {
  await setLanguage(language);
  onChange?.(language);
}

/** German or English. */
export function LanguageControl({ onChange }: LanguageControlProps) {
  const t = useTexts(commonTexts);
  return (
    <SegmentedControl
      aria-label={t('language')}
      value={useLanguage()}
      onChange={(value) => void choose(asLanguage(value), onChange)}
      data={languages.map((language) => ({ value: language, label: languageNames[language] }))}
    />
  );
}
