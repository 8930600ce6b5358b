import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { HistoryEntry } from '../../../shared/features/sync/journal-contract.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { useErrorText } from '../../../shared/ui/error-texts.ts';
import { formatCount, formatFileSize, formatInstant, formatWhen } from '../../../shared/ui/format.ts';
import { StatusBadge } from '../../../shared/ui/status-badge.tsx';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import type { GridColumn } from '../../lib/grid/columns.ts';
import { DataGrid } from '../../lib/grid/data-grid.tsx';
import { secondsWords } from './state-words.ts';
import { syncTexts } from './sync-texts.ts';

const everything = {};

/** Verlauf: when this desk synced, what moved and what did not work. */
export function HistoryPart() {
  const t = useTexts(syncTexts);
  return (
    <DataGrid
      label={t('history')}
      operation="sync.history"
      filter={everything}
      searchable={false}
      columns={useColumns()}
      empty={
        <EmptyState illustration="stairwell" title={t('historyEmpty')} headingOrder={2}>
          {t('historyEmptyBody')}
        </EmptyState>
      }
    />
  );
}

function useColumns(): readonly GridColumn<HistoryEntry>[] {
  const t = useTexts(syncTexts);
  const language = useLanguage();
  const now = useNow();
  const say = useErrorText();
  return useMemo(() => {
    const count = (number: number) => (number === 0 ? '–' : formatCount(number, language));
    const duration = ({ startedAt, endedAt }: HistoryEntry) => {
      const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
      return seconds < 10 ? t('moment') : secondsWords(seconds, language);
    };
    return [
      {
        id: 'startedAt',
        header: t('begin'),
        width: 150,
        cell: (row) => (
          <span title={formatInstant(row.startedAt, language)}>{formatWhen(row.startedAt, now, language)}</span>
        ),
      },
      { id: 'duration', header: t('duration'), width: 150, cell: duration },
      { id: 'sent', header: t('sent'), width: 96, align: 'right', cell: (row) => count(row.sent) },
      { id: 'received', header: t('received'), width: 96, align: 'right', cell: (row) => count(row.received) },
      {
        id: 'files',
        header: t('filesMoved'),
        width: 232,
        cell: (row) =>
          [
            row.filesSent > 0 ? t('filesUpCount', { number: formatCount(row.filesSent, language) }) : '',
            row.filesReceived > 0 ? t('filesDownCount', { number: formatCount(row.filesReceived, language) }) : '',
            row.bytesSent + row.bytesReceived > 0 ? formatFileSize(row.bytesSent + row.bytesReceived, language) : '',
          ]
            .filter(Boolean)
            .join(' · ') || '–',
      },
      {
        id: 'result',
        header: t('result'),
        cell: (row) => <Result entry={row} problem={row.code === null ? null : say(row.code)} />,
      },
    ];
  }, [t, language, now, say]);
}

interface ResultProps {
  readonly entry: HistoryEntry;
  readonly problem: { readonly title: string; readonly sentence: string } | null;
}

function Result({ entry, problem }: ResultProps) {
  const t = useTexts(syncTexts);
  const language = useLanguage();
  const refused =
    entry.refused > 0 ? t('refusedSome', { count: entry.refused, number: formatCount(entry.refused, language) }) : null;
  if (problem === null) {
    return (
      <StatusBadge tone={refused === null ? 'good' : 'problem'} size="sm">
        {refused ?? t('success')}
      </StatusBadge>
    );
  }
  const tries = entry.tries > 1 ? t('tries', { count: entry.tries, number: formatCount(entry.tries, language) }) : '';
  return (
    <span title={problem.sentence} style={{ display: 'inline-flex', gap: 8, alignItems: 'center', maxWidth: '100%' }}>
      <StatusBadge tone="waiting" size="sm">
        {problem.title}
      </StatusBadge>
      <Text span size="xs" c="dimmed" truncate>
        {[tries, refused].filter(Boolean).join(' · ')}
      </Text>
    </span>
  );
}
