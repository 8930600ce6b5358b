import { Button, Select } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { accountStates } from '../../../shared/features/people/contract.ts';
import { groupKeys } from '../../../shared/features/properties/model.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { labelTexts } from '../../../shared/ui/label-texts.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { DataGrid } from '../../lib/grid/data-grid.tsx';
import { DeleteDeed } from '../../lib/grid/delete-deed.tsx';
import { useInvite } from '../../lib/invitation/use-invite.ts';
import { CreateButton } from '../../lib/layout/create-button.tsx';
import { ImportOrCreate } from '../../lib/layout/import-or-create.tsx';
import { Page, Split } from '../../lib/layout/page.tsx';
import { GroupSelect } from '../../lib/pickers/groups.tsx';
import { PropertySelect } from '../../lib/pickers/property-select.tsx';
import { usePeopleColumns } from './people-columns.tsx';
import { peopleTexts } from './people-texts.ts';
import { PersonDetail } from './person-detail.tsx';
import { PersonForm } from './person-form.tsx';

interface Filters {
  readonly propertyId: string | null;
  readonly group: string | null;
  readonly accountState: string | null;
}

const noFilters: Filters = { propertyId: null, group: null, accountState: null };

/** Personen: the list, and the person that is open beside it. */
export function PeoplePage() {
  const t = useTexts(peopleTexts);
  const { id = null } = useParams();
  const navigate = useNavigate();
  const [filters, setFilters] = useState(noFilters);
  const [creating, setCreating] = useState(false);
  const columns = usePeopleColumns(id !== null);
  const filter = useMemo(() => {
    const group = groupKeys.find((key) => key === filters.group);
    const accountState = accountStates.find((key) => key === filters.accountState);
    return {
      ...(filters.propertyId === null ? {} : { propertyId: filters.propertyId }),
      ...(group === undefined ? {} : { group }),
      ...(accountState === undefined ? {} : { accountState }),
    };
  }, [filters]);
  const list = (
    <Page
      title={t('people')}
      fill
      actions={<CreateButton label={t('newPerson')} narrow={id !== null} onClick={() => setCreating(true)} />}
    >
      <DataGrid
        label={t('people')}
        operation="people.list"
        filter={filter}
        defaultSort="name"
        columns={columns}
        openId={id}
        onOpen={(row) => void navigate(`/people/${row.id}`)}
        filters={id === null && <PeopleFilters filters={filters} onChange={setFilters} />}
        filtered={filters.propertyId !== null || filters.group !== null || filters.accountState !== null}
        onResetFilters={() => setFilters(noFilters)}
        bulk={(ids, clear) => (
          <PeopleDeeds
            ids={ids}
            onDone={(removed) => {
              clear();
              if (removed && id !== null && ids.includes(id)) void navigate('/people');
            }}
          />
        )}
        empty={
          <EmptyState
            illustration="people"
            title={t('emptyTitle')}
            action={<ImportOrCreate createLabel={t('newPerson')} onCreate={() => setCreating(true)} />}
          >
            {t('emptyBody')}
          </EmptyState>
        }
      />
    </Page>
  );
  return (
    <>
      <Split list={list} detail={id === null ? null : <PersonDetail key={id} id={id} />} />
      {creating && <PersonForm person={null} onClose={() => setCreating(false)} />}
    </>
  );
}

interface FiltersProps {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

function PeopleFilters({ filters, onChange }: FiltersProps) {
  const t = useTexts(peopleTexts);
  const label = useTexts(labelTexts);
  return (
    <>
      <PropertySelect
        aria-label={t('property')}
        placeholder={t('property')}
        clearable
        w={220}
        value={filters.propertyId}
        onChange={(propertyId) => onChange({ ...filters, propertyId })}
      />
      <GroupSelect
        aria-label={t('group')}
        placeholder={t('allGroups')}
        clearable
        w={150}
        value={filters.group}
        onChange={(group) => onChange({ ...filters, group })}
      />
      <Select
        aria-label={t('account')}
        placeholder={t('allStates')}
        clearable
        w={170}
        data={accountStates.map((state) => ({
          value: state,
          label: state === 'none' ? t('noAccount') : label(`account.${state}`),
        }))}
        value={filters.accountState}
        onChange={(accountState) => onChange({ ...filters, accountState })}
      />
    </>
  );
}

interface DeedsProps {
  readonly ids: readonly string[];
  readonly onDone: (removed: boolean) => void;
}

function PeopleDeeds({ ids, onDone }: DeedsProps) {
  const t = useTexts(peopleTexts);
  const { invite, running } = useInvite();
  const send = async () => {
    if (await invite(ids)) onDone(false);
  };
  return (
    <>
      <Button variant="subtle" leftSection={<IconMail size={16} />} loading={running} onClick={() => void send()}>
        {t('inviteMail')}
      </Button>
      <DeleteDeed
        deed="people.remove"
        undo="people.restore"
        ids={ids}
        sentence={t('deletedMany', { count: ids.length })}
        onDone={() => onDone(true)}
      />
    </>
  );
}
