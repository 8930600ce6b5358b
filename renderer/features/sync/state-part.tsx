import { Accordion, Button, Switch, Text, Title } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClock,
  IconDeviceDesktop,
  IconInfoCircle,
  IconLock,
  IconProgress,
  type TablerIcon,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import type { SyncState } from '../../../shared/features/sync/contract.ts';
import { errorCodes } from '../../../shared/lib/errors.ts';
import { useErrorText } from '../../../shared/ui/error-texts.ts';
import { formatCount, formatInstant, formatWhen } from '../../../shared/ui/format.ts';
import type { Tone } from '../../../shared/ui/status-badge.tsx';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import { connectionTones } from '../../lib/connection-tones.ts';
import { Section } from '../../lib/layout/section.tsx';
import { useDeed } from '../../lib/queries.ts';
import { CheckSection } from './check-section.tsx';
import { FilesSection } from './files-section.tsx';
import { LoadingSection } from './loading-section.tsx';
import { QueueSection } from './queue-section.tsx';
import { RefusedSection } from './refused-section.tsx';
import { isTrouble, stateWords } from './state-words.ts';
import classes from './sync.module.css';
import { syncTexts } from './sync-texts.ts';

const icons: Partial<Record<Tone, TablerIcon>> = {
  good: IconCircleCheck,
  active: IconProgress,
  waiting: IconClock,
  problem: IconAlertTriangle,
};

/** Stand: one sentence, what needs a decision, what waits, and how it all works. */
export function StatePart({ state }: { readonly state: SyncState }) {
  return (
    <div className={classes.column}>
      <Head state={state} />
      {state.bootstrap !== null && <LoadingSection bootstrap={state.bootstrap} />}
      <UpdateNeeded state={state} />
      <Trouble state={state} />
      <OpenConflicts count={state.conflicts} />
      {state.rejected > 0 && <RefusedSection />}
      <FilesSection state={state} />
      <QueueSection state={state} />
      <CheckSection state={state} />
      <Help />
    </div>
  );
}

function Head({ state }: { readonly state: SyncState }) {
  const t = useTexts(syncTexts);
  const language = useLanguage();
  const now = useNow();
  const { run, running } = useDeed('sync.setOffline');
  const { title, body } = stateWords(state, now, language);
  const waits = state.pendingChanges + state.pendingUploads > 0;
  const tone = state.connection === 'online' && waits ? 'active' : connectionTones[state.connection];
  const Icon = state.connection === 'revoked' ? IconLock : (icons[tone] ?? IconDeviceDesktop);
  const confirmed =
    state.confirmedAt === null
      ? t('never')
      : t('lastConfirmed', { when: formatWhen(state.confirmedAt, now, language) });
  return (
    <section className={classes.head} aria-label={t('state')}>
      <span className={classes.headIcon} data-tone={tone}>
        <Icon size={22} aria-hidden="true" />
      </span>
      <div className={classes.headText}>
        <Title order={2}>{title}</Title>
        <Text mt={2}>{body}</Text>
        <Text size="xs" c="dimmed" mt={4}>
          {state.viewerUrl !== null && t('viewer', { address: state.viewerUrl })}
          {(waits || state.connection !== 'online') && (
            <span title={state.confirmedAt === null ? undefined : formatInstant(state.confirmedAt, language)}>
              {' · '}
              {confirmed}
            </span>
          )}
        </Text>
        {state.connection !== 'revoked' && (
          <Switch
            className={classes.headSwitch}
            label={t('offlineSwitch')}
            description={t('offlineHint')}
            checked={state.connection === 'paused'}
            disabled={running}
            onChange={(event) => void run({ offline: event.currentTarget.checked })}
          />
        )}
      </div>
    </section>
  );
}

/** What keeps the sync from going on, where it is not simply the line. */
function Trouble({ state }: { readonly state: SyncState }) {
  const t = useTexts(syncTexts);
  const language = useLanguage();
  const now = useNow();
  const say = useErrorText();
  const code = errorCodes.find((known) => known === state.lastError);
  if (code === undefined || !isTrouble(code) || state.connection === 'revoked') return null;
  if (state.connection === 'update-needed') return null;
  const { title, sentence } = say(code);
  return (
    <div className="tp-strip" data-tone="amber" role="status">
      <IconAlertTriangle size={20} aria-hidden="true" />
      <div className="tp-strip-body">
        <Text fw={600}>
          {t('trouble')}: {title}
        </Text>
        <Text>{sentence}</Text>
        {state.failingSince !== null && (
          <Text size="xs" c="dimmed">
            {t('troubleSince', { when: formatWhen(state.failingSince, now, language) })}
          </Text>
        )}
      </div>
    </div>
  );
}

/** One side is older: what both understand goes on, the rest waits. */
function UpdateNeeded({ state }: { readonly state: SyncState }) {
  const t = useTexts(syncTexts);
  if (state.updateNeeded === null || state.connection === 'update-needed') return null;
  return (
    <div className="tp-strip" data-tone="info" role="status">
      <IconInfoCircle size={20} aria-hidden="true" />
      <div className="tp-strip-body">
        <Text fw={600}>{t(`update.${state.updateNeeded}`)}</Text>
        <Text>{t(`update.${state.updateNeeded}Body`)}</Text>
      </div>
    </div>
  );
}

function OpenConflicts({ count }: { readonly count: number }) {
  const t = useTexts(syncTexts);
  const language = useLanguage();
  if (count === 0) return null;
  return (
    <div className="tp-strip" data-tone="amber">
      <IconAlertTriangle size={20} aria-hidden="true" />
      <div className="tp-strip-body">
        <Text fw={600}>{t('conflictsOpen', { count, number: formatCount(count, language) })}</Text>
        <Text>{t('conflictsOpenBody')}</Text>
      </div>
      <Button component={Link} to="/sync/conflicts" variant="default">
        {t('conflictsShow')}
      </Button>
    </div>
  );
}

/** For whoever has never heard of a sync. */
function Help() {
  const t = useTexts(syncTexts);
  const questions = [
    { question: t('help1'), answer: t('help1Body') },
    { question: t('help2'), answer: t('help2Body') },
    { question: t('help3'), answer: t('help3Body') },
  ];
  return (
    <Section title={t('help')} order={2}>
      <Accordion chevronPosition="left" multiple>
        {questions.map(({ question, answer }) => (
          <Accordion.Item key={question} value={question}>
            <Accordion.Control>{question}</Accordion.Control>
            <Accordion.Panel>
              <Text maw="64ch">{answer}</Text>
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Section>
  );
}
