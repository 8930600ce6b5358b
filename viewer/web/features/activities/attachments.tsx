import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCamera, IconPaperclip, IconRefresh, type TablerIcon } from '@tabler/icons-react';
import type { ChangeEvent, ReactNode } from 'react';
import { errorText } from '../../../../shared/ui/error-texts.ts';
import { type FileItem, FileList } from '../../../../shared/ui/file-list.tsx';
import { formatFileSize } from '../../../../shared/ui/format.ts';
import { defineTexts, useLanguage, useTexts } from '../../../../shared/ui/texts.ts';
import { fileLimits } from '../../lib/operations.ts';
import { isPicture } from '../../lib/resident-file.ts';
import classes from './attachments.module.css';
import type { Draft } from './draft.ts';
import { isRetryable, type useUploads } from './use-uploads.ts';

const texts = defineTexts({
  de: {
    title: 'Fotos und Dateien',
    camera: 'Foto aufnehmen',
    choose: 'Dateien auswählen',
    limit: 'bis {{size}} je Datei, höchstens {{most}}',
    tooMany_one: 'An eine Nachricht passen höchstens {{most}} Dateien. Eine wurde nicht übernommen.',
    tooMany_other: 'An eine Nachricht passen höchstens {{most}} Dateien. {{count}} wurden nicht übernommen.',
    retry: 'Erneut übertragen',
    lost: 'Anhänge werden für Entwürfe einen Tag aufgehoben. Bitte fügen Sie noch einmal hinzu: {{names}}',
  },
  en: {
    title: 'Photos and files',
    camera: 'Take a photo',
    choose: 'Choose files',
    limit: 'up to {{size}} each, at most {{most}}',
    tooMany_one: 'At most {{most}} files fit into a message. One was not added.',
    tooMany_other: 'At most {{most}} files fit into a message. {{count}} were not added.',
    retry: 'Send again',
    lost: 'Attachments of drafts are kept for a day. Please add again: {{names}}',
  },
});

interface AttachmentsProps {
  readonly draft: Draft;
  readonly change: (change: (draft: Draft) => Partial<Draft>) => void;
  readonly uploads: ReturnType<typeof useUploads>;
  readonly disabled: boolean;
}

interface PickerProps {
  readonly icon: TablerIcon;
  readonly label: string;
  readonly camera?: boolean;
  readonly disabled: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

function Picker({ icon: Icon, label, camera = false, disabled, onFiles }: PickerProps) {
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(event.currentTarget.files ?? [])]);
    // The same file can be chosen again after it was removed.
    event.currentTarget.value = '';
  };
  return (
    <label className={classes.picker} data-camera={camera || undefined}>
      <input
        type="file"
        className={classes.input}
        disabled={disabled}
        onChange={take}
        {...(camera ? { accept: 'image/*', capture: 'environment' as const } : { multiple: true })}
      />
      <Icon size={20} aria-hidden="true" />
      {label}
    </label>
  );
}

function Problem({ children }: { readonly children: ReactNode }) {
  return (
    <p className={classes.problem} role="alert">
      <IconAlertTriangle size={20} aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}

/** Photos and files of a message: taken with the camera or chosen, with progress, and removed again. */
export function Attachments({ draft, change, uploads, disabled }: AttachmentsProps) {
  const t = useTexts(texts);
  const language = useLanguage();
  const { pending, refused, tooMany, add, remove, retry, pictureOf } = uploads;
  const most = fileLimits.count;
  const items: FileItem[] = [
    ...draft.files.map(({ uploadId, fileName, mediaType, size }) => ({ id: uploadId, fileName, mediaType, size })),
    ...pending.map(({ id, file, progress, problem }) => ({
      id,
      fileName: file.name,
      mediaType: file.type,
      size: file.size,
      ...(problem === null ? { progress } : { problem: errorText(language, problem.code, problem.details).sentence }),
    })),
  ];
  const drop = ({ id }: FileItem) => {
    remove(id);
    change((before) => ({ files: before.files.filter(({ uploadId }) => uploadId !== id) }));
  };
  return (
    <fieldset className={classes.attachments}>
      <legend className={classes.legend}>{t('title')}</legend>
      <FileList
        files={items}
        thumbnailUrl={(file) => (isPicture(file) ? pictureOf(file.id) : null)}
        {...(disabled ? {} : { onRemove: drop })}
      />
      {draft.lost.length > 0 && <Problem>{t('lost', { names: draft.lost.join(', ') })}</Problem>}
      {refused.map(({ code, details }) => (
        <Problem key={`${code} ${String(details.name)}`}>{errorText(language, code, details).sentence}</Problem>
      ))}
      {tooMany > 0 && <Problem>{t('tooMany', { count: tooMany, most })}</Problem>}
      <div className={classes.pickers}>
        <Picker icon={IconCamera} label={t('camera')} camera disabled={disabled} onFiles={add} />
        <Picker icon={IconPaperclip} label={t('choose')} disabled={disabled} onFiles={add} />
        {pending.some(({ problem }) => problem !== null && isRetryable(problem)) && (
          <Button variant="default" leftSection={<IconRefresh size={20} aria-hidden="true" />} onClick={retry}>
            {t('retry')}
          </Button>
        )}
        <span className={classes.limit}>{t('limit', { size: formatFileSize(fileLimits.bytes, language), most })}</span>
      </div>
    </fieldset>
  );
}
