import './files.css';
import { ActionIcon, Progress, Text, UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconClock,
  IconCloudDown,
  IconDownload,
  IconFile,
  IconFileSpreadsheet,
  IconFileText,
  IconFileTypeDoc,
  IconFileTypePdf,
  IconFileTypePpt,
  IconFileZip,
  IconMail,
  IconMusic,
  IconPhoto,
  IconTrash,
  IconVideo,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { type FileKind, fileKind } from './file-kind.ts';
import { formatFileSize } from './format.ts';
import { defineTexts, useLanguage, useTexts } from './texts.ts';

const texts = defineTexts({
  de: {
    files: 'Dateien',
    pending: 'Wird übertragen, sobald verbunden',
    elsewhere: 'Wird von einem anderen Gerät noch hochgeladen',
    away: 'Nicht auf diesem Gerät',
    progress: '{{percent}} % übertragen',
    downloadOf: '{{name}} herunterladen',
    removeOf: '{{name}} entfernen',
  },
  en: {
    files: 'Files',
    pending: 'Will be sent once connected',
    elsewhere: 'Another device is still uploading it',
    away: 'Not on this device',
    progress: '{{percent}} % sent',
    downloadOf: 'Download {{name}}',
    removeOf: 'Remove {{name}}',
  },
});

const icons: Readonly<Record<FileKind, TablerIcon>> = {
  pdf: IconFileTypePdf,
  image: IconPhoto,
  document: IconFileTypeDoc,
  spreadsheet: IconFileSpreadsheet,
  presentation: IconFileTypePpt,
  archive: IconFileZip,
  mail: IconMail,
  video: IconVideo,
  audio: IconMusic,
  text: IconFileText,
  other: IconFile,
};

/** A file as both faces know it. */
export interface FileItem {
  readonly id: string;
  readonly fileName: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  /** Chosen or saved here, not yet confirmed by the server. */
  readonly uploadPending?: boolean;
  /** False where the bytes have to be fetched before the file can be opened. */
  readonly local?: boolean;
  /** Share sent, 0–1, while it is being sent. */
  readonly progress?: number | null;
  /** Why it was not taken: a sentence. */
  readonly problem?: string | null;
}

export interface FileListProps<File extends FileItem> {
  readonly files: readonly File[];
  /** Address of a picture of the file; images that have one are shown in place. */
  readonly thumbnailUrl?: (file: File) => string | null;
  /** Address of the download, where the browser does it. */
  readonly downloadUrl?: (file: File) => string | null;
  /** Downloads or opens by other means. */
  readonly onDownload?: (file: File) => void;
  /** Shows a file here; without it a click on the file downloads. */
  readonly onPreview?: (file: File) => void;
  readonly onRemove?: (file: File) => void;
}

/** The icon of a file's type. */
export function FileIcon({
  mediaType,
  fileName,
  size = 20,
}: Omit<FileItem, 'id' | 'size'> & { readonly size?: number }) {
  const Icon = icons[fileKind(mediaType, fileName)];
  return <Icon className="tp-file-icon" size={size} aria-hidden="true" />;
}

function FileState({ file }: { readonly file: FileItem }) {
  const t = useTexts(texts);
  const language = useLanguage();
  if (file.problem) {
    return (
      <span className="tp-file-state" data-tone="alarm">
        <IconAlertTriangle size={14} aria-hidden="true" /> {file.problem}
      </span>
    );
  }
  if (typeof file.progress === 'number') {
    const percent = Math.round(file.progress * 100);
    return (
      <span className="tp-file-state">
        <Progress value={percent} w={72} aria-label={t('progress', { percent })} />
        {t('progress', { percent })}
      </span>
    );
  }
  return (
    <span className="tp-file-state tp-figures">
      {formatFileSize(file.size, language)}
      {file.uploadPending && (
        <span className="tp-file-pending">
          <IconClock size={14} aria-hidden="true" /> {t(file.local === false ? 'elsewhere' : 'pending')}
        </span>
      )}
      {file.local === false && !file.uploadPending && (
        <span className="tp-file-away">
          <IconCloudDown size={14} aria-hidden="true" /> {t('away')}
        </span>
      )}
    </span>
  );
}

interface RowProps<File extends FileItem> extends Omit<FileListProps<File>, 'files'> {
  readonly file: File;
}

function Actions<File extends FileItem>({ file, downloadUrl, onDownload, onRemove }: RowProps<File>) {
  const t = useTexts(texts);
  const url = downloadUrl?.(file) ?? null;
  const name = file.fileName;
  return (
    <div className="tp-file-actions tp-no-print">
      {url !== null && (
        <ActionIcon
          component="a"
          href={url}
          download={name}
          aria-label={t('downloadOf', { name })}
          title={t('downloadOf', { name })}
        >
          <IconDownload size={18} />
        </ActionIcon>
      )}
      {url === null && onDownload && (
        <ActionIcon
          aria-label={t('downloadOf', { name })}
          title={t('downloadOf', { name })}
          onClick={() => onDownload(file)}
        >
          <IconDownload size={18} />
        </ActionIcon>
      )}
      {onRemove && (
        <ActionIcon aria-label={t('removeOf', { name })} title={t('removeOf', { name })} onClick={() => onRemove(file)}>
          <IconTrash size={18} />
        </ActionIcon>
      )}
    </div>
  );
}

/** The file itself is the largest target: it previews, else downloads. */
function Opener<File extends FileItem>({
  file,
  downloadUrl,
  onDownload,
  onPreview,
  className,
  children,
}: RowProps<File> & { readonly className: string; readonly children: ReactNode }) {
  const open = onPreview ?? onDownload;
  const url = downloadUrl?.(file) ?? null;
  if (onPreview === undefined && url !== null) {
    return (
      <a className={className} href={url} download={file.fileName}>
        {children}
      </a>
    );
  }
  if (open === undefined) return <div className={className}>{children}</div>;
  return (
    <UnstyledButton className={className} onClick={() => open(file)}>
      {children}
    </UnstyledButton>
  );
}

function FileRow<File extends FileItem>({ file, onRemove, ...others }: RowProps<File>) {
  // There is nothing to open in a file that was not taken.
  const props = { file, ...(onRemove && { onRemove }), ...(file.problem ? {} : others) };
  return (
    <li className="tp-file">
      <Opener {...props} className="tp-file-open">
        <FileIcon {...file} size={22} />
        <span className="tp-file-body">
          <Text component="span" className="tp-file-name" title={file.fileName}>
            {file.fileName}
          </Text>
          <FileState file={file} />
        </span>
      </Opener>
      <Actions {...props} />
    </li>
  );
}

/** Little, so that the picture stays to be seen; the words are for the tooltip and for screen readers. */
function ThumbnailState({ file }: { readonly file: FileItem }) {
  const t = useTexts(texts);
  if (typeof file.progress === 'number') {
    const percent = Math.round(file.progress * 100);
    return (
      <span className="tp-thumb-state">
        <Progress value={percent} w={56} aria-label={t('progress', { percent })} />
      </span>
    );
  }
  if (!file.uploadPending) return null;
  return (
    <span className="tp-thumb-state" title={t('pending')}>
      <IconClock size={16} aria-hidden="true" />
      <span className="tp-visually-hidden">{t('pending')}</span>
    </span>
  );
}

function Thumbnail<File extends FileItem>({ url, ...props }: RowProps<File> & { readonly url: string }) {
  const { file } = props;
  return (
    <li className="tp-thumb">
      <Opener {...props} className="tp-thumb-open">
        <img src={url} alt={file.fileName} loading="lazy" decoding="async" />
        <ThumbnailState file={file} />
      </Opener>
      {props.onRemove && <Actions file={file} onRemove={props.onRemove} />}
    </li>
  );
}

/** Files of a notice, a document or an entry: pictures in place, everything else as rows. */
export function FileList<File extends FileItem>({ files, ...handlers }: FileListProps<File>) {
  const t = useTexts(texts);
  if (files.length === 0) return null;
  const pictures: { readonly file: File; readonly url: string }[] = [];
  const rows: File[] = [];
  for (const file of files) {
    const url = fileKind(file.mediaType, file.fileName) === 'image' ? (handlers.thumbnailUrl?.(file) ?? null) : null;
    if (url === null || file.problem) rows.push(file);
    else pictures.push({ file, url });
  }
  return (
    <div className="tp-files">
      {pictures.length > 0 && (
        <ul className="tp-thumbs" aria-label={t('files')}>
          {pictures.map(({ file, url }) => (
            <Thumbnail key={file.id} file={file} url={url} {...handlers} />
          ))}
        </ul>
      )}
      {rows.length > 0 && (
        <ul className="tp-file-rows" aria-label={t('files')}>
          {rows.map((file) => (
            <FileRow key={file.id} file={file} {...handlers} />
          ))}
        </ul>
      )}
    </div>
  );
}
