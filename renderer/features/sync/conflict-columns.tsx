import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { ConflictLine, VersionAuthor } from '../../../shared/features/sync/journal-contract.ts';
import type { Conflict } from '../../../shared/features/sync/model.ts';
import { formatInstant, formatWhen } from '../../../shared/ui/format.ts';
import { StatusBadge, type Tone } from '../../../shared/ui/status-badge.tsx';
import { type Texts, useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import type { GridColumn } from '../../lib/grid/columns.ts';
import { journalTexts } from './journal-texts.ts';
import { entityName, fieldName } from './state-words.ts';

type Words = ReturnType<typeof useTexts<GermanOf<typeof journalTexts>>>;
type GermanOf<T> = T extends Texts<infer German> ? German : never;

/** How bad an open entry is: a value that is gone, a change that was not taken, or only something to know. */
export const conflictTones: Readonly<Record<Conflict['kind'], Tone>> = {
  overwritten: 'waiting',
  'edited-and-deleted': 'waiting',
  'close-unseen': 'waiting',
  rejected: 'problem',
  'clock-clamped': 'neutral',
};

/** Who wrote a version, in few words. */
export function authorName({ kind, name }: VersionAuthor, t: Words): string {
  if (kind === 'server') return t('server');
  if (name !== '') return name;
  return kind === 'account' ? t('resident') : t('somebody');
}

/** The columns of the journal; beside an open entry only what tells it from the others. */
export function useConflictColumns({ narrow }: { readonly narrow: boolean }): readonly GridColumn<ConflictLine>[] {
  const t = useTexts(journalTexts);
  const language = useLanguage();
  const now = useNow();
  return useMemo(() => {
    const kind: GridColumn<ConflictLine> = {
      id: 'kind',
      header: t('kind'),
      width: 190,
      sortable: true,
      cell: (row) => (
        <StatusBadge size="sm" tone={row.resolvedAt === null ? conflictTones[row.kind] : 'off'}>
          {t(`kind.${row.kind}`)}
        </StatusBadge>
      ),
    };
    const row: GridColumn<ConflictLine> = {
      id: 'name',
      header: t('row'),
      sortable: true,
      cell: ({ row: facts, resolvedAt }) => (
        <Text span fw={resolvedAt === null ? 500 : 400} c={resolvedAt === null ? undefined : 'dimmed'}>
          {facts.name === '' ? entityName(facts.entity, language) : facts.name}
        </Text>
      ),
    };
    const when: GridColumn<ConflictLine> = {
      id: 'createdAt',
      header: t('when'),
      width: narrow ? 104 : 130,
      sortable: true,
      cell: ({ createdAt }) => (
        <span title={formatInstant(createdAt, language)}>{formatWhen(createdAt, now, language)}</span>
      ),
    };
    if (narrow) return [row, when];
    return [
      kind,
      row,
      {
        id: 'fields',
        header: t('fields'),
        cell: ({ kind: what, row: facts, fields }) =>
          what === 'clock-clamped' ? '' : fields.map((field) => fieldName(facts.entity, field, language)).join(', '),
      },
      {
        id: 'between',
        header: t('between'),
        cell: ({ lostBy, keptBy }) => [...new Set([authorName(lostBy, t), authorName(keptBy, t)])].join(' · '),
      },
      { id: 'place', header: t('place'), width: 170, cell: ({ row: facts }) => facts.place },
      when,
    ];
  }, [t, language, now, narrow]);
}
