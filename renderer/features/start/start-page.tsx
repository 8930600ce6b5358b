import { Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import { Page } from '../../lib/layout/page.tsx';
import { Section } from '../../lib/layout/section.tsx';
import { useOperation } from '../../lib/queries.ts';
import { FirstSteps } from './first-steps.tsx';
import { Matters } from './matters.tsx';
import { PublicationCard } from './publication-card.tsx';
import classes from './start-page.module.css';
import { startTexts } from './start-texts.ts';

/** What is new, what waits, what goes out, what comes first. */
export function StartPage() {
  const t = useTexts(startTexts);
  const hour = new Date(useNow()).getHours();
  const { data: state } = useOperation('settings.state', {});
  const name = state?.staff?.name ?? '';
  const greeting = hour < 11 ? t('morning', { name }) : hour < 18 ? t('day', { name }) : t('evening', { name });
  return (
    <Page title={name === '' ? t('start') : greeting} wide>
      <div className={classes.grid}>
        <div className={classes.column}>
          <Attention />
          <FirstSteps />
          <Matters filter="new" title={t('new')} empty={t('newEmpty')} limit={8} />
          <Matters filter="mine" title={t('mine')} empty={t('mineEmpty')} limit={5} />
        </div>
        <div className={classes.column}>
          <PublicationCard />
          <Matters filter="waiting" title={t('waiting')} empty={t('waitingEmpty')} limit={5} />
        </div>
      </div>
    </Page>
  );
}

/** Conflicts and refusals, only where there are any. */
function Attention() {
  const t = useTexts(startTexts);
  const { data: sync } = useOperation('sync.state', {});
  if (sync === undefined || sync.conflicts + sync.rejected === 0) return null;
  const sentences = [
    sync.conflicts > 0 ? t('conflicts', { count: sync.conflicts }) : '',
    sync.rejected > 0 ? t('rejected', { count: sync.rejected }) : '',
  ].filter((sentence) => sentence !== '');
  return (
    <Section order={2} title={t('attention')}>
      {sentences.map((sentence) => (
        <Group key={sentence} gap="sm" wrap="nowrap">
          <IconAlertTriangle size={16} color="var(--tp-amber)" aria-hidden="true" />
          <Text flex={1}>{sentence}</Text>
          <Button component={Link} to="/sync" variant="default" size="compact-sm">
            {t('look')}
          </Button>
        </Group>
      ))}
    </Section>
  );
}
