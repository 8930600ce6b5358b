import './conversation.css';
import { Text } from '@mantine/core';
import { IconClock, IconLock, IconMail, IconMessage, IconNote, IconPhone, type TablerIcon } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import { berlinDate } from '../lib/dates.ts';
import { type FileItem, FileList, type FileListProps } from './file-list.tsx';
import { formatDate, formatDay, formatInstant, formatTime } from './format.ts';
import { PlainText } from './formatted-text.tsx';
import { labelTexts } from './label-texts.ts';
import { PersonAvatar } from './person-avatar.tsx';
import { defineTexts, useLanguage, useTexts } from './texts.ts';

const texts = defineTexts({
  de: {
    conversation: 'Verlauf',
    internal: 'Intern',
    internalHint: 'Nur für die Verwaltung sichtbar',
    pending: 'Wartet auf Übertragung',
    new: 'Neu',
    by: '{{kind}} von {{name}}',
    you: 'Sie',
  },
  en: {
    conversation: 'Conversation',
    internal: 'Internal',
    internalHint: 'Visible to the management only',
    pending: 'Waiting to be sent',
    new: 'New',
    by: '{{kind}} from {{name}}',
    you: 'You',
  },
});

const kindIcons = {
  message: IconMessage,
  note: IconNote,
  call: IconPhone,
  letter: IconMail,
} as const satisfies Record<string, TablerIcon>;

/** One entry of an activity, as the face that shows it sees it. */
export interface ConversationEntry<File extends FileItem = FileItem> {
  readonly id: string;
  readonly kind: keyof typeof kindIcons;
  readonly authorName: string;
  readonly photoUrl?: string | null;
  /** Plain text. */
  readonly body: string;
  readonly createdAt: string;
  /** Written on this side: by the company at the desk, by the signed-in person in the portal. */
  readonly mine: boolean;
  /** Shown as internal, on amber ruled paper. Only the desk ever has such entries. */
  readonly internal?: boolean;
  /** Not transferred yet. */
  readonly pending?: boolean;
  readonly files: readonly File[];
}

interface ConversationProps<File extends FileItem, Entry extends ConversationEntry<File>> {
  /** In the order they are shown, oldest first. */
  readonly entries: readonly Entry[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** `entries` for the desk: paper across the pane. `bubbles` for the portal: one's own on the right. */
  readonly look: 'entries' | 'bubbles';
  /** How files are shown and fetched. */
  readonly fileHandlers?: Omit<FileListProps<File>, 'files'>;
  /** The release tick of an entry, at the right of its head. */
  readonly renderRelease?: (entry: Entry) => ReactNode;
  /** Under an entry: deliveries, actions. */
  readonly renderFooter?: (entry: Entry) => ReactNode;
  /** The first entry that is new to the reader; a mark is drawn above it. */
  readonly firstNewId?: string | null;
}

interface EntryProps<File extends FileItem, Entry extends ConversationEntry<File>>
  extends Pick<ConversationProps<File, Entry>, 'look' | 'fileHandlers' | 'renderRelease' | 'renderFooter'> {
  readonly entry: Entry;
}

function EntryArticle<File extends FileItem, Entry extends ConversationEntry<File>>({
  entry,
  look,
  fileHandlers,
  renderRelease,
  renderFooter,
}: EntryProps<File, Entry>) {
  const t = useTexts(texts);
  const label = useTexts(labelTexts);
  const language = useLanguage();
  const internal = entry.internal === true;
  const KindIcon = kindIcons[entry.kind];
  const kind = label(`entry.${entry.kind}`);
  const bubbles = look === 'bubbles';
  const release = renderRelease?.(entry);
  const footer = renderFooter?.(entry);
  return (
    <article
      className="tp-entry"
      data-look={look}
      data-side={entry.mine ? 'mine' : 'theirs'}
      data-internal={internal || undefined}
      aria-label={t('by', { kind, name: entry.authorName })}
    >
      <header className="tp-entry-head">
        {!(bubbles && entry.mine) && (
          <PersonAvatar name={entry.authorName} photoUrl={entry.photoUrl ?? null} size={bubbles ? 28 : 24} />
        )}
        <div className="tp-entry-who">
          <Text component="span" fw={600}>
            {bubbles && entry.mine ? t('you') : entry.authorName}
          </Text>
          {(entry.kind === 'call' || entry.kind === 'letter') && (
            <span className="tp-entry-fact">
              <KindIcon size={14} aria-hidden="true" /> {kind}
            </span>
          )}
          {internal && (
            <span className="tp-entry-fact" data-tone="internal" title={t('internalHint')}>
              <IconLock size={14} aria-hidden="true" /> {entry.kind === 'note' ? kind : t('internal')}
            </span>
          )}
          <time className="tp-entry-fact" dateTime={entry.createdAt} title={formatInstant(entry.createdAt, language)}>
            {formatTime(entry.createdAt)}
          </time>
          {entry.pending && (
            <span className="tp-entry-fact" data-tone="pending">
              <IconClock size={14} aria-hidden="true" /> {t('pending')}
            </span>
          )}
        </div>
        {release !== undefined && release !== null && <div className="tp-entry-release tp-no-print">{release}</div>}
      </header>
      {entry.body.trim() !== '' && (
        <div className="tp-entry-body">
          <PlainText text={entry.body} />
        </div>
      )}
      {entry.files.length > 0 && (
        <div className="tp-entry-files">
          <FileList files={entry.files} {...fileHandlers} />
        </div>
      )}
      {footer !== undefined && footer !== null && <footer className="tp-entry-foot">{footer}</footer>}
    </article>
  );
}

/**
 * The conversation of an activity for both faces: days, authors, files. What only the desk has (internal entries, the
 * release tick, deliveries) comes in through the entries and the two render slots.
 */
export function Conversation<File extends FileItem, Entry extends ConversationEntry<File>>({
  entries,
  now,
  firstNewId,
  ...shown
}: ConversationProps<File, Entry>) {
  const t = useTexts(texts);
  const language = useLanguage();
  let previous = '';
  return (
    <ol className="tp-conversation" data-look={shown.look} aria-label={t('conversation')}>
      {entries.map((entry) => {
        const calendarDay = berlinDate(Date.parse(entry.createdAt));
        const startsDay = calendarDay !== previous;
        previous = calendarDay;
        return (
          <Fragment key={entry.id}>
            {startsDay && (
              <li className="tp-day">
                <time dateTime={calendarDay} title={formatDate(calendarDay, language)}>
                  {formatDay(calendarDay, now, language)}
                </time>
              </li>
            )}
            {entry.id === firstNewId && (
              <li className="tp-day" data-new>
                {t('new')}
              </li>
            )}
            <li className="tp-entry-item">
              <EntryArticle entry={entry} {...shown} />
            </li>
          </Fragment>
        );
      })}
    </ol>
  );
}
