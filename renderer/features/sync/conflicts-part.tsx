import { Button, SegmentedControl, Select } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Input } from '../../../shared/contract/registry.ts';
import { type Conflict, conflictKinds } from '../../../shared/features/sync/model.ts';
import { confirm } from '../../../shared/ui/confirm.tsx';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { call } from '../../lib/client.ts';
import { DataGrid } from '../../lib/grid/data-grid.tsx';
import { Split } from '../../lib/layout/page.tsx';
import { PropertySelect } from '../../lib/pickers/property-select.tsx';
import { useOperation } from '../../lib/queries.ts';
import { useConflictColumns } from './conflict-columns.tsx';
import { ConflictDetail } from './conflict-detail.tsx';
import { journalTexts } from './journal-texts.ts';
import { useConflictDeeds } from './use-conflict-deeds.ts';

type State = NonNullable<Input<'sync.conflicts'>['state']>;

interface Narrowing {
  readonly kind: Conflict['kind'] | null;
  readonly by: string | null;
  readonly propertyId: string | null;
}

const noNarrowing: Narrowing = { kind: null, by: null, propertyId: null };
const states: readonly State[] = ['open', 'settled', 'all'];

/** Konflikte: the journal, and the entry that is open beside it. */
export function ConflictsPart({ openId }: { readonly openId: string | null }) {
  const navigate = useNavigate();
  const [state, setState] = useState<State>('open');
  const open = (id: string | null) =>
    void navigate(id === null ? '/sync/conflicts' : `/sync/conflicts/${id}`, { replace: openId !== null });
  const openNext = async () => {
    const { rows } = await call('sync.conflicts', { state: 'open', limit: 1 });
    open(rows[0]?.id ?? null);
  };
  return (
    <Split
      list={<Journal state={state} onState={setState} openId={openId} onOpen={open} />}
      detail={
        openId === null ? null : (
          <ConflictDetail key={openId} id={openId} onDone={() => void openNext()} onClose={() => open(null)} />
        )
      }
    />
  );
}

interface JournalProps {
  readonly state: State;
  readonly onState: (state: State) => void;
  readonly openId: string | null;
  readonly onOpen: (id: string | null) => void;
}

function Journal({ state, onState, openId, onOpen }: JournalProps) {
  const t = useTexts(journalTexts);
  const [narrowing, setNarrowing] = useState(noNarrowing);
  const deeds = useConflictDeeds();
  const columns = useConflictColumns({ narrow: openId !== null });
  const narrowed = Object.values(narrowing).some((value) => value !== null);
  const restoreMany = async (ids: readonly string[], clear: () => void) => {
    const title = t('restoreAsk', { count: ids.length });
    const sure = await confirm({ title, body: t('restoreAskBody'), confirmLabel: t('restoreMany') });
    if (sure && (await deeds.restore(ids, true))) clear();
  };
  return (
    <DataGrid
      label={t('conflicts')}
      operation="sync.conflicts"
      filter={{ state, ...narrowing }}
      defaultSort="-createdAt"
      columns={columns}
      openId={openId}
      letterKeys
      onOpen={(row) => onOpen(row.id)}
      filters={
        <>
          <SegmentedControl
            size="xs"
            aria-label={t('conflicts')}
            value={state}
            onChange={(next) => onState(states.find((known) => known === next) ?? 'open')}
            data={states.map((value) => ({ value, label: t(`state.${value}`) }))}
          />
          {openId === null && <Filters narrowing={narrowing} onNarrowing={setNarrowing} />}
        </>
      }
      filtered={narrowed}
      onResetFilters={() => setNarrowing(noNarrowing)}
      bulk={(ids, clear) => (
        <>
          <Button
            variant="default"
            size="compact-sm"
            loading={deeds.running}
            onClick={() => void restoreMany(ids, clear)}
          >
            {t('restoreMany')}
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            loading={deeds.running}
            onClick={() => void deeds.settle(ids).then((done) => done && clear())}
          >
            {t('settle')}
          </Button>
        </>
      )}
      empty={<Nothing state={state} onState={onState} />}
    />
  );
}

interface FiltersProps {
  readonly narrowing: Narrowing;
  readonly onNarrowing: (narrowing: Narrowing) => void;
}

function Filters({ narrowing, onNarrowing }: FiltersProps) {
  const t = useTexts(journalTexts);
  const { data: lists } = useOperation('settings.lists', {});
  return (
    <>
      <Select
        aria-label={t('kind')}
        placeholder={t('anyKind')}
        clearable
        w={176}
        data={conflictKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        value={narrowing.kind}
        onChange={(value) => onNarrowing({ ...narrowing, kind: conflictKinds.find((kind) => kind === value) ?? null })}
      />
      <Select
        aria-label={t('between')}
        placeholder={t('anybody')}
        clearable
        w={168}
        data={[
          { value: 'resident', label: t('residents') },
          ...(lists?.staff ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={narrowing.by}
        onChange={(by) => onNarrowing({ ...narrowing, by })}
      />
      <PropertySelect
        aria-label={t('place')}
        placeholder={t('place')}
        clearable
        w={176}
        value={narrowing.propertyId}
        onChange={(propertyId) => onNarrowing({ ...narrowing, propertyId })}
      />
    </>
  );
}

function Nothing({ state, onState }: Pick<JournalProps, 'state' | 'onState'>) {
  const t = useTexts(journalTexts);
  const titles = { open: t('emptyTitle'), settled: t('emptySettledTitle'), all: t('emptyAllTitle') };
  return (
    <EmptyState
      illustration="door-bell"
      title={titles[state]}
      headingOrder={2}
      action={
        state === 'open' && (
          <Button variant="default" onClick={() => onState('settled')}>
            {t('showSettled')}
          </Button>
        )
      }
    >
      {t('emptyBody')}
    </EmptyState>
  );
}
