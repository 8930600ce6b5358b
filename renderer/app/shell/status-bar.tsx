import { Progress } from '@mantine/core';
import { IconAlertTriangle, IconUpload } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { SyncState } from '../../../shared/features/sync/contract.ts';
import { formatCount, formatFileSize } from '../../../shared/ui/format.ts';
import { defineTexts, useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { progressStore, type Progress as Work } from '../../lib/progress.ts';
import { useOperation } from '../../lib/queries.ts';
import { pageStatusStore } from '../../lib/status.ts';
import { useStore } from '../../lib/store.ts';
import classes from './shell.module.css';
import { uploadWords } from './sync-words.ts';

const texts = defineTexts({
  de: {
    import: 'Import läuft',
    stage: 'Datei wird übernommen',
    download: 'Datei wird geholt',
    ready: 'Bereit',
    loading: 'Daten werden geladen',
    conflicts_one: '{{count}} Konflikt',
    conflicts_other: '{{count}} Konflikte',
    rejected_one: '{{count}} Änderung abgelehnt',
    rejected_other: '{{count}} Änderungen abgelehnt',
    sent: '{{sent}} von {{size}}',
  },
  en: {
    import: 'Import running',
    stage: 'Taking in a file',
    download: 'Fetching a file',
    ready: 'Ready',
    loading: 'Loading data',
    conflicts_one: '{{count}} conflict',
    conflicts_other: '{{count}} conflicts',
    rejected_one: '{{count}} change rejected',
    rejected_other: '{{count}} changes rejected',
    sent: '{{sent}} of {{size}}',
  },
});

/** The bottom line: selected rows, background work with progress, uploads, conflicts. */
export function StatusBar() {
  const t = useTexts(texts);
  const language = useLanguage();
  const page = useStore(pageStatusStore);
  const works = useStore(progressStore);
  const { data: sync } = useOperation('sync.state', {});
  const uploads = sync?.uploads ?? [];
  const sent = uploads.reduce((sum, upload) => sum + upload.sent, 0);
  const size = uploads.reduce((sum, upload) => sum + upload.size, 0);
  const pending = sync === undefined || sync.connection === 'not-paired' ? 0 : uploads.length + sync.pendingUploads;
  return (
    <footer className={classes.status}>
      <span role="status">{page ?? t('ready')}</span>
      <div className={classes.statusEnd}>
        {works.map((work) => (
          <WorkBar key={work.id} work={work} label={t(work.task)} />
        ))}
        {sync?.bootstrap != null && sync.bootstrap.phase !== 'cancelled' && (
          <Link to="/sync" className={classes.work}>
            {t('loading')}
            <Progress
              className={classes.bar}
              value={loadedShare(sync.bootstrap)}
              animated={sync.bootstrap.phase === 'finishing'}
              aria-label={t('loading')}
            />
          </Link>
        )}
        {sync !== undefined && pending > 0 && (
          <Link to="/sync" className={classes.work}>
            <IconUpload size={14} aria-hidden="true" />
            {uploadWords(sync, language)}
            {size > 0 && (
              <>
                <Progress
                  className={classes.bar}
                  value={(sent / size) * 100}
                  aria-label={uploadWords(sync, language)}
                />
                {t('sent', { sent: formatFileSize(sent, language), size: formatFileSize(size, language) })}
              </>
            )}
          </Link>
        )}
        {sync !== undefined && sync.rejected > 0 && (
          <Link to="/sync" style={{ color: 'var(--tp-alarm)' }}>
            <IconAlertTriangle size={14} aria-hidden="true" />
            {t('rejected', { count: sync.rejected })}
          </Link>
        )}
        {sync !== undefined && sync.conflicts > 0 && (
          <Link to="/sync/conflicts" style={{ color: 'var(--tp-amber)' }}>
            <IconAlertTriangle size={14} aria-hidden="true" />
            {t('conflicts', { count: sync.conflicts })}
          </Link>
        )}
      </div>
    </footer>
  );
}

/** Per cent of the rows that are here. */
function loadedShare({ phase, rows, totalRows }: NonNullable<SyncState['bootstrap']>): number {
  if (phase === 'finishing') return 100;
  return totalRows === null || totalRows === 0 ? 0 : (rows / totalRows) * 100;
}

function WorkBar({ work, label }: { readonly work: Work; readonly label: string }) {
  const language = useLanguage();
  // Files are counted in bytes, everything else in pieces.
  const amount = (count: number) => (work.task === 'download' ? formatFileSize : formatCount)(count, language);
  const share = work.total === null || work.total === 0 ? 100 : (work.done / work.total) * 100;
  return (
    <span className={classes.work} role="status">
      {label}
      <Progress className={classes.bar} value={share} animated={work.total === null} aria-label={label} />
      {work.total !== null && `${amount(work.done)} / ${amount(work.total)}`}
    </span>
  );
}
