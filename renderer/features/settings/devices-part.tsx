import { Button, Group, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { useErrorText } from '../../../shared/ui/error-texts.ts';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { ListSkeleton } from '../../../shared/ui/skeletons.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import { useOperation } from '../../lib/queries.ts';
import { Device } from './device-row.tsx';
import { devicesTexts } from './devices-texts.ts';
import { PairDialog } from './pair-dialog.tsx';
import { useIsManager } from './use-is-manager.ts';

/** The viewer is asked again so often while the page is open (milliseconds). */
const askEvery = 30_000;
/** Then the list is as good as the last sync; anything else is told as it is. */
const outOfReach: ReadonlySet<string> = new Set(['viewer-unreachable', 'offline', 'unknown-operation']);

/** The company's desks: pair another one, name one, revoke a lost one. */
export function DevicesPart() {
  const t = useTexts(devicesTexts);
  const { data: sync } = useOperation('sync.state', {});
  const { data, error, refetch } = useOperation('sync.devices', {});
  const contacts = useContacts(sync !== undefined && sync.connection !== 'not-paired');
  const errorText = useErrorText();
  const isManager = useIsManager();
  const now = useNow();
  const [pairing, setPairing] = useState(false);
  if (sync?.connection === 'not-paired') {
    return (
      <EmptyState
        illustration="stairwell"
        title={t('empty')}
        action={
          <Button component={Link} to="/settings/connection">
            {t('connect')}
          </Button>
        }
      >
        {t('emptyHint')}
      </EmptyState>
    );
  }
  if (error !== null) return <LoadError code={error.code} details={error.details} onRetry={() => void refetch()} />;
  if (data === undefined) return <ListSkeleton rows={3} />;
  const { error: unasked } = contacts;
  const note =
    unasked === null
      ? isManager
        ? ''
        : t('clerk')
      : outOfReach.has(unasked.code)
        ? t('synced')
        : errorText(unasked.code, unasked.details).sentence;
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Text c="dimmed" role="status">
          {note}
        </Text>
        <Button leftSection={<IconPlus size={16} />} onClick={() => setPairing(true)} style={{ flexShrink: 0 }}>
          {t('pairDevice')}
        </Button>
      </Group>
      <Table.ScrollContainer minWidth={520}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('device')}</Table.Th>
              <Table.Th w={190}>{t('state')}</Table.Th>
              <Table.Th w={125}>{t('lastContact')}</Table.Th>
              <Table.Th w={44}>
                <VisuallyHidden>{t('actions')}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((device) => (
              <Device
                key={device.id}
                device={device}
                contact={contacts.of(device.id)}
                isManager={isManager}
                now={now}
                onChanged={contacts.ask}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {pairing && <PairDialog onClose={() => setPairing(false)} />}
    </Stack>
  );
}

/** What the viewer says of the devices, asked again while the page is open; nothing while it cannot be asked. */
function useContacts(enabled: boolean) {
  const { data, error, refetch } = useOperation('sync.contacts', {}, { enabled });
  useEffect(() => {
    if (!enabled) return;
    const timer = setInterval(() => void refetch(), askEvery);
    return () => clearInterval(timer);
  }, [enabled, refetch]);
  const known = error === null ? data : undefined;
  return {
    error,
    of: (id: string) => known?.devices.find((device) => device.id === id),
    ask: () => void refetch(),
  };
}
