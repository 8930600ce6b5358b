import { useMemo } from 'react';
import { useTexts } from '../../../shared/ui/texts.ts';
import type { GridColumn } from '../../lib/grid/columns.ts';
import type { RowIn } from '../../lib/grid/list-operations.ts';
import { useGroupLabel } from '../../lib/pickers/groups.tsx';
import { AccountBadge } from './account-badge.tsx';
import { peopleTexts } from './people-texts.ts';

type Row = RowIn<'people.list'>;

/** "107/03 Mieter · 101 Eigentümer" */
function placesOf(row: Row, groupLabel: ReturnType<typeof useGroupLabel>): string {
  return row.places
    .map(({ propertyNumber, unitNumber, group }) => {
      const place = unitNumber === null ? propertyNumber : `${propertyNumber}/${unitNumber}`;
      return `${place} ${groupLabel(group)}`;
    })
    .join(' · ');
}

/** Columns of the people; beside an open person only the name. */
export function usePeopleColumns(narrow: boolean): readonly GridColumn<Row>[] {
  const t = useTexts(peopleTexts);
  const groupLabel = useGroupLabel();
  return useMemo(() => {
    const name: GridColumn<Row> = {
      id: 'name',
      header: t('name'),
      sortable: true,
      cell: (row) => <strong style={{ fontWeight: 500 }}>{row.name}</strong>,
    };
    const places: GridColumn<Row> = {
      id: 'places',
      header: t('places'),
      cell: (row) => {
        const words = placesOf(row, groupLabel);
        return <span title={words}>{words}</span>;
      },
    };
    if (narrow) return [name, { ...places, width: 128 }];
    return [
      name,
      { id: 'number', header: t('number'), width: 96, sortable: true, cell: (row) => row.number },
      places,
      { id: 'email', header: t('email'), sortable: true, cell: (row) => row.email },
      { id: 'phone', header: t('phone'), width: 144, sortable: true, cell: (row) => row.mobile ?? row.phone },
      { id: 'city', header: t('city'), width: 128, sortable: true, cell: (row) => row.city },
      {
        id: 'accountState',
        header: t('account'),
        width: 168,
        sortable: true,
        cell: (row) => <AccountBadge state={row.accountState} />,
      },
    ];
  }, [t, groupLabel, narrow]);
}
