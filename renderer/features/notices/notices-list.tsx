import { Button } from '@mantine/core';
import { IconPinned, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import type { PublicationState } from '../../../shared/features/documents/model.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { formatPeriod } from '../../../shared/ui/format.ts';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import type { GridColumn } from '../../lib/grid/columns.ts';
import { DataGrid } from '../../lib/grid/data-grid.tsx';
import { propertyColumn } from '../../lib/grid/property-column.tsx';
import { useGroupLabel } from '../../lib/pickers/groups.tsx';
import { PropertySelect } from '../../lib/pickers/property-select.tsx';
import { PublicationDeeds } from '../../lib/publication/publication-deeds.tsx';
import { PublicationStateSelect } from '../../lib/publication/publication-state-select.tsx';
import { publicationTexts } from '../../lib/publication/publication-texts.ts';
import { type NoticeRow, NoticeState } from './notice-state.tsx';
import classes from './notices.module.css';
import { noticesTexts } from './notices-texts.ts';
import { useNoticesPublication } from './use-notices-publication.ts';

function useColumns(narrow: boolean, withProperty: boolean): readonly GridColumn<NoticeRow>[] {
  const t = useTexts(noticesTexts);
  const words = useTexts(publicationTexts);
  const language = useLanguage();
  const groupLabel = useGroupLabel();
  return useMemo(() => {
    const title: GridColumn<NoticeRow> = {
      id: 'title',
      header: t('title'),
      sortable: true,
      cell: (row) => (
        <span className={classes.title}>
          {row.pinned && <IconPinned size={16} role="img" aria-label={t('pinnedBadge')} />}
          <span title={row.title}>{row.title}</span>
        </span>
      ),
    };
    const state: GridColumn<NoticeRow> = {
      id: 'state',
      header: words('state'),
      width: narrow ? 128 : 208,
      sortable: true,
      cell: (row) => <NoticeState notice={row} />,
    };
    if (narrow) return [title, state];
    return [
      title,
      ...(withProperty ? [propertyColumn<NoticeRow>(t('property'))] : []),
      {
        id: 'audience',
        header: t('audience'),
        cell: (row) => {
          const words = row.audienceGroups.map(groupLabel).join(', ');
          return words === '' ? t('audienceNobody') : <span title={words}>{words}</span>;
        },
      },
      {
        id: 'visibleFrom',
        header: t('visible'),
        width: 176,
        sortable: true,
        cell: (row) =>
          row.visibleFrom === null && row.visibleUntil === null
            ? t('always')
            : formatPeriod(row.visibleFrom, row.visibleUntil, language),
      },
      { id: 'author', header: t('author'), width: 152, cell: (row) => row.authorName },
      state,
    ];
  }, [t, words, language, groupLabel, narrow, withProperty]);
}

interface Filters {
  readonly propertyId: string | null;
  readonly state: PublicationState | null;
}

const noFilters: Filters = { propertyId: null, state: null };

interface NoticesListProps {
  /** Null lists those of all properties. */
  readonly propertyId: string | null;
  readonly openId: string | null;
  readonly onOpen: (id: string | null) => void;
  readonly onCreate: () => void;
  readonly actions?: ReactNode;
}

/** The list of notices, of all properties or of one. */
export function NoticesList({ propertyId, openId, onOpen, onCreate, actions }: NoticesListProps) {
  const t = useTexts(noticesTexts);
  const publication = useNoticesPublication();
  const [filters, setFilters] = useState(noFilters);
  const columns = useColumns(openId !== null, propertyId === null);
  const filter = useMemo(() => {
    const at = propertyId ?? filters.propertyId;
    return { ...(at === null ? {} : { propertyId: at }), ...(filters.state === null ? {} : { state: filters.state }) };
  }, [propertyId, filters]);
  return (
    <DataGrid
      label={t('notices')}
      operation="notices.list"
      filter={filter}
      defaultSort="-createdAt"
      columns={columns}
      openId={openId}
      onOpen={(row) => onOpen(row.id)}
      actions={actions}
      filters={
        openId === null && (
          <>
            {propertyId === null && (
              <PropertySelect
                aria-label={t('property')}
                placeholder={t('property')}
                clearable
                w={220}
                value={filters.propertyId}
                onChange={(value) => setFilters({ ...filters, propertyId: value })}
              />
            )}
            <PublicationStateSelect value={filters.state} onChange={(state) => setFilters({ ...filters, state })} />
          </>
        )
      }
      filtered={Object.values(filters).some((value) => value !== null)}
      onResetFilters={() => setFilters(noFilters)}
      bulk={(ids, clear) => (
        <PublicationDeeds
          ids={ids}
          publication={publication}
          removed={t('deletedMany', { count: ids.length })}
          onDone={(removed) => {
            clear();
            if (removed && openId !== null && ids.includes(openId)) onOpen(null);
          }}
        />
      )}
      empty={
        <EmptyState
          illustration="notice-board"
          title={t('emptyTitle')}
          action={
            <Button leftSection={<IconPlus size={16} />} onClick={onCreate}>
              {t('newNotice')}
            </Button>
          }
        >
          {t('emptyBody')}
        </EmptyState>
      }
    />
  );
}
