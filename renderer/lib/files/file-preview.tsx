import { Button, Modal, Progress, Skeleton, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { FileRow } from '../../../shared/features/files/contract.ts';
import { blobId } from '../../../shared/features/files/model.ts';
import type { OperationError } from '../../../shared/lib/errors.ts';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { FileIcon } from '../../../shared/ui/file-list.tsx';
import { formatFileSize } from '../../../shared/ui/format.ts';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { defineTexts, useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { asOperationError } from '../client.ts';
import { progressStore } from '../progress.ts';
import { useStore } from '../store.ts';
import classes from './file-preview.module.css';
import { readFile } from './read-file.ts';
import { useDownload } from './use-download.ts';
import { useFileUrl } from './use-file-url.ts';

const texts = defineTexts({
  de: {
    none: 'Für diese Art von Datei gibt es keine Vorschau.',
    loading: 'Vorschau wird geladen',
    fetching: 'Wird vom Portal geladen: {{percent}} %',
  },
  en: {
    none: 'There is no preview for this kind of file.',
    loading: 'Loading the preview',
    fetching: 'Loading from the portal: {{percent}} %',
  },
});

/** How a file can be shown in place; what a browser might run is never shown. */
function shownAs(mediaType: string): 'image' | 'pdf' | 'text' | null {
  if (/^image\/(png|jpeg|gif|webp)$/.test(mediaType)) return 'image';
  if (mediaType === 'application/pdf') return 'pdf';
  return mediaType === 'text/plain' || mediaType === 'text/csv' ? 'text' : null;
}

/** Letters of a text that are shown. */
const mostText = 200_000;

/** A file in place: pictures, PDF and plain text; for everything else the way to open it. */
export function FilePreview({ file }: { readonly file: FileRow }) {
  const t = useTexts(texts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const download = useDownload();
  const as = shownAs(file.mediaType);
  const { url, error } = useFileUrl(as === 'image' || as === 'pdf' ? file : null);
  if (as === null) {
    return (
      <div className={classes.none}>
        <FileIcon {...file} size={40} />
        <Text fw={500}>{file.fileName}</Text>
        <Text c="dimmed">
          {t('none')} {formatFileSize(file.size, language)}
        </Text>
        <Button variant="default" leftSection={<IconDownload size={16} />} onClick={() => download(file)}>
          {common('download')}
        </Button>
      </div>
    );
  }
  if (as === 'text') return <TextPreview file={file} />;
  if (error !== null) return <Failed file={file} error={error} />;
  if (url === null) return <Loading sha256={file.sha256} />;
  if (as === 'image') {
    return (
      <div className={classes.picture}>
        <img src={url} alt={file.fileName} />
      </div>
    );
  }
  return <iframe className={classes.frame} src={`${url}#navpanes=0&view=FitH`} title={file.fileName} />;
}

/** While the file is read; one that is not on this device says how much of it has come. */
function Loading({ sha256 }: { readonly sha256: string }) {
  const t = useTexts(texts);
  const id = blobId(sha256);
  const work = useStore(progressStore).find((one) => one.task === 'download' && one.id === id);
  if (work === undefined || work.total === null) {
    return <Skeleton className={classes.frame} aria-label={t('loading')} />;
  }
  const percent = Math.round((work.done / work.total) * 100);
  const sentence = t('fetching', { percent });
  return (
    <div className={classes.none} role="status">
      <Text>{sentence}</Text>
      <Progress value={percent} w={240} aria-label={sentence} />
    </div>
  );
}

function TextPreview({ file }: { readonly file: FileRow }) {
  const [text, setText] = useState('');
  const [error, setError] = useState<OperationError | null>(null);
  const { sha256, mediaType } = file;
  useEffect(() => {
    const abort = new AbortController();
    readFile(sha256, mediaType, abort.signal)
      .then((blob) => blob.text())
      .then((whole) => {
        if (!abort.signal.aborted) setText(whole.slice(0, mostText));
      })
      .catch((failed: unknown) => {
        if (!abort.signal.aborted) setError(asOperationError(failed));
      });
    return () => abort.abort();
  }, [sha256, mediaType]);
  if (error !== null) return <Failed file={file} error={error} />;
  return <pre className={classes.text}>{text}</pre>;
}

function Failed({ file, error }: { readonly file: FileRow; readonly error: OperationError }) {
  return <LoadError kind="inline" code={error.code} details={{ name: file.fileName, ...error.details }} />;
}

interface FilePreviewDialogProps {
  readonly file: FileRow;
  readonly onClose: () => void;
}

/** The same over the page, with the way to save it. Mount it to open it. */
export function FilePreviewDialog({ file, onClose }: FilePreviewDialogProps) {
  const common = useTexts(commonTexts);
  const download = useDownload();
  return (
    <Modal
      opened
      onClose={onClose}
      title={file.fileName}
      size="min(1100px, 94vw)"
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <div className={classes.dialog}>
        <FilePreview file={file} />
      </div>
      <Button mt="md" variant="default" leftSection={<IconDownload size={16} />} onClick={() => download(file)}>
        {common('download')}
      </Button>
    </Modal>
  );
}
