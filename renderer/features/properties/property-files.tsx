import { SegmentedControl, Stack, Text } from '@mantine/core';
import { keepModes } from '../../../shared/features/files/contract.ts';
import { formatFileSize } from '../../../shared/ui/format.ts';
import { defineTexts, useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { Section } from '../../lib/layout/section.tsx';
import { useDeed, useOperation } from '../../lib/queries.ts';

const texts = defineTexts({
  de: {
    title: 'Offline auf diesem Gerät',
    newest: 'Solange Platz ist',
    all: 'Alles',
    opened: 'Nur Geöffnetes',
    newestHint: 'Die neuesten Dateien sind hier, soweit der Platz reicht.',
    allHint: 'Alle Dateien dieses Objekts sind hier und machen anderen keinen Platz.',
    openedHint: 'Hier ist nur, was jemand an diesem Gerät geöffnet hat.',
    here: '{{here}} von {{files}} Dateien hier, {{hereSize}} von {{size}}',
    none: 'Zu diesem Objekt gibt es noch keine Dateien.',
  },
  en: {
    title: 'Offline on this device',
    newest: 'While there is room',
    all: 'Everything',
    opened: 'Only what was opened',
    newestHint: 'The newest files are here as far as there is room.',
    allHint: 'All files of this property are here and make no room for others.',
    openedHint: 'Only what somebody opened on this device is here.',
    here: '{{here}} of {{files}} files here, {{hereSize}} of {{size}}',
    none: 'There are no files for this property yet.',
  },
});

/** What this desk keeps of the property's files; not synced, since a laptop has other room than a desk. */
export function PropertyFiles({ propertyId }: { readonly propertyId: string }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const { data: kept } = useOperation('files.kept', { propertyId });
  const { run, running } = useDeed('files.keep');
  if (kept === undefined) return null;
  const size = (bytes: number) => formatFileSize(bytes, language);
  return (
    <Section title={t('title')}>
      <Stack gap="sm" align="flex-start">
        <SegmentedControl
          aria-label={t('title')}
          data={keepModes.map((mode) => ({ value: mode, label: t(mode) }))}
          value={kept.keep}
          disabled={running}
          onChange={(keep) => void run({ propertyId, keep })}
        />
        <Text c="dimmed">{t(`${kept.keep}Hint`)}</Text>
        <Text size="sm" className="tp-figures">
          {kept.files === 0
            ? t('none')
            : t('here', {
                here: kept.here,
                files: kept.files,
                hereSize: size(kept.hereBytes),
                size: size(kept.bytes),
              })}
        </Text>
      </Stack>
    </Section>
  );
}
