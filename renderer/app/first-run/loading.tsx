import { Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import type { BootstrapState } from '../../../shared/features/sync/bootstrap-contract.ts';
import { errorCodes } from '../../../shared/lib/errors.ts';
import { useErrorText } from '../../../shared/ui/error-texts.ts';
import { formatCount } from '../../../shared/ui/format.ts';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { secondsWords } from '../../features/sync/state-words.ts';
import { useDeed } from '../../lib/queries.ts';
import { firstRunTexts } from './first-run-texts.ts';

/** A desk that has joined a company gets its rows: how far it is, how long it takes, and the way out. */
export function Loading({ bootstrap }: { readonly bootstrap: BootstrapState }) {
  const t = useTexts(firstRunTexts);
  const language = useLanguage();
  const say = useErrorText();
  const cancel = useDeed('sync.cancelBootstrap');
  const again = useDeed('sync.bootstrap');
  const { phase, rows, totalRows, remainingSeconds } = bootstrap;
  const cancelled = phase === 'cancelled';
  const share = phase === 'finishing' ? 100 : totalRows === null || totalRows === 0 ? 0 : (rows / totalRows) * 100;
  const problem = errorCodes.find((code) => code === bootstrap.problem);
  const counted =
    totalRows === null
      ? t('loadingBegins')
      : t('loadingRows', { rows: formatCount(rows, language), total: formatCount(totalRows, language) });
  const rest =
    phase === 'finishing'
      ? t('loadingEnds')
      : phase === 'loading' && remainingSeconds !== null
        ? t('loadingRest', { time: secondsWords(remainingSeconds, language) })
        : null;
  return (
    <Stack gap="lg">
      <div>
        <Title order={1}>{cancelled ? t('loadingCancelled') : t('loading')}</Title>
        <Text c="dimmed">{cancelled ? t('loadingCancelledHint') : t('loadingHint')}</Text>
      </div>
      {!cancelled && (
        <Stack gap="xs">
          <Progress size="lg" value={share} animated={phase !== 'waiting'} aria-label={t('loading')} />
          <Group justify="space-between" className="tp-figures" role="status">
            <Text size="sm">{counted}</Text>
            {rest !== null && (
              <Text size="sm" c="dimmed">
                {rest}
              </Text>
            )}
          </Group>
          {problem !== undefined && <Text>{t('loadingWaits', { reason: say(problem).sentence })}</Text>}
        </Stack>
      )}
      <Group>
        {cancelled ? (
          <Button loading={again.running} onClick={() => void again.run({})}>
            {t('loadingAgain')}
          </Button>
        ) : (
          <Button
            variant="default"
            disabled={phase === 'finishing'}
            loading={cancel.running}
            onClick={() => void cancel.run({})}
          >
            {t('loadingCancel')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
