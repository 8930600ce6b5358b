import { ActionIcon, Button, Menu, Stack, Text } from '@mantine/core';
import {
  IconArrowBackUp,
  IconDownload,
  IconFilePlus,
  IconPencil,
  IconTrash,
  IconWorldUpload,
} from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { FileRow } from '../../../shared/features/files/contract.ts';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { FileIcon } from '../../../shared/ui/file-list.tsx';
import { formatFileSize, formatPeriod, formatWhen } from '../../../shared/ui/format.ts';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { showDone } from '../../../shared/ui/notify.tsx';
import { DetailSkeleton } from '../../../shared/ui/skeletons.tsx';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import { FilePreview } from '../../lib/files/file-preview.tsx';
import { FileStaging } from '../../lib/files/file-staging.tsx';
import { useDownload } from '../../lib/files/use-download.ts';
import { useStaging } from '../../lib/files/use-staging.ts';
import { DetailHead } from '../../lib/layout/detail-head.tsx';
import { FormDialog } from '../../lib/layout/form-dialog.tsx';
import { Facts, Section } from '../../lib/layout/section.tsx';
import { publicationTexts } from '../../lib/publication/publication-texts.ts';
import { useDeed, useOperation } from '../../lib/queries.ts';
import { WaitingBadge } from '../../lib/waiting/waiting-mark.tsx';
import { useAudience } from './document-columns.tsx';
import { EditDocument } from './document-form.tsx';
import { type DocumentRow, DocumentState, stateOf } from './document-state.tsx';
import classes from './documents.module.css';
import { documentsTexts } from './documents-texts.ts';
import { useDocumentsPublication } from './use-documents-publication.ts';

interface DocumentDetailProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** A document: what it is, who sees it, its file in place and its versions. */
export function DocumentDetail({ id, onClose }: DocumentDetailProps) {
  const { data, error, refetch } = useOperation('documents.get', { id });
  const [shown, setShown] = useState<string | null>(null);
  if (error !== null && data === undefined) {
    return <LoadError code={error.code} details={error.details} onRetry={() => void refetch()} />;
  }
  if (data === undefined) return <DetailSkeleton />;
  const version = data.versions.find((one) => one.id === shown) ?? data.versions[0];
  return (
    <div className={classes.detail}>
      <Head document={data} onClose={onClose} />
      <div className={classes.body}>
        <Stack gap="md" className={classes.side}>
          <About document={data} />
          <Versions document={data} shown={version?.id ?? null} onShow={setShown} />
        </Stack>
        <div className={classes.preview}>
          {version !== undefined && <FilePreview key={version.id} file={version} />}
        </div>
      </div>
    </div>
  );
}

const sentences = {
  draft: 'explainDraft',
  queued: 'explainQueued',
  upload: 'explainUpload',
  published: 'explainPublished',
} as const;

function Head({ document, onClose }: { readonly document: DocumentRow; readonly onClose: () => void }) {
  const t = useTexts(documentsTexts);
  const words = useTexts(publicationTexts);
  const common = useTexts(commonTexts);
  const [editing, setEditing] = useState(false);
  const { publish, withdraw, remove, running } = useDocumentsPublication();
  const { id, title, audienceGroups, audiencePersonIds } = document;
  const nobody = audienceGroups.length === 0 && audiencePersonIds.length === 0;
  return (
    <>
      <DetailHead
        title={title}
        titleLines={2}
        state={
          <>
            <DocumentState document={document} />
            <WaitingBadge id={id} />
          </>
        }
        note={
          <Text c="dimmed" size="xs">
            {nobody && document.state === 'draft' ? t('audienceMissing') : t(sentences[stateOf(document)])}
          </Text>
        }
        deeds={
          <>
            {document.state === 'draft' ? (
              <Button
                leftSection={<IconWorldUpload size={16} />}
                loading={running}
                onClick={() => (nobody ? setEditing(true) : void publish([id]))}
              >
                {words('publish')}
              </Button>
            ) : (
              <Button
                variant="default"
                leftSection={<IconArrowBackUp size={16} />}
                loading={running}
                onClick={() => void withdraw([id])}
              >
                {words('withdraw')}
              </Button>
            )}
            <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setEditing(true)}>
              {common('edit')}
            </Button>
          </>
        }
        menu={
          <Menu.Item
            color="alarm"
            leftSection={<IconTrash size={16} />}
            onClick={async () => {
              if (await remove([id], t('deletedOne', { name: title }))) onClose();
            }}
          >
            {t('deleteDocument')}
          </Menu.Item>
        }
        onClose={onClose}
      />
      {editing && <EditDocument document={document} onClose={() => setEditing(false)} />}
    </>
  );
}

