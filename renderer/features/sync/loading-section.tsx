import { Button, Group, Progress, Text } from '@mantine/core';
import type { BootstrapState } from '../../../shared/features/sync/bootstrap-contract.ts';
import { errorCodes } from '../../../shared/lib/errors.ts';
import { useErrorText } from '../../../shared/ui/error-texts.ts';
import { formatCount, formatFileSize } from '../../../shared/ui/format.ts';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { Section } from '../../lib/layout/section.tsx';
import { useDeed } from '../../lib/queries.ts';
import { secondsWords } from './state-words.ts';
import { syncTexts } from './sync-texts.ts';

/** All rows are being loaded anew: why, how far it is, and the way out. */
export function LoadingSection({ bootstrap }: { readonly bootstrap: BootstrapState }) {
  const t = useTexts(syncTexts);
  const language = useLanguage();
  const say = useErrorText();
  const cancel = useDeed('sync.cancelBootstrap');
  const again = useDeed('sync.bootstrap');
  const { phase, rows, totalRows, bytes, remainingSeconds } = bootstrap;
  const share = phase === 'finishing' ? 100 : totalRows === null || totalRows === 0 ? 0 : (rows / totalRows) * 100;
  const counted =
    totalRows === null
      ? t('loadedOnly', { rows: formatCount(rows, language) })
      : t('loadedRows', { rows: formatCount(rows, language), total: formatCount(totalRows, language) });
  const words = [
    t(`phase.${phase}`),
    ...(phase === 'loading' ? [counted, formatFileSize(bytes, language)] : []),
    ...(phase === 'loading' && remainingSeconds !== null
      ? [t('remaining', { time: secondsWords(remainingSeconds, language) })]
      : []),
  ].join(' · ');
  const problem = errorCodes.find((code) => code === bootstrap.problem);
  return (
    <Section title={t('loading')} order={2}>
      <Text>{t(`loading.${bootstrap.reason}`)}</Text>
      <Progress my="sm" value={share} animated={phase === 'finishing'} aria-label={words} />
      <Text size="sm" c="dimmed" className="tp-figures" role="status">
        {words}
      </Text>
      {problem !== undefined && <Text mt={4}>{say(problem).sentence}</Text>}
      <Group mt="sm">
        {phase === 'cancelled' ? (
          <Button variant="default" loading={again.running} onClick={() => void again.run({})}>
            {t('again')}
          </Button>
        ) : (
          phase !== 'finishing' && (
            <Button variant="default" loading={cancel.running} onClick={() => void cancel.run({})}>
              {t('cancelLoading')}
            </Button>
          )
        )}
      </Group>
    </Section>
  );
}
