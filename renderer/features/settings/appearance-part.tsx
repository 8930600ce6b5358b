import { Stack, Text } from '@mantine/core';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { ColorSchemeControl, LanguageControl } from '../../../shared/ui/preferences.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { Section } from '../../lib/layout/section.tsx';
import { rememberLanguage } from '../../lib/preferences.ts';
import { settingsTexts } from './settings-texts.ts';

/** Language and colours, for the person at this device. */
export function AppearancePart() {
  const t = useTexts(settingsTexts);
  const common = useTexts(commonTexts);
  return (
    <Stack gap="md">
      <Text c="dimmed">{t('personal')}</Text>
      <Section title={common('language')}>
        <LanguageControl onChange={rememberLanguage} />
      </Section>
      <Section title={common('colourScheme')}>
        <ColorSchemeControl />
      </Section>
      <Text c="dimmed">{t('shortcuts')}</Text>
    </Stack>
  );
}
