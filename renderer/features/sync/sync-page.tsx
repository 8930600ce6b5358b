import { Button, Progress, Stack, Switch, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { SyncState } from '../../../shared/features/sync/contract.ts';
import { errorCodes } from '../../../shared/lib/errors.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { useErrorText } from '../../../shared/ui/error-texts.ts';
import { formatCount, formatFileSize, formatInstant, formatWhen } from '../../../shared/ui/format.ts';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { DetailSkeleton } from '../../../shared/ui/skeletons.tsx';
import { StatusBadge } from '../../../shared/ui/status-badge.tsx';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import { connectionTones } from '../../lib/connection-tones.ts';
import { Page } from '../../lib/layout/page.tsx';
import { Facts, Section } from '../../lib/layout/section.tsx';
import { useDeed, useOperation } from '../../lib/queries.ts';
import { Conflicts } from './conflicts.tsx';
import { syncTexts } from './sync-texts.ts';

/** Abgleich: how this desk stands with the viewer, what waits, and what somebody overwrote unseen. */
export function SyncPage() {
  const t = useTexts(syncTexts);
  const { data, error, refetch } = useOperation('sync.state', {});
  const now = useDeed('sync.now');
  if (error !== null) return <LoadError code={error.code} details={error.details} onRetry={() => void refetch()} />;
  if (data === undefined) return <DetailSkeleton />;
  const mayRun = data.connection !== 'not-paired' && data.connection !== 'paused' && data.connection !== 'revoked';
  return (
    <Page
      title={t('title')}
      actions={
        mayRun && (
          <Button leftSection={<IconRefresh size={16} />} loading={now.running} onClick={() => void now.run({})}>
            {t('now')}
          </Button>
        )
      }
    >
      {data.connection === 'not-paired' ? (
        <EmptyState
          illustration="stairwell"
          title={t('connection.not-paired')}
          action={
            <Button component={Link} to="/settings/connection">
              {t('connect')}
            </Button>
          }
        >
          {t('notPairedBody')}
        </EmptyState>
      ) : (
        <Stack gap="lg">
          <State state={data} />
          <Uploads state={data} />
          <Conflicts />
        </Stack>
      )}
    </Page>
  );
}

function State({ state }: { readonly state: SyncState }) {
  const t = useTexts(syncTexts);
  const language = useLanguage();
  const now = useNow();
  const say = useErrorText();
  const { run, running } = useDeed('sync.setOffline');
  const code = errorCodes.find((known) => known === state.lastError);
  return (
    <Section title={t('state')} order={2}>
      <Stack>
        <Facts
          facts={[
            {
              label: t('connection'),
              value: (
                <StatusBadge tone={connectionTones[state.connection]}>
                  {t(`connection.${state.connection}`)}
                </StatusBadge>
              ),
            },
            { label: t('viewer'), value: state.viewerUrl },
            {
              label: t('confirmed'),
              value:
                state.confirmedAt === null ? (
                  t('never')
                ) : (
                  <span title={formatInstant(state.confirmedAt, language)}>
                    {formatWhen(state.confirmedAt, now, language)}
                  </span>
                ),
            },
            { label: t('waiting'), value: formatCount(state.pendingChanges, language) },
            { label: t('uploads'), value: formatCount(state.pendingUploads, language) },
            { label: t('refused'), value: formatCount(state.rejected, language) },
            ...(code === undefined ? [] : [{ label: t('lastError'), value: say(code).sentence }]),
          ]}
        />
        {state.connection === 'revoked' && <Text c="alarm">{t('revokedBody')}</Text>}
        <Switch
          label={t('offlineSwitch')}
          description={t('offlineHint')}
          checked={state.connection === 'paused'}
          disabled={running || state.connection === 'revoked'}
          onChange={(event) => void run({ offline: event.currentTarget.checked })}
        />
      </Stack>
    </Section>
  );
}

function Uploads({ state }: { readonly state: SyncState }) {
  const t = useTexts(syncTexts);
  const language = useLanguage();
  if (state.uploads.length === 0) return null;
  return (
    <Section title={t('running')} order={2}>
      <Stack gap="sm">
        {state.uploads.map(({ sha256, fileName, sent, size }) => {
          const words = t('upload', {
            name: fileName,
            sent: formatFileSize(sent, language),
            size: formatFileSize(size, language),
          });
          return (
            <div key={sha256}>
              <Text size="sm">{words}</Text>
              <Progress value={(sent / size) * 100} aria-label={words} />
            </div>
          );
        })}
      </Stack>
    </Section>
  );
}
