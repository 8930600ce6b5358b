import { type ReactNode, useEffect } from 'react';
import { Logo } from '../../../../shared/ui/logo.tsx';
import { LanguageControl } from '../../../../shared/ui/preferences.tsx';
import { chooseLanguage } from '../../lib/session.ts';
import classes from './entrance.module.css';
import { EntranceDrawing } from './entrance-drawing.tsx';

interface EntranceProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of the pages before one is signed in: the door of the house, and beside it what to do. */
export function Entrance({ title, lead, children }: EntranceProps) {
  useEffect(() => {
    document.title = `${title} · Treppenhaus`;
  }, [title]);
  return (
    <div className={classes.entrance}>
      <div className={classes.picture}>
        <EntranceDrawing />
      </div>
      <div className={classes.side}>
        <header className={classes.top}>
          <Logo size={26} />
          <LanguageControl onChange={(language) => void chooseLanguage(language)} />
        </header>
        <main className={classes.main}>
          <h1 className={classes.title}>{title}</h1>
          {lead !== undefined && <p className={classes.lead}>{lead}</p>}
          {children}
        </main>
      </div>
    </div>
  );
}
