import { Button, Tabs } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from 'react-router';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { formatCount } from '../../../shared/ui/format.ts';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { DetailSkeleton } from '../../../shared/ui/skeletons.tsx';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { Page } from '../../lib/layout/page.tsx';
import { useDeed, useOperation } from '../../lib/queries.ts';
import { ConflictsPart } from './conflicts-part.tsx';
import { HistoryPart } from './history-part.tsx';
import { StatePart } from './state-part.tsx';
import classes from './sync.module.css';
import { syncTexts } from './sync-texts.ts';
import { useFreshLists } from './use-fresh-lists.ts';

const parts = ['state', 'conflicts', 'history'] as const;
type Part = (typeof parts)[number];

/** Abgleich: how this desk stands with the viewer, what somebody overwrote unseen, and how it went so far. */
export function SyncPage() {
  const t = useTexts(syncTexts);
  const language = useLanguage();
  const navigate = useNavigate();
  const { part: named, id = null } = useParams();
  const { data, error, refetch } = useOperation('sync.state', {});
  const now = useDeed('sync.now');
  useFreshLists(data);
  if (error !== null) return <LoadError code={error.code} details={error.details} onRetry={() => void refetch()} />;
  if (data === undefined) return <DetailSkeleton />;
  const part: Part = parts.find((known) => known === named) ?? 'state';
  const mayRun = data.connection !== 'not-paired' && data.connection !== 'paused' && data.connection !== 'revoked';
  const titles: Readonly<Record<Part, string>> = {
    state: t('state'),
    conflicts: data.conflicts > 0 ? `${t('conflicts')} · ${formatCount(data.conflicts, language)}` : t('conflicts'),
    history: t('history'),
  };
  return (
    <Page
      title={t('title')}
      fill
      actions={
        mayRun && (
          <Button leftSection={<IconRefresh size={16} />} loading={now.running} onClick={() => void now.run({})}>
            {t('now')}
          </Button>
        )
      }
    >
      {data.connection === 'not-paired' ? (
        <EmptyState
          illustration="stairwell"
          title={t('notPaired')}
          headingOrder={2}
          action={
            <Button component={Link} to="/settings/connection">
              {t('connect')}
            </Button>
          }
        >
          {t('notPairedBody')}
        </EmptyState>
      ) : (
        <Tabs
          className={classes.tabs}
          value={part}
          onChange={(next) => void navigate(next === 'state' || next === null ? '/sync' : `/sync/${next}`)}
          keepMounted={false}
        >
          <Tabs.List>
            {parts.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {titles[one]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="state" className={classes.scroll}>
            <StatePart state={data} />
          </Tabs.Panel>
          <Tabs.Panel value="conflicts" className={classes.panel}>
            <ConflictsPart openId={id} />
          </Tabs.Panel>
          <Tabs.Panel value="history" className={classes.panel}>
            <HistoryPart />
          </Tabs.Panel>
        </Tabs>
      )}
    </Page>
  );
}
