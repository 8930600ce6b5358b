import { IconPinned } from '@tabler/icons-react';
import { useId } from 'react';
import type { Output } from '../../../../shared/contract/registry.ts';
import { formatDay } from '../../../../shared/ui/format.ts';
import { FormattedText } from '../../../../shared/ui/formatted-text.tsx';
import { defineTexts, useLanguage, useTexts } from '../../../../shared/ui/texts.ts';
import { When } from '../../../../shared/ui/when.tsx';
import { NewMark } from '../../lib/new-mark.tsx';
import { ResidentFiles } from '../../lib/resident-files.tsx';
import classes from './board.module.css';

const texts = defineTexts({
  de: { pinned: 'Angeheftet', until: 'hängt bis {{day}}' },
  en: { pinned: 'Pinned', until: 'up until {{day}}' },
});

interface NoticeCardProps {
  readonly notice: Output<'notices.board'>['notices'][number];
  readonly isNew: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A notice as it hangs on the board. */
export function NoticeCard({ notice, isNew, now }: NoticeCardProps) {
  const t = useTexts(texts);
  const language = useLanguage();
  const heading = useId();
  const { id, title, body, pinned, publishedAt, visibleUntil, authorName, files } = notice;
  return (
    <article
      id={id}
      tabIndex={-1}
      className={classes.notice}
      data-pinned={pinned || undefined}
      aria-labelledby={heading}
    >
      {pinned && <span className={classes.pin} aria-hidden="true" />}
      <header className={classes.head}>
        <div className={classes.marks}>
          {isNew && <NewMark />}
          {pinned && (
            <span className={classes.pinned}>
              <IconPinned size={16} aria-hidden="true" />
              {t('pinned')}
            </span>
          )}
        </div>
        <h2 id={heading} className={classes.title}>
          {title}
        </h2>
        <p className={classes.meta}>
          <span>{authorName}</span>
          {publishedAt !== null && <When instant={publishedAt} now={now} />}
          {visibleUntil !== null && <span>{t('until', { day: formatDay(visibleUntil, now, language) })}</span>}
        </p>
      </header>
      <FormattedText document={body} />
      {files.length > 0 && (
        <div className={classes.files}>
          <ResidentFiles files={files} />
        </div>
      )}
    </article>
  );
}
