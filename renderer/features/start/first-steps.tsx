import { Button, Text } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useTexts } from '../../../shared/ui/texts.ts';
import { Section } from '../../lib/layout/section.tsx';
import { useOperation } from '../../lib/queries.ts';
import classes from './start-page.module.css';
import { startTexts } from './start-texts.ts';

/** What a new company does first; gone when all is done or the person hides it. */
export function FirstSteps() {
  const t = useTexts(startTexts);
  const [hidden, setHidden] = useLocalStorage({ key: 'treppenhaus.steps-hidden', defaultValue: false });
  const properties = useOperation('properties.list', { sort: '-online', offset: 0, limit: 1 });
  const accounts = useOperation('people.list', { accountState: 'registered', offset: 0, limit: 1 });
  const invited = useOperation('people.list', { accountState: 'invited', offset: 0, limit: 1 });
  const sync = useOperation('sync.state', {});
  if (hidden || properties.data === undefined || accounts.data === undefined || invited.data === undefined) return null;
  if (sync.data === undefined) return null;
  const online = properties.data.rows[0];
  const steps = [
    { title: t('stepCompany'), hint: null, done: true, to: '/settings' },
    { title: t('stepData'), hint: t('stepDataHint'), done: properties.data.total > 0, to: '/import' },
    {
      title: t('stepConnect'),
      hint: t('stepConnectHint'),
      done: sync.data.connection !== 'not-paired',
      to: '/settings/connection',
    },
    {
      title: t('stepOnline'),
      hint: t('stepOnlineHint'),
      done: online?.online === true,
      to: online === undefined ? '/properties' : `/properties/${online.id}/portal`,
    },
    {
      title: t('stepInvite'),
      hint: t('stepInviteHint'),
      done: accounts.data.total + invited.data.total > 0,
      to: '/accounts',
    },
  ];
  const done = steps.filter((step) => step.done).length;
  if (done === steps.length) return null;
  const next = steps.find((step) => !step.done);
  return (
    <Section
      order={2}
      title={t('steps')}
      actions={
        <>
          <Text c="dimmed">{t('stepsDone', { done, total: steps.length })}</Text>
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setHidden(true)}>
            {t('hideSteps')}
          </Button>
        </>
      }
    >
      {steps.map((step) => (
        <div key={step.title} className={classes.step} data-done={step.done || undefined}>
          {step.done ? (
            <IconCircleCheckFilled size={20} color="var(--mantine-color-moss-text)" aria-label={t('done')} />
          ) : (
            <IconCircle size={20} color="var(--tp-control-line)" aria-hidden="true" />
          )}
          <div style={{ flex: 1 }}>
            <Text fw={step.done ? 400 : 500}>{step.title}</Text>
            {!step.done && step.hint !== null && <Text c="dimmed">{step.hint}</Text>}
          </div>
          {!step.done && (
            <Button
              component={Link}
              to={step.to}
              size="compact-sm"
              variant={step === next ? 'filled' : 'default'}
              aria-label={`${t('begin')}: ${step.title}`}
            >
              {t('begin')}
            </Button>
          )}
        </div>
      ))}
    </Section>
  );
}
