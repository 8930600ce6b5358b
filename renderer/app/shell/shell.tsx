import { IconAlertTriangle } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { Outlet } from 'react-router';
import { showInfo } from '../../../shared/ui/notify.tsx';
import { defineTexts, useTexts } from '../../../shared/ui/texts.ts';
import { onRestart } from '../../lib/client.ts';
import { linkStore } from '../../lib/link.ts';
import { useStore } from '../../lib/store.ts';
import { Jump } from './jump.tsx';
import { Rail } from './rail.tsx';
import classes from './shell.module.css';
import { ShortcutSheet, useShortcuts } from './shortcuts.tsx';
import { StatusBar } from './status-bar.tsx';
import { TitleBar } from './title-bar.tsx';

const texts = defineTexts({
  de: {
    lost: 'Verbindung zum Programm verloren. Alles, was als gespeichert bestätigt wurde, ist erhalten. Es wird weiter versucht.',
    expired: 'Diese Sitzung ist beendet. Öffnen Sie den Link aus dem Startfenster erneut.',
    restartedTitle: 'Programm neu gestartet',
    restarted:
      'Das Programm wurde im Hintergrund neu gestartet. Alles, was als gespeichert bestätigt wurde, ist erhalten.',
  },
  en: {
    lost: 'The connection to the program was lost. Everything confirmed as saved is kept. Still trying.',
    expired: 'This session has ended. Open the link from the start window again.',
    restartedTitle: 'Program restarted',
    restarted: 'The program was restarted in the background. Everything confirmed as saved is kept.',
  },
});

/** Title bar, rail, page, status bar. */
export function Shell() {
  const t = useTexts(texts);
  const link = useStore(linkStore);
  const [over, setOver] = useState<'jump' | 'sheet' | null>(null);
  const onJump = useCallback(() => setOver('jump'), []);
  const onSheet = useCallback(() => setOver('sheet'), []);
  const onClose = useCallback(() => setOver(null), []);
  useShortcuts({ onJump, onSheet });
  useEffect(() => onRestart(() => showInfo(t('restarted'), t('restartedTitle'))), [t]);
  return (
    <div className={classes.shell}>
      <TitleBar onJump={onJump} />
      <Rail />
      <main className={classes.page} tabIndex={-1}>
        <Outlet />
      </main>
      <StatusBar />
      {link !== 'open' && (
        <div className={classes.banner} role="alert">
          <IconAlertTriangle size={16} aria-hidden="true" />
          {t(link)}
        </div>
      )}
      {over === 'jump' && <Jump onClose={onClose} />}
      {over === 'sheet' && <ShortcutSheet onClose={onClose} />}
    </div>
  );
}
