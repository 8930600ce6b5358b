import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { SyncState } from '../../../shared/features/sync/contract.ts';
import type { QueuedDeed } from '../../../shared/features/sync/journal-contract.ts';
import { formatInstant, formatWhen } from '../../../shared/ui/format.ts';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import type { GridColumn } from '../../lib/grid/columns.ts';
import { DataGrid } from '../../lib/grid/data-grid.tsx';
import { Section } from '../../lib/layout/section.tsx';
import { useOperation } from '../../lib/queries.ts';
import { RowLink } from './row-link.tsx';
import { deedWords } from './state-words.ts';
import classes from './sync.module.css';
import { syncTexts } from './sync-texts.ts';

const everything = {};
/** Pixels: of a row and the head, and of the whole where there are many. */
const [row, head, most] = [32, 30, 350];

/** What waits to be sent, in the order in which it goes. */
export function QueueSection({ state }: { readonly state: SyncState }) {
  const t = useTexts(syncTexts);
  const columns = useColumns();
  const pending = state.pendingChanges;
  // Deeds, of which one may be many changes.
  const { data } = useOperation('sync.queue', { limit: 1 }, { enabled: pending > 0, keepPrevious: true });
  const deeds = data?.total ?? 0;
  return (
    <Section title={t('queue')} order={2}>
      {pending === 0 ? (
        <Text c="dimmed">{t(state.pendingUploads > 0 ? 'queueOnlyFiles' : 'queueEmpty')}</Text>
      ) : (
        <>
          <Text c="dimmed" mb="sm">
            {t('queueHint')}
          </Text>
          <div className={classes.grid} style={{ height: Math.min(most, head + deeds * row) }}>
            <DataGrid
              label={t('queue')}
              operation="sync.queue"
              filter={everything}
              searchable={false}
              columns={columns}
              empty={<Text p="md">{t('queueEmpty')}</Text>}
            />
          </div>
        </>
      )}
    </Section>
  );
}

function useColumns(): readonly GridColumn<QueuedDeed>[] {
  const t = useTexts(syncTexts);
  const language = useLanguage();
  const now = useNow();
  return useMemo(
    () => [
      {
        id: 'when',
        header: t('when'),
        width: 120,
        cell: ({ createdAt }) => (
          <span title={formatInstant(createdAt, language)}>{formatWhen(createdAt, now, language)}</span>
        ),
      },
      { id: 'what', header: t('what'), cell: (deed) => <RowLink row={deed.row} /> },
      {
        id: 'deed',
        header: t('deed'),
        cell: ({ deed, row, fields, more, isImport }) => {
          const words = deedWords({ deed, entity: row.entity, fields, more }, language);
          return isImport ? `${t('imported')}: ${words}` : words;
        },
      },
      { id: 'place', header: t('place'), width: 200, cell: ({ row }) => row.place },
    ],
    [t, language, now],
  );
}
