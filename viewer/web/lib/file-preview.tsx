import { ActionIcon, Button, Modal } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconDownload } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import type { ResidentFile } from '../../../shared/features/files/contract.ts';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { defineTexts, useTexts } from '../../../shared/ui/texts.ts';
import classes from './file-preview.module.css';
import { inlineUrl, isPicture } from './resident-file.ts';

const texts = defineTexts({
  de: {
    previous: 'Vorherige Datei',
    next: 'Nächste Datei',
    position: '{{place}} von {{count}}',
    broken: 'Keine Vorschau möglich',
    brokenHint: 'Das Bild lässt sich hier nicht anzeigen. Laden Sie die Datei herunter, um sie zu öffnen.',
  },
  en: {
    previous: 'Previous file',
    next: 'Next file',
    position: '{{place}} of {{count}}',
    broken: 'No preview possible',
    brokenHint: 'The picture cannot be shown here. Download the file to open it.',
  },
});

interface FilePreviewProps {
  readonly file: ResidentFile;
  /** The files one can leaf through; the one shown is among them. */
  readonly files: readonly ResidentFile[];
  readonly onShow: (file: ResidentFile) => void;
  readonly onClose: () => void;
}

function Sheet({ file }: { readonly file: ResidentFile }) {
  const t = useTexts(texts);
  const [broken, setBroken] = useState(false);
  if (broken) {
    return (
      <EmptyState headingOrder={3} illustration="nothing-found" title={t('broken')}>
        {t('brokenHint')}
      </EmptyState>
    );
  }
  if (isPicture(file)) {
    return (
      <img className={classes.picture} src={inlineUrl(file)} alt={file.fileName} onError={() => setBroken(true)} />
    );
  }
  return <iframe className={classes.document} src={inlineUrl(file)} title={file.fileName} />;
}

/** A file over the whole window: pictures and PDFs, with the way to the others and to the download. */
export function FilePreview({ file, files, onShow, onClose }: FilePreviewProps) {
  const t = useTexts(texts);
  const common = useTexts(commonTexts);
  const place = files.findIndex(({ id }) => id === file.id);
  const previous = files[place - 1];
  const next = files[place + 1];
  const leaf = (event: KeyboardEvent) => {
    const target = { ArrowLeft: previous, ArrowRight: next }[event.key];
    if (target !== undefined) onShow(target);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={file.fileName}
      fullScreen
      padding="md"
      closeButtonProps={{ 'aria-label': common('close') }}
      classNames={{ content: classes.content, body: classes.body, title: classes.title }}
      onKeyDown={leaf}
    >
      <div className={classes.sheet}>
        <Sheet key={file.id} file={file} />
      </div>
      <div className={classes.bar}>
        {files.length > 1 && (
          <div className={classes.leafing}>
            <ActionIcon
              aria-label={t('previous')}
              disabled={previous === undefined}
              onClick={() => previous && onShow(previous)}
            >
              <IconChevronLeft size={22} aria-hidden="true" />
            </ActionIcon>
            <span className="tp-figures">{t('position', { place: place + 1, count: files.length })}</span>
            <ActionIcon aria-label={t('next')} disabled={next === undefined} onClick={() => next && onShow(next)}>
              <IconChevronRight size={22} aria-hidden="true" />
            </ActionIcon>
          </div>
        )}
        <Button
          component="a"
          href={file.url}
          download={file.fileName}
          variant="default"
          leftSection={<IconDownload size={20} aria-hidden="true" />}
        >
          {common('download')}
        </Button>
      </div>
    </Modal>
  );
}
