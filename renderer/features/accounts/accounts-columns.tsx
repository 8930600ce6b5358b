import { useMemo } from 'react';
import { formatWhen } from '../../../shared/ui/format.ts';
import { labelTexts } from '../../../shared/ui/label-texts.ts';
import { StatusBadge, toneOfAccount } from '../../../shared/ui/status-badge.tsx';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import type { GridColumn } from '../../lib/grid/columns.ts';
import type { RowIn } from '../../lib/grid/list-operations.ts';
import { useGroupLabel } from '../../lib/pickers/groups.tsx';
import { accountsTexts } from './accounts-texts.ts';

type Row = RowIn<'accounts.list'>;

/** Columns of the accounts; people without one have no dates to show. */
export function useAccountColumns(without: boolean): readonly GridColumn<Row>[] {
  const t = useTexts(accountsTexts);
  const groupLabel = useGroupLabel();
  const language = useLanguage();
  const now = useNow();
  return useMemo(() => {
    const when = (instant: string | null) => (instant === null ? '' : formatWhen(instant, now, language));
    const person: readonly GridColumn<Row>[] = [
      {
        id: 'name',
        header: t('name'),
        sortable: true,
        cell: (row) => <strong style={{ fontWeight: 500 }}>{row.personName}</strong>,
      },
      {
        id: 'places',
        header: t('places'),
        cell: (row) => {
          const words = row.places
            .map(({ propertyNumber, unitNumber, group }) => {
              const place = unitNumber === null ? propertyNumber : `${propertyNumber}/${unitNumber}`;
              return `${place} ${groupLabel(group)}`;
            })
            .join(' · ');
          return <span title={words}>{words}</span>;
        },
      },
      { id: 'email', header: t('email'), sortable: true, cell: (row) => row.loginEmail ?? row.email },
    ];
    if (without) return person;
    return [
      ...person,
      { id: 'state', header: t('state'), width: 190, cell: (row) => <AccountCell row={row} /> },
      { id: 'invitedAt', header: t('invitedAt'), width: 130, sortable: true, cell: (row) => when(row.invitedAt) },
      {
        id: 'expiresAt',
        header: t('expiresAt'),
        width: 130,
        sortable: true,
        cell: (row) => (row.registeredAt === null ? when(row.expiresAt) : ''),
      },
      {
        id: 'lastSeenAt',
        header: t('lastSeenAt'),
        width: 140,
        sortable: true,
        cell: (row) =>
          row.registeredAt === null ? '' : row.lastSeenAt === null ? t('neverSeen') : when(row.lastSeenAt),
      },
    ];
  }, [t, groupLabel, language, now, without]);
}

/** The state, and what stands in its way. */
function AccountCell({ row }: { readonly row: Row }) {
  const t = useTexts(accountsTexts);
  const label = useTexts(labelTexts);
  if (row.state === 'none') return null;
  const tone = row.problem === null ? toneOfAccount(row.state) : 'problem';
  return (
    <span title={row.problem === null ? undefined : t('notDelivered', { problem: row.problem })}>
      <StatusBadge tone={row.pending ? 'waiting' : tone} size="sm">
        {row.pending ? t('waitsForSync') : label(`account.${row.state}`)}
      </StatusBadge>
    </span>
  );
}
