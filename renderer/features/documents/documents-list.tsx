import { Button, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import type { PublicationState } from '../../../shared/features/documents/model.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { DataGrid } from '../../lib/grid/data-grid.tsx';
import { PropertySelect } from '../../lib/pickers/property-select.tsx';
import { PublicationDeeds } from '../../lib/publication/publication-deeds.tsx';
import { PublicationStateSelect } from '../../lib/publication/publication-state-select.tsx';
import { useOperation } from '../../lib/queries.ts';
import { useDocumentColumns } from './document-columns.tsx';
import { documentsTexts } from './documents-texts.ts';
import { useDocumentsPublication } from './use-documents-publication.ts';

interface Filters {
  readonly propertyId: string | null;
  readonly categoryId: string | null;
  readonly state: PublicationState | null;
}

const noFilters: Filters = { propertyId: null, categoryId: null, state: null };

interface DocumentsListProps {
  /** Null lists those of all properties. */
  readonly propertyId: string | null;
  readonly openId: string | null;
  readonly onOpen: (id: string | null) => void;
  readonly onCreate: () => void;
  readonly actions?: ReactNode;
}

/** The list of documents, of all properties or of one. */
export function DocumentsList({ propertyId, openId, onOpen, onCreate, actions }: DocumentsListProps) {
  const t = useTexts(documentsTexts);
  const { data: lists } = useOperation('settings.lists', {});
  const publication = useDocumentsPublication();
  const [filters, setFilters] = useState(noFilters);
  const columns = useDocumentColumns({ narrow: openId !== null, withProperty: propertyId === null });
  const filter = useMemo(() => {
    const at = propertyId ?? filters.propertyId;
    return {
      ...(at === null ? {} : { propertyId: at }),
      ...(filters.categoryId === null ? {} : { categoryId: filters.categoryId }),
      ...(filters.state === null ? {} : { state: filters.state }),
    };
  }, [propertyId, filters]);
  return (
    <DataGrid
      label={t('documents')}
      operation="documents.list"
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
                w={200}
                value={filters.propertyId}
                onChange={(value) => setFilters({ ...filters, propertyId: value })}
              />
            )}
            <Select
              aria-label={t('category')}
              placeholder={t('categoryAll')}
              clearable
              w={168}
              data={(lists?.categories ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              value={filters.categoryId}
              onChange={(categoryId) => setFilters({ ...filters, categoryId })}
            />
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
          illustration="documents"
          title={t('emptyTitle')}
          action={
            <Button leftSection={<IconPlus size={16} />} onClick={onCreate}>
              {t('newDocument')}
            </Button>
          }
        >
          {t('emptyBody')}
        </EmptyState>
      }
    />
  );
}
