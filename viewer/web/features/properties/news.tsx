import { IconCircleCheck, IconFileText, IconMessage, IconPin, type TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { ListSkeleton } from '../../../../shared/ui/skeletons.tsx';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { useNow, When } from '../../../../shared/ui/when.tsx';
import list from '../../lib/card-list.module.css';
import { paths } from '../../lib/paths.ts';
import { unreadAt, usePlace, useProperty } from '../../lib/property.tsx';
import { messageInterval, operationError, useLoaded } from '../../lib/queries.ts';
import classes from './start.module.css';

const texts = defineTexts({
  de: {
    title: 'Neu für Sie',
    nothing: 'Nichts Neues seit Ihrem letzten Besuch.',
    notice: 'Aushang',
    document: 'Dokument',
    message: 'Antwort',
    more_one: 'Noch {{count}} weiterer Eintrag',
    more_other: 'Noch {{count}} weitere Einträge',
  },
  en: {
    title: 'New for you',
    nothing: 'Nothing new since your last visit.',
    notice: 'Notice',
    document: 'Document',
    message: 'Answer',
    more_one: '{{count}} more entry',
    more_other: '{{count}} more entries',
  },
});

interface NewsItem {
  readonly key: string;
  readonly to: string;
  readonly icon: TablerIcon;
  readonly kind: 'notice' | 'document' | 'message';
  readonly title: string;
  readonly at: string | null;
}

/** Items shown of each kind; the pages have them all. */
const ofEachKind = 3;

interface Publication {
  readonly isNew: boolean;
  readonly publishedAt: string | null;
}

/** The newest `count`: what is new stays marked for a whole visit, also after it has been looked at; the count does not. */
function newest<P extends Publication>(all: readonly P[] | undefined, count: number): readonly P[] {
  return (all ?? [])
    .filter(({ isNew }) => isNew)
    .toSorted((a, b) => (b.publishedAt ?? '').localeCompare(a.publishedAt ?? ''))
    .slice(0, count);
}

interface Found {
  /** Null while they are being loaded. */
  readonly items: readonly NewsItem[] | null;
  /** Why some of them are not known. */
  readonly error: Error | null;
}

function useNews(): Found {
  const place = usePlace();
  const { id, may, unread } = useProperty();
  const board = useLoaded('notices.board', place, { enabled: may.board && unread.notices > 0 });
  const documents = useLoaded('documents.released', place, { enabled: unread.documents > 0 });
  const activities = useLoaded('activities.mine', place, { refetchInterval: messageInterval });
  const queries = [activities, board, documents];
  const error = queries.find(({ data, isError }) => isError && data === undefined)?.error ?? null;
  if (queries.some(({ isLoading }) => isLoading)) return { items: null, error };
  const messages = (activities.data?.activities ?? []).filter((activity) => activity.unread);
  const notices = newest(board.data?.notices, unread.notices);
  const files = newest(documents.data?.documents, unread.documents);
  const items = [
    ...messages.slice(0, ofEachKind).map(
      (activity): NewsItem => ({
        key: activity.id,
        to: paths.conversation(id, activity.id),
        icon: IconMessage,
        kind: 'message',
        title: activity.subject,
        at: activity.lastEntryAt,
      }),
    ),
    ...notices.slice(0, ofEachKind).map(
      (notice): NewsItem => ({
        key: notice.id,
        to: `${paths.board(id)}#${notice.id}`,
        icon: IconPin,
        kind: 'notice',
        title: notice.title,
        at: notice.publishedAt,
      }),
    ),
    ...files.slice(0, ofEachKind).map(
      (document): NewsItem => ({
        key: document.id,
        to: `${paths.documents(id)}#${document.id}`,
        icon: IconFileText,
        kind: 'document',
        title: document.title,
        at: document.publishedAt,
      }),
    ),
  ];
  return { items, error };
}

function Item({ item, now }: { readonly item: NewsItem; readonly now: number }) {
  const t = useTexts(texts);
  const { icon: Icon } = item;
  return (
    <li>
      <Link to={item.to} className={`${list.row} ${classes.row}`}>
        <span className={classes.sign}>
          <Icon size={22} aria-hidden="true" />
        </span>
        <span className={classes.words}>
          <span className={classes.kind}>
            {t(item.kind)}
            {item.at !== null && (
              <>
                {' · '}
                <When instant={item.at} now={now} />
              </>
            )}
          </span>
          <span className={classes.subject}>{item.title}</span>
        </span>
      </Link>
    </li>
  );
}

/** What one has not seen yet: answers, notices, documents. */
export function News() {
  const t = useTexts(texts);
  const now = useNow();
  const property = useProperty();
  const { items, error } = useNews();
  const hidden = items === null || items.length === 0 ? 0 : unreadAt(property) - items.length;
  let content: ReactNode = null;
  if (items === null) content = <ListSkeleton rows={3} />;
  else if (items.length > 0) {
    content = (
      <ul className={list.rows}>
        {items.map((item) => (
          <Item key={item.key} item={item} now={now} />
        ))}
      </ul>
    );
  } else if (error === null) {
    content = (
      <p className={classes.quiet}>
        <IconCircleCheck size={22} aria-hidden="true" />
        {t('nothing')}
      </p>
    );
  }
  const problem = error === null ? null : operationError(error);
  return (
    <section className={classes.news} aria-labelledby="neu">
      <h2 id="neu" className={list.heading}>
        {t('title')}
      </h2>
      {content}
      {problem && <LoadError kind="inline" code={problem.code} details={problem.details} />}
      {hidden > 0 && <p className={classes.more}>{t('more', { count: hidden })}</p>}
    </section>
  );
}
