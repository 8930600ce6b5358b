import { Progress, Stack, Text } from '@mantine/core';
import type { SyncState } from '../../../shared/features/sync/contract.ts';
import { formatCount, formatFileSize } from '../../../shared/ui/format.ts';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { Section } from '../../lib/layout/section.tsx';
import { secondsWords } from './state-words.ts';
import classes from './sync.module.css';
import { syncTexts } from './sync-texts.ts';

type Transfer = SyncState['uploads'][number];

/** Files on their way, with speed and the time that is left, and those that wait. */
export function FilesSection({ state }: { readonly state: SyncState }) {
  const t = useTexts(syncTexts);
  const { uploads, downloads, pendingUploads } = state;
  if (uploads.length + downloads.length + pendingUploads === 0) return null;
  return (
    <Section title={t('files')} order={2}>
      <Stack gap="md">
        {uploads.length > 0 && <Lane title={t('filesUp')} files={uploads} />}
        <Waiting state={state} />
        {downloads.length > 0 && <Lane title={t('filesDown')} files={downloads} />}
      </Stack>
    </Section>
  );
}

function Lane({ title, files }: { readonly title: string; readonly files: readonly Transfer[] }) {
  return (
    <Stack gap="sm">
      <Text size="xs" fw={600} c="dimmed">
        {title}
      </Text>
      {files.map((file) => (
        <OneFile key={file.sha256} file={file} />
      ))}
    </Stack>
  );
}

function OneFile({ file }: { readonly file: Transfer }) {
  const t = useTexts(syncTexts);
  const language = useLanguage();
  const { fileName, sent, size, bytesPerSecond } = file;
  const words = [
    t('transferred', { sent: formatFileSize(sent, language), size: formatFileSize(size, language) }),
    ...(bytesPerSecond > 0
      ? [
          t('speed', { speed: formatFileSize(bytesPerSecond, language) }),
          t('remaining', { time: secondsWords((size - sent) / bytesPerSecond, language) }),
        ]
      : []),
  ].join(' · ');
  return (
    <div className={classes.transfer}>
      <Text truncate>{fileName}</Text>
      <Text size="xs" c="dimmed" className="tp-figures">
        {words}
      </Text>
      <Progress
        className={classes.transferBar}
        value={size === 0 ? 100 : (sent / size) * 100}
        aria-label={`${fileName}: ${words}`}
      />
    </div>
  );
}

/** The files behind those that are on their way; all of them while nothing moves. */
function Waiting({ state }: { readonly state: SyncState }) {
  const t = useTexts(syncTexts);
  const language = useLanguage();
  const { uploads, pendingUploads, pendingUploadBytes } = state;
  const size = formatFileSize(pendingUploadBytes, language);
  if (uploads.length === 0) {
    if (pendingUploads === 0) return null;
    const number = formatCount(pendingUploads, language);
    return <Text>{t('filesWaiting', { count: pendingUploads, number, size })}</Text>;
  }
  const count = pendingUploads - uploads.length;
  const speed = uploads.reduce((sum, file) => sum + file.bytesPerSecond, 0);
  if (count <= 0) return null;
  return (
    <Text size="sm" c="dimmed">
      {[
        t('filesMore', { count, number: formatCount(count, language) }),
        t('filesLeft', { size }),
        ...(speed > 0 ? [t('remaining', { time: secondsWords(pendingUploadBytes / speed, language) })] : []),
      ].join(' · ')}
    </Text>
  );
}
