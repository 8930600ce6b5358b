import { Button, Select } from '@mantine/core';
import { IconLock, IconLockOpen, IconMail, IconRefresh } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { accountStates } from '../../../shared/features/people/contract.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { DataGrid } from '../../lib/grid/data-grid.tsx';
import { PropertySelect } from '../../lib/pickers/property-select.tsx';
import { useAccountColumns } from './accounts-columns.tsx';
import { accountsTexts } from './accounts-texts.ts';
import { useAccountDeeds } from './use-account-deeds.ts';

type State = (typeof accountStates)[number];
const states = ['invited', 'expired', 'registered', 'disabled', 'none'] as const satisfies readonly State[];

/** Everybody with an account, or without one, and what can be done for those who are marked. */
export function AccountsList() {
  const t = useTexts(accountsTexts);
  const navigate = useNavigate();
  const [propertyId, setPropertyId] = useState<string | null>(null);
  const [state, setState] = useState<State | null>(null);
  const columns = useAccountColumns(state === 'none');
  const filter = useMemo(
    () => ({ ...(propertyId === null ? {} : { propertyId }), ...(state === null ? {} : { state }) }),
    [propertyId, state],
  );
  return (
    <DataGrid
      // People and accounts are different rows: marks of one list mean nothing in the other.
      key={state === 'none' ? 'without' : 'with'}
      label={t('accounts')}
      operation="accounts.list"
      filter={filter}
      defaultSort={state === 'none' ? 'name' : '-invitedAt'}
      columns={columns}
      onOpen={(row) => void navigate(`/people/${row.personId}`)}
      filters={
        <>
          <Select
            aria-label={t('state')}
            placeholder={t('allStates')}
            clearable
            w={190}
            value={state}
            data={states.map((value) => ({ value: value as string, label: t(`state.${value}`) }))}
            onChange={(value) => setState(accountStates.find((known) => known === value) ?? null)}
          />
          <PropertySelect
            aria-label={t('property')}
            placeholder={t('property')}
            clearable
            w={220}
            value={propertyId}
            onChange={setPropertyId}
          />
        </>
      }
      filtered={propertyId !== null || state !== null}
      onResetFilters={() => {
        setPropertyId(null);
        setState(null);
      }}
      bulk={(ids, clear) => <BulkDeeds ids={ids} without={state === 'none'} onDone={clear} />}
      empty={
        <EmptyState
          illustration="key"
          title={t('emptyTitle')}
          action={
            <Button variant="default" onClick={() => setState('none')}>
              {t('showWithout')}
            </Button>
          }
        >
          {t('emptyBody')}
        </EmptyState>
      }
    />
  );
}

interface BulkDeedsProps {
  readonly ids: readonly string[];
  /** The ids are those of people without an account. */
  readonly without: boolean;
  readonly onDone: () => void;
}

function BulkDeeds({ ids, without, onDone }: BulkDeedsProps) {
  const t = useTexts(accountsTexts);
  const deeds = useAccountDeeds();
  const after = (work: Promise<boolean>) => void work.then((done) => done && onDone());
  if (without) {
    return (
      <Button leftSection={<IconMail size={16} />} loading={deeds.running} onClick={() => after(deeds.invite(ids))}>
        {t('invite')}
      </Button>
    );
  }
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconRefresh size={16} />}
        loading={deeds.running}
        onClick={() => after(deeds.renew(ids))}
      >
        {t('renew')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconLock size={16} />}
        loading={deeds.running}
        onClick={() => after(deeds.disable(ids))}
      >
        {t('disable')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconLockOpen size={16} />}
        loading={deeds.running}
        onClick={() => after(deeds.enable(ids))}
      >
        {t('enable')}
      </Button>
    </>
  );
}