function About({ document }: { readonly document: DocumentRow }) {
  const t = useTexts(documentsTexts);
  const language = useLanguage();
  const now = useNow();
  const audience = useAudience();
  const dated = document.periodFrom !== null || document.periodTo !== null;
  return (
    <Section title={t('facts')}>
      <Facts
        facts={[
          {
            label: t('property'),
            value: (
              <Link className={classes.link} to={`/properties/${document.propertyId}`}>
                {document.propertyNumber} · {document.propertyName}
              </Link>
            ),
          },
          { label: t('category'), value: document.categoryName ?? t('categoryNone') },
          { label: t('audience'), value: audience(document) },
          {
            label: t('period'),
            value: dated ? formatPeriod(document.periodFrom, document.periodTo, language) : t('undated'),
          },
          { label: t('created'), value: formatWhen(document.createdAt, now, language) },
          {
            label: t('published'),
            value: document.publishedAt === null ? null : formatWhen(document.publishedAt, now, language),
          },
        ]}
      />
    </Section>
  );
}

interface VersionsProps {
  readonly document: DocumentRow;
  readonly shown: string | null;
  readonly onShow: (id: string) => void;
}

function Versions({ document, shown, onShow }: VersionsProps) {
  const t = useTexts(documentsTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const now = useNow();
  const download = useDownload();
  const [adding, setAdding] = useState(false);
  const note = (file: FileRow, index: number) =>
    [
      formatFileSize(file.size, language),
      formatWhen(file.createdAt, now, language),
      ...(index === 0 ? [t('current')] : []),
      ...(file.uploadPending ? [t('uploadPending')] : []),
      ...(file.local ? [] : [t('notHere')]),
    ].join(' · ');
  return (
    <Section
      title={t('versions')}
      actions={
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconFilePlus size={16} />}
          onClick={() => setAdding(true)}
        >
          {t('newVersion')}
        </Button>
      }
    >
      <ul className={classes.versions}>
        {document.versions.map((file, index) => (
          <li key={file.id} data-shown={file.id === shown || undefined}>
            <button
              type="button"
              className={classes.version}
              aria-pressed={file.id === shown}
              title={t('showVersion', { when: formatWhen(file.createdAt, now, language) })}
              onClick={() => onShow(file.id)}
            >
              <FileIcon {...file} size={20} />
              <span>
                <span className={classes.fileName}>{file.fileName}</span>
                <small>{note(file, index)}</small>
              </span>
            </button>
            <ActionIcon
              aria-label={`${common('download')}: ${file.fileName}`}
              title={common('download')}
              onClick={() => download(file)}
            >
              <IconDownload size={16} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {adding && <NewVersion id={document.id} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function NewVersion({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const t = useTexts(documentsTexts);
  const staging = useStaging();
  const { run, running } = useDeed('documents.addVersion');
  const [missing, setMissing] = useState(false);
  const submit = async () => {
    const [file] = staging.staged;
    if (file === undefined) {
      setMissing(!staging.busy);
      return;
    }
    if ((await run({ id, file })) === null) return;
    showDone(t('versionAdded'));
    onClose();
  };
  return (
    <FormDialog
      title={t('newVersion')}
      submitLabel={t('addVersion')}
      onClose={onClose}
      onSubmit={(event) => {
        event?.preventDefault();
        void submit();
      }}
      running={running || staging.busy}
      dirty={staging.items.length > 0}
    >
      <FileStaging staging={staging} multiple={false} label={t('dropFile')} />
      {missing && staging.items.length === 0 && (
        <Text size="xs" c="alarm" role="alert">
          {t('fileNeeded')}
        </Text>
      )}
      <Text c="dimmed">{t('versionHint')}</Text>
    </FormDialog>
  );
}
