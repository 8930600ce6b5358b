import { Select, Stack, Text } from '@mantine/core';
import { IconArchive, IconClock, IconInbox, IconMessageCircle, IconStack2, IconUser } from '@tabler/icons-react';
import { activityFilters } from '../../../shared/features/activities/contract.ts';
import { formatCount } from '../../../shared/ui/format.ts';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { PersonSelect } from '../../lib/pickers/person-select.tsx';
import { PropertySelect } from '../../lib/pickers/property-select.tsx';
import { useOperation } from '../../lib/queries.ts';
import classes from './activities.module.css';
import { activitiesTexts } from './activities-texts.ts';
import type { ActivityFilter, Narrowing } from './filters.ts';

const icons = {
  new: IconInbox,
  mine: IconUser,
  waiting: IconClock,
  open: IconMessageCircle,
  closed: IconArchive,
  all: IconStack2,
} as const;

interface FilterPaneProps {
  readonly filter: ActivityFilter;
  readonly onFilter: (filter: ActivityFilter) => void;
  readonly narrowing: Narrowing;
  readonly onNarrowing: (narrowing: Narrowing) => void;
}

/** The left pane: filters with counts, and what narrows them down. */
export function FilterPane({ filter, onFilter, narrowing, onNarrowing }: FilterPaneProps) {
  const t = useTexts(activitiesTexts);
  const language = useLanguage();
  const { data: counts } = useOperation('activities.counts', {});
  const { data: lists } = useOperation('settings.lists', {});
  return (
    <div className={classes.filters}>
      <nav aria-label={t('filters')}>
        {activityFilters.map((key) => {
          const Icon = icons[key];
          const count = counts?.[key];
          return (
            <button
              key={key}
              type="button"
              className={classes.filter}
              aria-current={key === filter ? 'true' : undefined}
              onClick={() => onFilter(key)}
            >
              <Icon size={16} aria-hidden="true" />
              <span>{t(`filter.${key}`)}</span>
              <span className={classes.filterCount} data-new={(key === 'new' && count !== 0) || undefined}>
                {count === undefined ? '' : formatCount(count, language)}
              </span>
            </button>
          );
        })}
      </nav>
      <Stack gap="xs" className={classes.narrow} role="group" aria-label={t('narrow')}>
        <Text size="xs" c="dimmed" fw={600}>
          {t('narrow')}
        </Text>
        <PropertySelect
          aria-label={t('property')}
          placeholder={t('property')}
          clearable
          value={narrowing.propertyId}
          onChange={(propertyId) => onNarrowing({ ...narrowing, propertyId })}
        />
        <Select
          aria-label={t('topic')}
          placeholder={t('topic')}
          clearable
          data={(lists?.topics ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={narrowing.topicId}
          onChange={(topicId) => onNarrowing({ ...narrowing, topicId })}
        />
        <Select
          aria-label={t('status')}
          placeholder={t('status')}
          clearable
          data={(lists?.statuses ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={narrowing.statusId}
          onChange={(statusId) => onNarrowing({ ...narrowing, statusId })}
        />
        <PersonSelect
          aria-label={t('person')}
          placeholder={t('person')}
          clearable
          value={narrowing.personId}
          onChange={(personId) => onNarrowing({ ...narrowing, personId })}
        />
      </Stack>
    </div>
  );
}
