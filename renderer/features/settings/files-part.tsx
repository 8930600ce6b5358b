import { Button, Group, NumberInput, Progress, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { FileSpace } from '../../../shared/features/files/contract.ts';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { formatFileSize } from '../../../shared/ui/format.ts';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { Facts, Section } from '../../lib/layout/section.tsx';
import { useDeed, useOperation } from '../../lib/queries.ts';
import { filesTexts } from './files-texts.ts';

/** As sizes are shown. */
const gigabyte = 1024 ** 3;
/** Slower than this nothing would ever end (KB per second). */
const slowest = 8;

/** How much room files take at this desk, and how fast they move. */
export function FilesPart() {
  const { data: space } = useOperation('files.space', {});
  if (space === undefined) return null;
  return (
    <>
      <SpaceSection space={space} />
      <SpeedSection settings={space.settings} />
    </>
  );
}

function SpaceSection({ space }: { readonly space: FileSpace }) {
  const t = useTexts(filesTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const { run, running } = useDeed('files.saveSpace');
  const { limitBytes } = space.settings;
  const [gigabytes, setGigabytes] = useState<number | string>(limitBytes / gigabyte);
  useEffect(() => setGigabytes(limitBytes / gigabyte), [limitBytes]);
  const size = (bytes: number) => formatFileSize(bytes, language);
  const wanted = typeof gigabytes === 'number' ? Math.round(gigabytes * gigabyte) : limitBytes;
  const share = Math.min(100, (space.here.bytes / limitBytes) * 100);
  const isOver = space.here.bytes > limitBytes;
  const sentence = t('used', { used: size(space.here.bytes), limit: size(limitBytes) });
  return (
    <Section title={t('space')}>
      <Stack gap="md">
        <Text c="dimmed">{t('spaceHint')}</Text>
        <Stack gap={4}>
          <Progress value={share} color={isOver ? 'amber' : 'accent'} size="md" aria-label={sentence} />
          <Text size="sm" className="tp-figures">
            {sentence} · {t('usedFiles', { count: space.here.files })}
          </Text>
          {isOver && (
            <Text size="sm" c="amber">
              {t('over')}
            </Text>
          )}
        </Stack>
        <Facts
          facts={[
            {
              label: t('away'),
              value:
                space.away.files === 0
                  ? t('awayNone')
                  : t('awayFiles', { count: space.away.files, size: size(space.away.bytes) }),
            },
            { label: t('free'), value: size(space.freeBytes) },
          ]}
        />
        <Group align="flex-end" gap="sm">
          <NumberInput
            label={t('limit')}
            w={160}
            suffix=" GB"
            min={0.1}
            max={10_000}
            step={1}
            decimalScale={1}
            decimalSeparator={language === 'de' ? ',' : '.'}
            value={gigabytes}
            onChange={setGigabytes}
          />
          <Button
            variant="default"
            loading={running}
            disabled={wanted === limitBytes || wanted < gigabyte / 10}
            onClick={() => void run({ limitBytes: wanted })}
          >
            {common('save')}
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {t('perProperty')}
        </Text>
      </Stack>
    </Section>
  );
}

type Limits = Pick<FileSpace['settings'], 'uploadLimit' | 'downloadLimit'>;

function SpeedSection({ settings }: { readonly settings: Limits }) {
  const t = useTexts(filesTexts);
  const common = useTexts(commonTexts);
  const { run, running } = useDeed('files.saveSpace');
  const { uploadLimit, downloadLimit } = settings;
  const [wanted, setWanted] = useState<Limits>({ uploadLimit, downloadLimit });
  useEffect(() => setWanted({ uploadLimit, downloadLimit }), [uploadLimit, downloadLimit]);
  const field = (key: keyof Limits, label: string) => (
    <NumberInput
      label={label}
      w={200}
      suffix=" KB/s"
      placeholder={t('unlimited')}
      min={0}
      max={1_000_000}
      step={50}
      allowDecimal={false}
      value={wanted[key] === 0 ? '' : wanted[key]}
      onChange={(value) => setWanted({ ...wanted, [key]: typeof value === 'number' ? value : 0 })}
      onBlur={() => {
        if (wanted[key] > 0 && wanted[key] < slowest) setWanted({ ...wanted, [key]: slowest });
      }}
    />
  );
  const changed = wanted.uploadLimit !== uploadLimit || wanted.downloadLimit !== downloadLimit;
  const possible = Object.values(wanted).every((value) => value === 0 || value >= slowest);
  return (
    <Section title={t('speed')}>
      <Stack gap="md">
        <Text c="dimmed">{t('speedHint')}</Text>
        <Group align="flex-end" gap="sm">
          {field('uploadLimit', t('up'))}
          {field('downloadLimit', t('down'))}
          <Button variant="default" loading={running} disabled={!changed || !possible} onClick={() => void run(wanted)}>
            {common('save')}
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}
