import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { formatArea, formatCount, formatRooms } from '../../../shared/ui/format.ts';
import { labelTexts } from '../../../shared/ui/label-texts.ts';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import type { GridColumn } from '../../lib/grid/columns.ts';
import { DataGrid } from '../../lib/grid/data-grid.tsx';
import { DeleteDeed } from '../../lib/grid/delete-deed.tsx';
import type { RowIn } from '../../lib/grid/list-operations.ts';
import { propertyTexts } from './property-texts.ts';
import { UnitForm } from './unit-form.tsx';

type Row = RowIn<'properties.listUnits'>;

function useColumns(): readonly GridColumn<Row>[] {
  const t = useTexts(propertyTexts);
  const label = useTexts(labelTexts);
  const language = useLanguage();
  return useMemo(
    () => [
      {
        id: 'number',
        header: t('unitNumber'),
        width: 88,
        sortable: true,
        cell: (row) => <strong className="tp-figures">{row.number}</strong>,
      },
      { id: 'location', header: t('location'), width: 128, sortable: true, cell: (row) => row.location },
      { id: 'usage', header: t('usage'), width: 100, sortable: true, cell: (row) => label(`usage.${row.usage}`) },
      {
        id: 'areaHundredths',
        header: t('area'),
        width: 96,
        align: 'right',
        sortable: true,
        cell: (row) => (row.areaHundredths === null ? '' : formatArea(row.areaHundredths, language)),
      },
      {
        id: 'roomsTenths',
        header: t('rooms'),
        width: 72,
        align: 'right',
        sortable: true,
        cell: (row) => (row.roomsTenths === null ? '' : formatRooms(row.roomsTenths, language)),
      },
      {
        id: 'share',
        header: t('share'),
        width: 104,
        align: 'right',
        cell: (row) =>
          row.shareNumerator === null || row.shareDenominator === null
            ? ''
            : `${formatCount(row.shareNumerator, language)} / ${formatCount(row.shareDenominator, language)}`,
      },
      {
        id: 'occupants',
        header: t('occupants'),
        cell: (row) => {
          const names = row.occupants.map(({ name }) => name).join(' · ');
          return <span title={names}>{names}</span>;
        },
      },
    ],
    [t, label, language],
  );
}

/** Einheiten of a property. */
export function UnitsTab({ propertyId }: { readonly propertyId: string }) {
  const t = useTexts(propertyTexts);
  const columns = useColumns();
  const filter = useMemo(() => ({ propertyId }), [propertyId]);
  const [editing, setEditing] = useState<Row | 'new' | null>(null);
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing('new')}>
      {t('newUnit')}
    </Button>
  );
  return (
    <>
      <DataGrid
        label={t('units')}
        operation="properties.listUnits"
        filter={filter}
        defaultSort="number"
        columns={columns}
        onOpen={setEditing}
        actions={create}
        bulk={(ids, clear) => (
          <DeleteDeed
            deed="properties.removeUnits"
            undo="properties.restoreUnits"
            ids={ids}
            sentence={t('unitsDeleted', { count: ids.length })}
            onDone={clear}
          />
        )}
        empty={
          <EmptyState illustration="door-bell" title={t('unitsEmptyTitle')} action={create} compact>
            {t('unitsEmptyBody')}
          </EmptyState>
        }
      />
      {editing !== null && (
        <UnitForm propertyId={propertyId} unit={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </>
  );
}
