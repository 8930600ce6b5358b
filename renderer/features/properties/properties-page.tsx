import { Group } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { formatCount } from '../../../shared/ui/format.ts';
import { labelTexts } from '../../../shared/ui/label-texts.ts';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import type { GridColumn } from '../../lib/grid/columns.ts';
import { DataGrid } from '../../lib/grid/data-grid.tsx';
import { DeleteDeed } from '../../lib/grid/delete-deed.tsx';
import type { RowIn } from '../../lib/grid/list-operations.ts';
import { CreateButton } from '../../lib/layout/create-button.tsx';
import { ImportOrCreate } from '../../lib/layout/import-or-create.tsx';
import { Page, Split } from '../../lib/layout/page.tsx';
import { cityLine, streetLine } from './address.ts';
import { PropertyDetail } from './property-detail.tsx';
import { PropertyForm } from './property-form.tsx';
import type { PropertyTab } from './property-tab.ts';
import { propertyTexts } from './property-texts.ts';

type Row = RowIn<'properties.list'>;

const noFilter = {};

function useColumns(narrow: boolean): readonly GridColumn<Row>[] {
  const t = useTexts(propertyTexts);
  const label = useTexts(labelTexts);
  const language = useLanguage();
  return useMemo(() => {
    const number: GridColumn<Row> = {
      id: 'number',
      header: t('number'),
      width: 96,
      sortable: true,
      cell: (row) => <strong className="tp-figures">{row.number}</strong>,
    };
    const name: GridColumn<Row> = { id: 'name', header: t('name'), sortable: true, cell: (row) => row.name };
    if (narrow) return [number, name];
    return [
      number,
      name,
      { id: 'kind', header: t('kind'), width: 132, sortable: true, cell: (row) => label(`kind.${row.kind}`) },
      { id: 'address', header: t('street'), sortable: true, cell: streetLine },
      { id: 'city', header: t('city'), sortable: true, cell: cityLine },
      {
        id: 'unitCount',
        header: t('units'),
        width: 96,
        align: 'right',
        sortable: true,
        cell: (row) => formatCount(row.unitCount, language),
      },
      {
        id: 'personCount',
        header: t('people'),
        width: 96,
        align: 'right',
        sortable: true,
        cell: (row) => formatCount(row.personCount, language),
      },
      {
        id: 'online',
        header: t('portal'),
        width: 104,
        sortable: true,
        cell: (row) =>
          row.online && (
            <Group gap={4} wrap="nowrap" c="var(--mantine-color-moss-text)">
              <IconCircleCheck size={14} aria-hidden="true" />
              {t('online')}
            </Group>
          ),
      },
    ];
  }, [t, label, language, narrow]);
}

/** Objekte: the list, and the property that is open beside it. */
export function PropertiesPage({ tabs }: { readonly tabs: readonly PropertyTab[] }) {
  const t = useTexts(propertyTexts);
  const { id = null, tab = null } = useParams();
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const columns = useColumns(id !== null);
  const create = <CreateButton label={t('newProperty')} narrow={id !== null} onClick={() => setCreating(true)} />;
  const bulk = (ids: readonly string[], clear: () => void) => (
    <DeleteDeed
      deed="properties.remove"
      undo="properties.restore"
      ids={ids}
      sentence={t('deletedMany', { count: ids.length })}
      onDone={() => {
        clear();
        if (id !== null && ids.includes(id)) void navigate('/properties');
      }}
    />
  );
  const list = (
    <Page title={t('properties')} fill actions={create}>
      <DataGrid
        label={t('properties')}
        operation="properties.list"
        filter={noFilter}
        defaultSort="number"
        columns={columns}
        openId={id}
        onOpen={(row) => void navigate(`/properties/${row.id}${tab === null ? '' : `/${tab}`}`)}
        bulk={bulk}
        empty={
          <EmptyState
            illustration="house"
            title={t('emptyTitle')}
            action={<ImportOrCreate createLabel={t('newProperty')} onCreate={() => setCreating(true)} />}
          >
            {t('emptyBody')}
          </EmptyState>
        }
      />
    </Page>
  );
  return (
    <>
      <Split list={list} detail={id === null ? null : <PropertyDetail key={id} id={id} tab={tab} tabs={tabs} />} />
      {creating && <PropertyForm property={null} onClose={() => setCreating(false)} />}
    </>
  );
}
