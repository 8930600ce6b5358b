import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Output } from '../../../../shared/contract/registry.ts';
import { EmptyState } from '../../../../shared/ui/empty-state.tsx';
import { ListSkeleton } from '../../../../shared/ui/skeletons.tsx';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { useNow, When } from '../../../../shared/ui/when.tsx';
import { ActivityStatus } from '../../lib/activity-status.tsx';
import list from '../../lib/card-list.module.css';
import { Loaded } from '../../lib/loaded.tsx';
import { NewMark } from '../../lib/new-mark.tsx';
import { Page } from '../../lib/page.tsx';
import { paths } from '../../lib/paths.ts';
import { usePlace, useProperty } from '../../lib/property.tsx';
import { messageInterval, useLoaded } from '../../lib/queries.ts';
import { recall } from '../../lib/remembered.ts';
import { useSession } from '../../lib/session.ts';
import { draftKeys, readDraft } from './draft.ts';
import classes from './messages.module.css';

const texts = defineTexts({
  de: {
    title: 'Nachrichten',
    write: 'Nachricht schreiben',
    open: 'Offen',
    closed: 'Abgeschlossen',
    number: 'Nr. {{number}}',
    unit: 'Einheit {{unit}}',
    draft: 'Entwurf',
    draftWithoutSubject: 'Ohne Betreff',
    empty: 'Noch keine Nachrichten',
    emptyHint:
      'Etwas ist kaputt, oder Sie haben eine Frage? Schreiben Sie Ihrer Hausverwaltung; die Antwort lesen Sie hier.',
    emptyClosed: 'Antworten und Nachrichten Ihrer Hausverwaltung lesen Sie hier.',
  },
  en: {
    title: 'Messages',
    write: 'Write a message',
    open: 'Open',
    closed: 'Closed',
    number: 'No. {{number}}',
    unit: 'Unit {{unit}}',
    draft: 'Draft',
    draftWithoutSubject: 'No subject',
    empty: 'No messages yet',
    emptyHint: 'Something is broken, or you have a question? Write to your property manager; you read the answer here.',
    emptyClosed: 'You read answers and messages of your property manager here.',
  },
});

type Mine = Output<'activities.mine'>;
type Activity = Mine['activities'][number];

function Row({ activity, now }: { readonly activity: Activity; readonly now: number }) {
  const t = useTexts(texts);
  const { id } = useProperty();
  const { number, subject, topic, status, isClosed, unitNumber, lastEntryAt, preview, unread } = activity;
  return (
    <li>
      <Link
        to={paths.conversation(id, activity.id)}
        className={`${list.row} ${classes.row}`}
        data-unread={unread || undefined}
      >
        <span className={classes.head}>
          <span className={classes.subject}>{subject}</span>
          {unread && <NewMark />}
          <span className={classes.when}>
            <When instant={lastEntryAt} now={now} />
          </span>
        </span>
        <span className={classes.preview}>{preview}</span>
        <span className={classes.facts}>
          <ActivityStatus status={status} isClosed={isClosed} />
          <span>{t('number', { number })}</span>
          {topic !== null && <span>{topic}</span>}
          {unitNumber !== null && <span>{t('unit', { unit: unitNumber })}</span>}
        </span>
      </Link>
    </li>
  );
}

function Section({ title, activities }: { readonly title: string; readonly activities: readonly Activity[] }) {
  const now = useNow();
  if (activities.length === 0) return null;
  return (
    <section>
      <h2 className={list.heading}>{title}</h2>
      <ul className={list.rows}>
        {activities.map((activity) => (
          <Row key={activity.id} activity={activity} now={now} />
        ))}
      </ul>
    </section>
  );
}

/** What one began to write and has not sent. */
function DraftLink() {
  const t = useTexts(texts);
  const { id } = useProperty();
  const loginId = useSession().data?.loginId ?? '';
  const draft = readDraft(recall(draftKeys.message(loginId, id)), Date.now());
  if (draft === null) return null;
  return (
    <Link to={paths.newMessage(id)} className={classes.draft}>
      <IconPencil size={22} aria-hidden="true" />
      <span className={classes.draftWords}>
        <span className={classes.draftKind}>{t('draft')}</span>
        <span className={classes.subject}>{draft.subject.trim() || t('draftWithoutSubject')}</span>
      </span>
    </Link>
  );
}

function Messages({ activities }: Pick<Mine, 'activities'>) {
  const t = useTexts(texts);
  const { may } = useProperty();
  if (activities.length === 0) {
    return (
      <EmptyState headingOrder={2} illustration="letter-box" title={t('empty')}>
        {may.write ? t('emptyHint') : t('emptyClosed')}
      </EmptyState>
    );
  }
  return (
    <>
      <Section title={t('open')} activities={activities.filter(({ isClosed }) => !isClosed)} />
      <Section title={t('closed')} activities={activities.filter(({ isClosed }) => isClosed)} />
    </>
  );
}

/** One's matters at the property, those with the newest entry on top. */
export function MessagesPage() {
  const t = useTexts(texts);
  const { id, may } = useProperty();
  const mine = useLoaded('activities.mine', usePlace(), { refetchInterval: messageInterval });
  return (
    <Page
      title={t('title')}
      actions={
        may.write ? (
          <Button component={Link} to={paths.newMessage(id)} leftSection={<IconPencil size={20} aria-hidden="true" />}>
            {t('write')}
          </Button>
        ) : undefined
      }
    >
      {may.write && <DraftLink />}
      <Loaded query={mine} skeleton={<ListSkeleton rows={4} />}>
        {({ activities }) => <Messages activities={activities} />}
      </Loaded>
    </Page>
  );
}
