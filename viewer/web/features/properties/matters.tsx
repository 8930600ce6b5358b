import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Output } from '../../../../shared/contract/registry.ts';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { ListSkeleton } from '../../../../shared/ui/skeletons.tsx';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { useNow, When } from '../../../../shared/ui/when.tsx';
import { ActivityStatus } from '../../lib/activity-status.tsx';
import list from '../../lib/card-list.module.css';
import { paths } from '../../lib/paths.ts';
import { usePlace, useProperty } from '../../lib/property.tsx';
import { messageInterval, operationError, useLoaded } from '../../lib/queries.ts';
import classes from './start.module.css';

const texts = defineTexts({
  de: {
    title: 'Ihre offenen Anliegen',
    none: 'Gerade ist nichts offen.',
    noneHint: 'Etwas ist kaputt, oder Sie haben eine Frage? Schreiben Sie Ihrer Hausverwaltung.',
    write: 'Nachricht schreiben',
    all: 'Alle Nachrichten',
    number: 'Nr. {{number}}',
  },
  en: {
    title: 'Your open matters',
    none: 'Nothing is open at the moment.',
    noneHint: 'Something is broken, or you have a question? Write to your property manager.',
    write: 'Write a message',
    all: 'All messages',
    number: 'No. {{number}}',
  },
});

type Activity = Output<'activities.mine'>['activities'][number];

function Rows({ activities }: { readonly activities: readonly Activity[] }) {
  const t = useTexts(texts);
  const now = useNow();
  const { id } = useProperty();
  return (
    <ul className={list.rows}>
      {activities.map((activity) => (
        <li key={activity.id}>
          <Link to={paths.conversation(id, activity.id)} className={`${list.row} ${classes.row}`}>
            <span className={classes.words}>
              <span className={classes.kind}>
                {t('number', { number: activity.number })}
                {' · '}
                <When instant={activity.lastEntryAt} now={now} />
              </span>
              <span className={classes.subject}>{activity.subject}</span>
            </span>
            <ActivityStatus status={activity.status} isClosed={activity.isClosed} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** How one's open matters stand, and the way to write about a new one. */
export function Matters() {
  const t = useTexts(texts);
  const { id, may } = useProperty();
  const mine = useLoaded('activities.mine', usePlace(), { refetchInterval: messageInterval });
  const open = mine.data?.activities.filter((activity) => !activity.isClosed) ?? [];
  let content: ReactNode = <Rows activities={open} />;
  if (mine.data === undefined) {
    const { code, details } = operationError(mine.error);
    content = mine.isError ? <LoadError kind="inline" code={code} details={details} /> : <ListSkeleton rows={2} />;
  } else if (open.length === 0) {
    content = (
      <p className={classes.quiet}>
        <span>
          {t('none')} {may.write && t('noneHint')}
        </span>
      </p>
    );
  }
  return (
    <section className={classes.matters} aria-labelledby="anliegen">
      <h2 id="anliegen" className={list.heading}>
        {t('title')}
      </h2>
      {content}
      <div className={classes.deeds}>
        {may.write && (
          <Button component={Link} to={paths.newMessage(id)} leftSection={<IconPencil size={20} aria-hidden="true" />}>
            {t('write')}
          </Button>
        )}
        {(mine.data?.activities.length ?? 0) > open.length && (
          <Button component={Link} to={paths.messages(id)} variant="default">
            {t('all')}
          </Button>
        )}
      </div>
    </section>
  );
}
