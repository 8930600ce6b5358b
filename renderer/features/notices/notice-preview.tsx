import { IconEyeOff, IconPinned } from '@tabler/icons-react';
import type { FileRow } from '../../../shared/features/files/contract.ts';
import type { GroupKey } from '../../../shared/features/properties/model.ts';
import { instantText } from '../../../shared/lib/dates.ts';
import { FileList } from '../../../shared/ui/file-list.tsx';
import { formatPeriod, formatWhen } from '../../../shared/ui/format.ts';
import { FormattedText } from '../../../shared/ui/formatted-text.tsx';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import { useGroupLabel } from '../../lib/pickers/groups.tsx';
import type { NoticeEntries } from './notice-form.ts';
import classes from './notices.module.css';
import { noticesTexts } from './notices-texts.ts';

interface NoticePreviewProps {
  readonly entries: NoticeEntries;
  readonly group: GroupKey;
  readonly authorName: string;
  readonly publishedAt: string | null;
  readonly files: readonly Pick<FileRow, 'id' | 'fileName' | 'mediaType' | 'size'>[];
}

/** The notice as a group finds it on the board, in the portal's own size; or that it does not find it. */
export function NoticePreview({ entries, group, authorName, publishedAt, files }: NoticePreviewProps) {
  const t = useTexts(noticesTexts);
  const language = useLanguage();
  const now = useNow();
  const groupLabel = useGroupLabel();
  const name = groupLabel(group);
  const { visibleFrom, visibleUntil } = entries;
  if (!entries.audienceGroups.includes(group)) {
    return (
      <div className={classes.unseen}>
        <IconEyeOff size={32} aria-hidden="true" />
        <strong>{t('notSeen', { group: name })}</strong>
        <span>{t('notSeenHint')}</span>
      </div>
    );
  }
  return (
    <div className={classes.board}>
      <p className={classes.boardHint}>
        {t('seenAs', { group: name })}
        {(visibleFrom !== null || visibleUntil !== null) &&
          ` · ${t('onBoard', { period: formatPeriod(visibleFrom, visibleUntil, language) })}`}
      </p>
      <article className={classes.sheet}>
        {entries.pinned && (
          <span className={classes.pin}>
            <IconPinned size={16} aria-hidden="true" /> {t('pinnedBadge')}
          </span>
        )}
        <h2>{entries.title.trim() === '' ? t('untitled') : entries.title}</h2>
        <p className={classes.byline}>
          {authorName} · {formatWhen(publishedAt ?? instantText(now), now, language)}
        </p>
        <FormattedText document={entries.body} />
        {files.length > 0 && <FileList files={files} />}
      </article>
    </div>
  );
}
