import { Button, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { Page } from '../../lib/layout/page.tsx';
import { useOperation } from '../../lib/queries.ts';
import classes from './activities.module.css';
import { activitiesTexts } from './activities-texts.ts';
import { ActivityForm } from './activity-form.tsx';
import { ActivityList } from './activity-list.tsx';
import conversation from './conversation.module.css';
import { ConversationPane } from './conversation-pane.tsx';
import { FilterPane } from './filter-pane.tsx';
import { type ActivityFilter, filterNamed, isNarrowed, listFilter, noNarrowing } from './filters.ts';

/** Nachrichten: filters, list, conversation. */
export function ActivitiesPage() {
  const t = useTexts(activitiesTexts);
  const { id = null } = useParams();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const filter = filterNamed(search.get('filter'));
  const [narrowing, setNarrowing] = useState(noNarrowing);
  const [creating, setCreating] = useState(false);
  const wanted = useMemo(() => listFilter(filter, narrowing), [filter, narrowing]);
  const go = (openId: string | null, next: ActivityFilter, replace: boolean) =>
    void navigate(`/activities${openId === null ? '' : `/${openId}`}?filter=${next}`, { replace });
  return (
    <Page
      title={t('activities')}
      fill
      actions={
        <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
          {t('newActivity')}
        </Button>
      }
    >
      <div className={classes.panes} data-open={id !== null || undefined}>
        <FilterPane
          filter={filter}
          onFilter={(next) => go(id, next, true)}
          narrowing={narrowing}
          onNarrowing={setNarrowing}
        />
        <ActivityList
          filter={wanted}
          openId={id}
          onOpen={(openId) => go(openId, filter, id !== null)}
          narrowed={isNarrowed(narrowing)}
          onReset={() => setNarrowing(noNarrowing)}
          empty={<Nothing filter={filter} onFilter={(next) => go(id, next, true)} onCreate={() => setCreating(true)} />}
        />
        {id === null ? (
          <div className={conversation.pane} data-empty>
            <EmptyState illustration="letter-box" title={t('chooseTitle')}>
              {t('chooseBody')}
              <Text size="xs" c="dimmed" mt="md">
                {t('keys')}
              </Text>
            </EmptyState>
          </div>
        ) : (
          <ConversationPane key={id} id={id} onClose={() => go(null, filter, false)} />
        )}
      </div>
      {creating && (
        <ActivityForm
          propertyId={narrowing.propertyId}
          onClose={() => setCreating(false)}
          onCreated={(created) => go(created, 'open', false)}
        />
      )}
    </Page>
  );
}

interface NothingProps {
  readonly filter: ActivityFilter;
  readonly onFilter: (filter: ActivityFilter) => void;
  readonly onCreate: () => void;
}

/** What an empty filter says: nothing to do is good news, nothing at all says what to do. */
function Nothing({ filter, onFilter, onCreate }: NothingProps) {
  const t = useTexts(activitiesTexts);
  const { data: counts } = useOperation('activities.counts', {});
  // Nothing open is no praise where nothing ever was.
  if (filter === 'all' || counts?.all === 0) {
    return (
      <EmptyState
        compact
        illustration="letter-box"
        title={t('emptyTitle')}
        action={
          <Button leftSection={<IconPlus size={16} />} onClick={onCreate}>
            {t('newActivity')}
          </Button>
        }
      >
        {t('emptyBody')}
      </EmptyState>
    );
  }
  const other = filter === 'open' ? 'all' : 'open';
  return (
    <EmptyState
      compact
      illustration="door-bell"
      title={t(`none.${filter}`)}
      action={
        <Button variant="default" onClick={() => onFilter(other)}>
          {t(other === 'all' ? 'showAll' : 'showOpen')}
        </Button>
      }
    >
      {t(`none.${filter}Body`)}
    </EmptyState>
  );
}
