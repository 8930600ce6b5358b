import { Button, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { activityFilters } from '../../../shared/features/activities/contract.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { CreateButton } from '../../lib/layout/create-button.tsx';
import { Split } from '../../lib/layout/page.tsx';
import classes from './activities.module.css';
import { activitiesTexts } from './activities-texts.ts';
import { ActivityForm } from './activity-form.tsx';
import { ActivityList } from './activity-list.tsx';
import { ConversationPane } from './conversation-pane.tsx';
import { filterNamed, listFilter, noNarrowing } from './filters.ts';

/** Nachrichten of a property: its activities, and the one that is open beside them. */
export function PropertyActivities({ propertyId }: { readonly propertyId: string }) {
  const t = useTexts(activitiesTexts);
  const [filter, setFilter] = useState(filterNamed('open'));
  const [openId, setOpenId] = useState<string | null>(null);
  const [creating, setCreating] = useState(false);
  const wanted = useMemo(() => listFilter(filter, { ...noNarrowing, propertyId }), [filter, propertyId]);
  const list = (
    <ActivityList
      filter={wanted}
      openId={openId}
      onOpen={setOpenId}
      narrowed={false}
      onReset={() => setFilter('all')}
      actions={
        <div className={classes.tabActions}>
          <Select
            aria-label={t('filters')}
            w={104}
            allowDeselect={false}
            data={activityFilters.map((key) => ({ value: key, label: t(`filter.${key}`) }))}
            value={filter}
            onChange={(value) => setFilter(filterNamed(value))}
          />
          <CreateButton label={t('newActivity')} narrow={openId !== null} onClick={() => setCreating(true)} />
        </div>
      }
      empty={
        <EmptyState
          compact
          illustration="letter-box"
          title={t(filter === 'all' ? 'emptyTitle' : `none.${filter}`)}
          action={
            filter === 'all' ? (
              <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
                {t('newActivity')}
              </Button>
            ) : (
              <Button variant="default" onClick={() => setFilter('all')}>
                {t('showAll')}
              </Button>
            )
          }
        >
          {t(filter === 'all' ? 'emptyBody' : 'noneHere')}
        </EmptyState>
      }
    />
  );
  return (
    <>
      <Split
        list={list}
        detail={openId === null ? null : <ConversationPane key={openId} id={openId} onClose={() => setOpenId(null)} />}
      />
      {creating && <ActivityForm propertyId={propertyId} onClose={() => setCreating(false)} onCreated={setOpenId} />}
    </>
  );
}
