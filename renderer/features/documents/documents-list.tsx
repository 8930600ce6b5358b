import { Button, Select } from '@mantine/core';
import { IconArrowBackUp, IconPlus, IconTrash, IconWorldUpload } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import { publicationStates } from '../../../shared/features/documents/model.ts';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { DataGrid } from '../../lib/grid/data-grid.tsx';
import { PropertySelect } from '../../lib/pickers/property-select.tsx';
import { useOperation } from '../../lib/queries.ts';
import { useDocumentColumns } from './document-columns.tsx';
import { documentsTexts } from './documents-texts.ts';
import { usePublication } from './use-publication.ts';

interface Filters {
  readonly propertyId: string | null;
  readonly categoryId: string | null;
  readonly state: string | null;
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
  const [filters, setFilters] = useState(noFilters);
  const columns = useDocumentColumns({ narrow: openId !== null, withProperty: propertyId === null });
  const filter = useMemo(() => {
    const at = propertyId ?? filters.propertyId;
    const state = publicationStates.find((key) => key === filters.state);
    return {
      ...(at === null ? {} : { propertyId: at }),
      ...(filters.categoryId === null ? {} : { categoryId: filters.categoryId }),
      ...(state === undefined ? {} : { state }),
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

interface DeedsProps {
  readonly ids: readonly string[];
  readonly onDone: (removed: boolean) => void;
}

function Deeds({ ids, onDone }: DeedsProps) {
  const t = useTexts(documentsTexts);
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
        {t('publish')}
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
