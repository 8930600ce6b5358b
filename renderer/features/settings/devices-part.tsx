import { Badge, Button, Group, Stack, Table } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Output } from '../../../shared/contract/registry.ts';
import { confirm } from '../../../shared/ui/confirm.tsx';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { formatInstant, formatWhen } from '../../../shared/ui/format.ts';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { ListSkeleton } from '../../../shared/ui/skeletons.tsx';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import { useDeed, useOperation } from '../../lib/queries.ts';
import { PairDialog } from './pair-dialog.tsx';
import { settingsTexts } from './settings-texts.ts';

type DeviceRow = Output<'sync.devices'>[number];

/** The company's desks: pair another one, revoke a lost one. */
export function DevicesPart() {
  const t = useTexts(settingsTexts);
  const { data: sync } = useOperation('sync.state', {});
  const { data, error, refetch } = useOperation('sync.devices', {});
  const [pairing, setPairing] = useState(false);
  if (sync?.connection === 'not-paired') {
    return (
      <EmptyState
        illustration="stairwell"
        title={t('devicesEmpty')}
        action={
          <Button component={Link} to="/settings/connection">
            {t('connectTitle')}
          </Button>
        }
      >
        {t('devicesConnect')}
      </EmptyState>
    );
  }
  if (error !== null) return <LoadError code={error.code} details={error.details} onRetry={() => void refetch()} />;
  if (data === undefined) return <ListSkeleton rows={3} />;
  return (
    <Stack gap="md">
      <Group justify="flex-end">
        <Button leftSection={<IconPlus size={16} />} onClick={() => setPairing(true)}>
          {t('pairDevice')}
        </Button>
      </Group>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('device')}</Table.Th>
            <Table.Th>{t('person')}</Table.Th>
            <Table.Th>{t('paired')}</Table.Th>
            <Table.Th>{t('lastContact')}</Table.Th>
            <Table.Th>{t('version')}</Table.Th>
            <Table.Th w={96} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.map((device) => (
            <Device key={device.id} device={device} />
          ))}
        </Table.Tbody>
      </Table>
      {pairing && <PairDialog onClose={() => setPairing(false)} />}
    </Stack>
  );
}

function Device({ device }: { readonly device: DeviceRow }) {
  const t = useTexts(settingsTexts);
  const language = useLanguage();
  const now = useNow();
  const { run, running } = useDeed('sync.revokeDevices');
  const revoke = async () => {
    const sure = await confirm({
      title: t('revokeTitle', { name: device.name }),
      body: t('revokeBody'),
      confirmLabel: t('revoke'),
      danger: true,
    });
    if (sure) await run({ ids: [device.id] });
  };
  return (
    <Table.Tr c={device.revokedAt === null ? undefined : 'dimmed'}>
      <Table.Td>
        <Group gap="sm" wrap="nowrap">
          {device.name}
          {device.own && <Badge color="gray">{t('thisDevice')}</Badge>}
        </Group>
      </Table.Td>
      <Table.Td>{device.staffName}</Table.Td>
      <Table.Td title={formatInstant(device.pairedAt, language)}>{formatWhen(device.pairedAt, now, language)}</Table.Td>
      <Table.Td>
        {device.lastContactAt === null ? t('never') : formatWhen(device.lastContactAt, now, language)}
      </Table.Td>
      <Table.Td>{device.appVersion}</Table.Td>
      <Table.Td ta="right">
        {device.revokedAt !== null ? (
          <Badge color="alarm">{t('revoked')}</Badge>
        ) : (
          !device.own && (
            <Button variant="subtle" color="alarm" size="compact-sm" loading={running} onClick={() => void revoke()}>
              {t('revoke')}
            </Button>
          )
        )}
      </Table.Td>
    </Table.Tr>
  );
}
