import { ActionIcon, Badge, Menu, Stack, Table, Text } from '@mantine/core';
import { IconDots, IconKeyOff, IconLock } from '@tabler/icons-react';
import { confirm } from '../../../shared/ui/confirm.tsx';
import { formatAge, formatInstant, formatWhen } from '../../../shared/ui/format.ts';
import { showDone } from '../../../shared/ui/notify.tsx';
import { StatusBadge } from '../../../shared/ui/status-badge.tsx';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useDeed } from '../../lib/queries.ts';
import { DeviceName } from './device-name.tsx';
import { type DeviceContact, type DeviceRow, deviceTones, lastSeenOf, stateOfDevice } from './device-state.ts';
import { devicesTexts } from './devices-texts.ts';
import classes from './settings-page.module.css';

interface DeviceProps {
  readonly device: DeviceRow;
  /** What the viewer says now; undefined where it was not asked. */
  readonly contact: DeviceContact | undefined;
  readonly isManager: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The viewer has something new to say. */
  readonly onChanged: () => void;
}

/** One desk of the company. */
export function Device({ device, contact, isManager, now, onChanged }: DeviceProps) {
  const t = useTexts(devicesTexts);
  const language = useLanguage();
  const state = stateOfDevice(device, contact, now);
  const ended = state === 'revoked' || state === 'destroying' || state === 'destroyed';
  const hint =
    state === 'suspended' || state === 'destroying'
      ? t(`hint.${state}`)
      : state === 'destroyed' && contact?.destroyToldAt
        ? t('hint.destroyed', { when: formatWhen(contact.destroyToldAt, now, language) })
        : null;
  return (
    <Table.Tr data-ended={ended || undefined} className={classes.device}>
      <Table.Td>
        <Stack gap={2}>
          <DeviceName id={device.id} name={device.name} mayRename={!ended && (isManager || device.own)}>
            {device.own && <Badge color="gray">{t('thisDevice')}</Badge>}
          </DeviceName>
          <Text size="xs" c="dimmed" title={formatInstant(device.pairedAt, language)}>
            {t('since', { person: device.staffName, when: formatWhen(device.pairedAt, now, language) })}
          </Text>
          {device.forkedAt !== null && (
            <Text size="xs" c="dimmed">
              {t('forked', { when: formatWhen(device.forkedAt, now, language) })}
            </Text>
          )}
        </Stack>
      </Table.Td>
      <Table.Td>
        <Stack gap={2} align="flex-start">
          <StatusBadge tone={deviceTones[state]} {...(ended ? { icon: IconLock } : {})}>
            {t(`state.${state}`)}
          </StatusBadge>
          {hint !== null && (
            <Text size="xs" c="dimmed">
              {hint}
            </Text>
          )}
        </Stack>
      </Table.Td>
      <Table.Td className="tp-figures">
        <Stack gap={2}>
          <Seen instant={lastSeenOf(device, contact)} now={now} />
          <Text size="xs" c="dimmed">
            {t('version', { version: contact?.appVersion ?? device.appVersion })}
          </Text>
        </Stack>
      </Table.Td>
      <Table.Td ta="right">
        {isManager && !device.own && state !== 'destroyed' && (
          <Deeds device={device} isRevoked={ended} isDestroying={state === 'destroying'} onChanged={onChanged} />
        )}
      </Table.Td>
    </Table.Tr>
  );
}

interface DeedsProps {
  readonly device: DeviceRow;
  readonly isRevoked: boolean;
  readonly isDestroying: boolean;
  readonly onChanged: () => void;
}

function Deeds({ device, isRevoked, isDestroying, onChanged }: DeedsProps) {
  const t = useTexts(devicesTexts);
  const { run, running } = useDeed('sync.revokeDevices');
  const { id, name } = device;
  if (isDestroying) return null;
  const revoke = async (destroyKey: boolean) => {
    const sure = await confirm({
      title: t(destroyKey ? 'destroyTitle' : 'revokeTitle', { name }),
      body: destroyKey ? <WhatIsDestroyed /> : t('revokeBody'),
      confirmLabel: t(destroyKey ? (isRevoked ? 'destroyLater' : 'destroy') : 'revoke'),
      danger: true,
    });
    if (!sure || (await run({ ids: [id], destroyKey })) === null) return;
    showDone(t(destroyKey ? 'destroyedDone' : 'revokedDone', { name }));
    onChanged();
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('moreOf', { name })} loading={running}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {!isRevoked && (
          <Menu.Item color="alarm" leftSection={<IconLock size={16} />} onClick={() => void revoke(false)}>
            {t('revoke')} …
          </Menu.Item>
        )}
        <Menu.Item color="alarm" leftSection={<IconKeyOff size={16} />} onClick={() => void revoke(true)}>
          {t(isRevoked ? 'destroyLater' : 'destroy')} …
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function WhatIsDestroyed() {
  const t = useTexts(devicesTexts);
  return (
    <Stack gap="sm">
      <Text>{t('destroyBody')}</Text>
      <Text fw={600}>{t('destroyLoss')}</Text>
      <Text>{t('destroyKept')}</Text>
    </Stack>
  );
}

interface SeenProps {
  readonly instant: string | null;
  readonly now: number;
}

/** "gerade eben", "vor 5 Min.", from two weeks on the day alone. */
function Seen({ instant, now }: SeenProps) {
  const t = useTexts(devicesTexts);
  const language = useLanguage();
  if (instant === null) return t('never');
  const minutes = (now - Date.parse(instant)) / 60_000;
  const age = formatAge(instant, now, language);
  const said = minutes < 1 ? t('justNow') : minutes < 14 * 24 * 60 ? t('ago', { age }) : age;
  return (
    <time dateTime={instant} title={formatInstant(instant, language)}>
      {said}
    </time>
  );
}
