import { Alert, Text } from '@mantine/core';
import { IconKeyOff } from '@tabler/icons-react';
import { formatWhen } from '../../../shared/ui/format.ts';
import { defineTexts, useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';

const texts = defineTexts({
  de: {
    title: 'Dieses Gerät wurde gesperrt und geleert',
    body: 'Ihre Verwaltung hat am Portal festgelegt, dass dieses Gerät seinen Schlüssel und seine Daten löscht. Das ist geschehen: {{when}}. Im Portal und auf anderen Geräten ist alles unverändert.',
    next: 'Um hier wieder zu arbeiten, lassen Sie sich einen neuen Code geben und wählen Sie „Mit bestehender Verwaltung verbinden“.',
  },
  en: {
    title: 'This device was revoked and emptied',
    body: 'Your company had this device delete its key and its data. That has happened: {{when}}. In the portal and on other devices everything is unchanged.',
    next: 'To work here again, ask for a new code and choose “Join an existing company”.',
  },
});

/** Why this desk is empty, and the way back. */
export function Wiped({ at }: { readonly at: string }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const now = useNow();
  return (
    <Alert color="amber" icon={<IconKeyOff size={18} />} title={t('title')}>
      <Text>{t('body', { when: formatWhen(at, now, language) })}</Text>
      <Text mt="xs">{t('next')}</Text>
    </Alert>
  );
}
