import { ActionIcon } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Output } from '../../../../shared/contract/registry.ts';
import { FileIcon } from '../../../../shared/ui/file-list.tsx';
import { formatFileSize, formatPeriod } from '../../../../shared/ui/format.ts';
import { defineTexts, useLanguage, useTexts } from '../../../../shared/ui/texts.ts';
import { When } from '../../../../shared/ui/when.tsx';
import list from '../../lib/card-list.module.css';
import { NewMark } from '../../lib/new-mark.tsx';
import classes from './documents.module.css';

const texts = defineTexts({
  de: { download: '{{title}} herunterladen' },
  en: { download: 'Download {{title}}' },
});

interface DocumentRowProps {
  readonly document: Output<'documents.released'>['documents'][number];
  readonly isNew: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly onOpen: () => void;
}

/** A document: a click shows it, the arrow saves it. */
export function DocumentRow({ document, isNew, now, onOpen }: DocumentRowProps) {
  const t = useTexts(texts);
  const language = useLanguage();
  const { id, title, periodFrom, periodTo, publishedAt, file } = document;
  const period = formatPeriod(periodFrom, periodTo, language);
  return (
    <li id={id} tabIndex={-1} className={classes.row}>
      <button type="button" className={`${list.row} ${classes.open}`} onClick={onOpen}>
        <span className={classes.icon}>
          <FileIcon mediaType={file.mediaType} fileName={file.fileName} size={26} />
        </span>
        <span className={classes.words}>
          <span className={classes.title}>
            {title} {isNew && <NewMark />}
          </span>
          <span className={classes.facts}>
            {period !== '' && <span>{period}</span>}
            {publishedAt !== null && <When instant={publishedAt} now={now} />}
            <span>{formatFileSize(file.size, language)}</span>
          </span>
        </span>
      </button>
      <ActionIcon
        component="a"
        href={file.url}
        download={file.fileName}
        aria-label={t('download', { title })}
        title={t('download', { title })}
      >
        <IconDownload size={22} aria-hidden="true" />
      </ActionIcon>
    </li>
  );
}
