import { Anchor, Button, Group, Stack, Switch, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { SyncState } from '../../../shared/features/sync/contract.ts';
import { formatInstant } from '../../../shared/ui/format.ts';
import { StatusBadge } from '../../../shared/ui/status-badge.tsx';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { keep } from '../../lib/client.ts';
import { ConnectForm } from '../../lib/connect/connect-form.tsx';
import { connectionTones } from '../../lib/connection-tones.ts';
import { Facts, Section } from '../../lib/layout/section.tsx';
import { useDeed, useOperation } from '../../lib/queries.ts';
import { settingsTexts } from './settings-texts.ts';

/** The connection to the viewer. */
export function ConnectionPart() {
  const t = useTexts(settingsTexts);
  const { data: sync } = useOperation('sync.state', {});
  if (sync === undefined) return null;
  if (sync.connection === 'not-paired') {
    return (
      <Section title={t('connectTitle')}>
        <Text c="dimmed" mb="md">
          {t('connectBody')}
        </Text>
        <ConnectForm submitLabel={t('connect')} />
      </Section>
    );
  }
  return <Connected sync={sync} />;
}

function Connected({ sync }: { readonly sync: SyncState }) {
  const t = useTexts(settingsTexts);
  const language = useLanguage();
  const now = useDeed('sync.now');
  const offline = useDeed('sync.setOffline');
  const take = (state: SyncState | null) => {
    if (state !== null) keep('sync.state', {}, state);
  };
  return (
    <Section
      title={t('connection')}
      actions={
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} />}
          loading={now.running}
          disabled={sync.connection === 'paused'}
          onClick={async () => take(await now.run({}))}
        >
          {t('now')}
        </Button>
      }
    >
      <Stack gap="lg">
        <Facts
          facts={[
            {
              label: t('state'),
              value: (
                <StatusBadge tone={connectionTones[sync.connection]}>{t(`connection.${sync.connection}`)}</StatusBadge>
              ),
            },
            {
              label: t('portalAddress'),
              value: sync.viewerUrl && (
                <Anchor href={sync.viewerUrl} target="_blank" rel="noreferrer">
                  {sync.viewerUrl}
                </Anchor>
              ),
            },
            {
              label: t('confirmed'),
              value: sync.confirmedAt === null ? t('never') : formatInstant(sync.confirmedAt, language),
            },
            { label: t('waiting'), value: t('changes', { count: sync.pendingChanges }) },
          ]}
        />
        <Group>
          <Switch
            label={t('offline')}
            description={t('offlineHint')}
            checked={sync.connection === 'paused'}
            disabled={offline.running}
            onChange={async (event) => take(await offline.run({ offline: event.currentTarget.checked }))}
          />
        </Group>
      </Stack>
    </Section>
  );
}
