import { Select } from '@mantine/core';
import { berlinDate } from '../../../shared/lib/dates.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import { DayInput } from '../../lib/pickers/day-input.tsx';
import { PropertySelect } from '../../lib/pickers/property-select.tsx';
import { UnitSelect } from '../../lib/pickers/unit-select.tsx';
import { useDeed, useOperation } from '../../lib/queries.ts';
import { activitiesTexts } from './activities-texts.ts';
import classes from './activity-head.module.css';
import type { Loaded } from './filters.ts';

/** Where an activity belongs, what it is about, who cares for it until when; each saved as it is chosen. */
export function ActivityPlace({ loaded: { activity } }: { readonly loaded: Loaded }) {
  const t = useTexts(activitiesTexts);
  const today = berlinDate(useNow());
  const { data: lists } = useOperation('settings.lists', {});
  const { run } = useDeed('activities.save');
  const save = (fields: Parameters<typeof run>[0]['fields']) => void run({ id: activity.id, fields });
  const closed = lists?.statuses.find(({ id }) => id === activity.statusId)?.isClosed === true;
  const overdue = !closed && activity.dueOn !== null && activity.dueOn < today;
  return (
    <section className={classes.place} aria-label={t('details')}>
      <div style={{ flex: '2 1 120px' }}>
        <PropertySelect
          label={t('property')}
          placeholder="–"
          clearable
          value={activity.propertyId}
          onChange={(propertyId) => save({ propertyId, unitId: null })}
        />
      </div>
      <div style={{ flex: '1 1 72px' }}>
        <UnitSelect
          label={t('unit')}
          placeholder="–"
          clearable
          propertyId={activity.propertyId}
          value={activity.unitId}
          onChange={(unitId) => save({ unitId })}
        />
      </div>
      <div style={{ flex: '1.4 1 92px' }}>
        <Select
          label={t('topic')}
          placeholder={t('topicNone')}
          clearable
          data={(lists?.topics ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={activity.topicId}
          onChange={(topicId) => save({ topicId })}
        />
      </div>
      <div style={{ flex: '1.4 1 92px' }}>
        <Select
          label={t('assignee')}
          placeholder={t('assigneeNone')}
          clearable
          data={(lists?.staff ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={activity.assigneeId}
          onChange={(assigneeId) => save({ assigneeId })}
        />
      </div>
      <div style={{ flex: '1 1 84px' }} data-overdue={overdue || undefined}>
        <DayInput
          label={overdue ? `${t('dueOn')} · ${t('overdue')}` : t('dueOn')}
          placeholder="–"
          value={activity.dueOn}
          onChange={(dueOn) => {
            if (dueOn !== activity.dueOn) save({ dueOn });
          }}
        />
      </div>
    </section>
  );
}
