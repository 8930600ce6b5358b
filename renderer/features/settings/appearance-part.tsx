import { SegmentedControl, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { asLanguage, useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { Section } from '../../lib/layout/section.tsx';
import { chooseLanguage } from '../../lib/preferences.ts';
import { settingsTexts } from './settings-texts.ts';

const schemes = ['auto', 'light', 'dark'] as const;

/** Language and colours, for the person at this device. */
export function AppearancePart() {
  const t = useTexts(settingsTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const words = { auto: common('asSystem'), light: common('light'), dark: common('dark') };
  return (
    <Stack gap="md">
      <Text c="dimmed">{t('personal')}</Text>
      <Section title={common('language')}>
        <SegmentedControl
          aria-label={common('language')}
          value={language}
          onChange={(value) => void chooseLanguage(asLanguage(value))}
          data={[
            { value: 'de', label: 'Deutsch' },
            { value: 'en', label: 'English' },
          ]}
        />
      </Section>
      <Section title={common('colourScheme')}>
        <SegmentedControl
          aria-label={common('colourScheme')}
          value={colorScheme}
          onChange={(value) => setColorScheme(schemes.find((scheme) => scheme === value) ?? 'auto')}
          data={schemes.map((scheme) => ({ value: scheme, label: words[scheme] }))}
        />
      </Section>
      <Text c="dimmed">{t('shortcuts')}</Text>
    </Stack>
  );
}
