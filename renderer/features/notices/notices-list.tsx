import { Button, Select } from '@mantine/core';
import { IconArrowBackUp, IconPinned, IconPlus, IconTrash, IconWorldUpload } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import { publicationStates } from '../../../shared/features/documents/model.ts';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { formatPeriod } from '../../../shared/ui/format.ts';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import type { GridColumn } from '../../lib/grid/columns.ts';
import { DataGrid } from '../../lib/grid/data-grid.tsx';
import { useGroupLabel } from '../../lib/pickers/groups.tsx';
import { PropertySelect } from '../../lib/pickers/property-select.tsx';
import { type NoticeRow, NoticeState } from './notice-state.tsx';
import classes from './notices.module.css';
import { noticesTexts } from './notices-texts.ts';
import { usePublication } from './use-publication.ts';

function useColumns(narrow: boolean, withProperty: boolean): readonly GridColumn<NoticeRow>[] {
  const t = useTexts(noticesTexts);
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
      header: t('state'),
      width: narrow ? 128 : 208,
      sortable: true,
      cell: (row) => <NoticeState notice={row} />,
    };
    if (narrow) return [title, state];
    const property: GridColumn<NoticeRow> = {
      id: 'property',
      header: t('property'),
      sortable: true,
      cell: (row) => (
        <span title={`${row.propertyNumber} · ${row.propertyName}`}>
          {row.propertyNumber} · {row.propertyName}
        </span>
      ),
    };
    return [
      title,
      ...(withProperty ? [property] : []),
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
  }, [t, language, groupLabel, narrow, withProperty]);
}

interface Filters {
  readonly propertyId: string | null;
  readonly state: string | null;
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
  const [filters, setFilters] = useState(noFilters);
  const columns = useColumns(openId !== null, propertyId === null);
  const filter = useMemo(() => {
    const at = propertyId ?? filters.propertyId;
    const state = publicationStates.find((key) => key === filters.state);
    return { ...(at === null ? {} : { propertyId: at }), ...(state === undefined ? {} : { state }) };
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
            <Select
              aria-label={t('state')}
              placeholder={t('stateAll')}
              clearable
              w={200}
              data={publicationStates.map((key) => ({ value: key, label: t(`state.${key}`) }))}
              value={filters.state}
              onChange={(state) => setFilters({ ...filters, state })}
            />
          </>
        )
      }
      filtered={Object.values(filters).some((value) => value !== null)}
      onResetFilters={() => setFilters(noFilters)}
      bulk={(ids, clear) => (
        <Deeds
          ids={ids}
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

interface DeedsProps {
  readonly ids: readonly string[];
  readonly onDone: (removed: boolean) => void;
}

function Deeds({ ids, onDone }: DeedsProps) {
  const t = useTexts(noticesTexts);
  const common = useTexts(commonTexts);
  const { publish, withdraw, remove, running } = usePublication();
  return (
    <>
      <Button
        variant="subtle"
        leftSection={<IconWorldUpload size={16} />}
        disabled={running}
        onClick={async () => {
          if (await publish(ids)) onDone(false);
        }}
      >
        {t('publishMany')}
      </Button>
      <Button
        variant="subtle"
        leftSection={<IconArrowBackUp size={16} />}
        disabled={running}
        onClick={async () => {
          if (await withdraw(ids)) onDone(false);
        }}
      >
        {t('withdraw')}
      </Button>
      <Button
        variant="subtle"
        color="alarm"
        leftSection={<IconTrash size={16} />}
        disabled={running}
        onClick={async () => {
          if (await remove(ids, t('deletedMany', { count: ids.length }))) onDone(true);
        }}
      >
        {common('delete')}
      </Button>
    </>
  );
}
