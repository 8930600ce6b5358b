import { Stack, Title } from '@mantine/core';
import {
  IconBuildingCommunity,
  IconDevices,
  IconFiles,
  IconInfoCircle,
  IconPalette,
  IconPlugConnected,
  IconUsersGroup,
} from '@tabler/icons-react';
import { NavLink, useParams } from 'react-router';
import { useTexts } from '../../../shared/ui/texts.ts';
import { Page } from '../../lib/layout/page.tsx';
import { AboutPart } from './about-part.tsx';
import { AppearancePart } from './appearance-part.tsx';
import { CompanyPart } from './company-part.tsx';
import { ConnectionPart } from './connection-part.tsx';
import { DevicesPart } from './devices-part.tsx';
import { FilesPart } from './files-part.tsx';
import classes from './settings-page.module.css';
import { settingsTexts } from './settings-texts.ts';
import { StaffPart } from './staff-part.tsx';

const parts = [
  { key: 'company', icon: IconBuildingCommunity, Content: CompanyPart },
  { key: 'staff', icon: IconUsersGroup, Content: StaffPart },
  { key: 'devices', icon: IconDevices, Content: DevicesPart },
  { key: 'connection', icon: IconPlugConnected, Content: ConnectionPart },
  { key: 'files', icon: IconFiles, Content: FilesPart },
  { key: 'appearance', icon: IconPalette, Content: AppearancePart },
  { key: 'about', icon: IconInfoCircle, Content: AboutPart },
] as const;

/** Einstellungen: one part at a time. */
export function SettingsPage() {
  const t = useTexts(settingsTexts);
  const { part } = useParams();
  const current = parts.find(({ key }) => key === part) ?? parts[0];
  return (
    <Page title={t('settings')} fill>
      <div className={classes.layout}>
        <nav className={classes.parts} aria-label={t('settings')}>
          {parts.map(({ key, icon: Icon }) => (
            <NavLink
              key={key}
              className={classes.part}
              to={`/settings/${key}`}
              aria-current={key === current.key ? 'page' : undefined}
              replace
            >
              <Icon size={16} aria-hidden="true" />
              {t(key)}
            </NavLink>
          ))}
        </nav>
        <div className={classes.content}>
          <Stack className={classes.column} gap="md">
            <Title order={2}>{t(current.key)}</Title>
            <current.Content />
          </Stack>
        </div>
      </div>
    </Page>
  );
}
