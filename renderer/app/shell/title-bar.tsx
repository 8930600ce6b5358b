import { Kbd, UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClock,
  IconDeviceDesktop,
  IconProgress,
  IconSearch,
  type TablerIcon,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import { LogoMark } from '../../../shared/ui/logo.tsx';
import type { Tone } from '../../../shared/ui/status-badge.tsx';
import { defineTexts, useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import { useOperation } from '../../lib/queries.ts';
import classes from './shell.module.css';
import { syncWords } from './sync-words.ts';

const texts = defineTexts({
  de: { jump: 'Objekt, Person oder Bereich …', sync: 'Abgleich: {{words}}', key: 'Strg K' },
  en: { jump: 'Property, person or area …', sync: 'Sync: {{words}}', key: 'Ctrl K' },
});

const icons: Partial<Record<Tone, TablerIcon>> = {
  good: IconCircleCheck,
  active: IconProgress,
  waiting: IconClock,
  problem: IconAlertTriangle,
};

/** The top line: whose desk it is, where to go, and how things stand with the viewer. */
export function TitleBar({ onJump }: { readonly onJump: () => void }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const now = useNow();
  const { data: state } = useOperation('settings.state', {});
  const { data: sync } = useOperation('sync.state', {});
  const said = sync === undefined ? null : syncWords(sync, now, language);
  const Icon = said === null ? IconDeviceDesktop : (icons[said.tone] ?? IconDeviceDesktop);
  return (
    <header className={classes.title}>
      <div className={classes.company}>
        <LogoMark />
        <span className={classes.companyName}>{state?.organisation?.name ?? ''}</span>
      </div>
      <UnstyledButton className={classes.jump} onClick={onJump}>
        <IconSearch size={14} aria-hidden="true" />
        <span>{t('jump')}</span>
        <Kbd size="xs">{t('key')}</Kbd>
      </UnstyledButton>
      {said !== null && (
        <Link className={classes.sync} to="/sync" data-tone={said.tone} aria-label={t('sync', { words: said.words })}>
          <Icon size={16} aria-hidden="true" />
          {said.words}
        </Link>
      )}
    </header>
  );
}
