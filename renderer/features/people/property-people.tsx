import { Anchor, Button, Checkbox } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { berlinDate } from '../../../shared/lib/dates.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { formatDateShort } from '../../../shared/ui/format.ts';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import type { GridColumn } from '../../lib/grid/columns.ts';
import { DataGrid } from '../../lib/grid/data-grid.tsx';
import { DeleteDeed } from '../../lib/grid/delete-deed.tsx';
import type { RowIn } from '../../lib/grid/list-operations.ts';
import { useGroupLabel } from '../../lib/pickers/groups.tsx';
import { MembershipForm } from './membership-form.tsx';
import { peopleTexts } from './people-texts.ts';
import { useMembershipState } from './use-membership-state.ts';

type Row = RowIn<'people.listMemberships'>;

function useColumns(today: string): readonly GridColumn<Row>[] {
  const t = useTexts(peopleTexts);
  const language = useLanguage();
  const groupLabel = useGroupLabel();
  const stateOf = useMembershipState(today);
  return useMemo(() => {
    const day = (date: string | null) => (date === null ? '' : formatDateShort(date, language));
    return [
      {
        id: 'person',
        header: t('person'),
        sortable: true,
        cell: (row) => (
          <Anchor component={Link} to={`/people/${row.personId}`} onClick={(event) => event.stopPropagation()}>
            {row.personName}
          </Anchor>
        ),
      },
      { id: 'unit', header: t('unit'), width: 88, sortable: true, cell: (row) => row.unitNumber },
      { id: 'group', header: t('group'), width: 140, sortable: true, cell: (row) => groupLabel(row.group) },
      { id: 'from', header: t('from'), width: 96, sortable: true, cell: (row) => day(row.from) },
      { id: 'to', header: t('to'), width: 96, sortable: true, cell: (row) => day(row.to) },
      {
        id: 'state',
        header: '',
        width: 104,
        cell: (row) => (
          <span style={{ color: row.current ? 'var(--mantine-color-moss-text)' : 'var(--tp-ink-soft)' }}>
            {stateOf(row)}
          </span>
        ),
      },
    ];
  }, [t, language, groupLabel, stateOf]);
}

/** Personen of a property: its memberships, current ones first of all. */
export function PropertyPeople({ propertyId }: { readonly propertyId: string }) {
  const t = useTexts(peopleTexts);
  const today = berlinDate(useNow());
  const columns = useColumns(today);
  const [onlyCurrent, setOnlyCurrent] = useState(true);
  const [editing, setEditing] = useState<Row | 'new' | null>(null);
  const filter = useMemo(
    () => (onlyCurrent ? { propertyId, on: today } : { propertyId }),
    [propertyId, onlyCurrent, today],
  );
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing('new')}>
      {t('newMembership')}
    </Button>
  );
  return (
    <>
      <DataGrid
        label={t('memberships')}
        operation="people.listMemberships"
        filter={filter}
        defaultSort="unit"
        columns={columns}
        onOpen={setEditing}
        actions={create}
        filters={
          <Checkbox
            label={t('onlyCurrent')}
            checked={onlyCurrent}
            onChange={(event) => setOnlyCurrent(event.currentTarget.checked)}
          />
        }
        bulk={(ids, clear) => (
          <DeleteDeed
            deed="people.removeMemberships"
            undo="people.restoreMemberships"
            ids={ids}
            sentence={t('membershipsDeleted', { count: ids.length })}
            onDone={clear}
          />
        )}
        empty={
          <EmptyState illustration="people" title={t('placeEmptyTitle')} action={create} compact>
            {t('placeEmptyBody')}
          </EmptyState>
        }
      />
      {editing !== null && (
        <MembershipForm
          membership={editing === 'new' ? null : editing}
          at={{ propertyId }}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}
