import { ActionIcon, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconBuildingCommunity, IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { Illustration } from '../../../shared/ui/illustrations.tsx';
import { Logo } from '../../../shared/ui/logo.tsx';
import { LanguageControl } from '../../../shared/ui/preferences.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { ConnectForm } from '../../lib/connect/connect-form.tsx';
import { rememberLanguage } from '../../lib/preferences.ts';
import { useOperation } from '../../lib/queries.ts';
import { Choice } from './choice.tsx';
import { CreateForm } from './create-form.tsx';
import classes from './first-run.module.css';
import { firstRunTexts } from './first-run-texts.ts';
import { Loading } from './loading.tsx';
import { NextSteps } from './next-steps.tsx';
import { Wiped } from './wiped.tsx';

interface FirstRunProps {
  /** Ends the first run and goes to a page of the desk. */
  readonly onDone: (path: string) => void;
}

/** The first start of a desk: found a company offline, or join one with a code; then what comes next. */
export function FirstRun({ onDone }: FirstRunProps) {
  const t = useTexts(firstRunTexts);
  const common = useTexts(commonTexts);
  const { data: state } = useOperation('settings.state', {});
  const { data: sync } = useOperation('sync.state', {});
  const [way, setWay] = useState<'create' | 'join' | null>(null);
  return (
    <div className={classes.stage}>
      <div className={classes.side}>
        <Logo size={32} />
        <Stack gap="lg">
          <Illustration name="stairwell" width={220} />
          <Text size="lg" maw="30rem">
            {t('promise')}
          </Text>
          <Text c="dimmed" maw="30rem">
            {state?.keyProtection === 'file' ? t('keyFile') : t('keySystem')}
          </Text>
        </Stack>
        <div>
          <LanguageControl onChange={rememberLanguage} />
        </div>
      </div>
      <main className={classes.form}>
        {sync?.bootstrap?.reason === 'joined' ? (
          <Loading bootstrap={sync.bootstrap} />
        ) : state?.phase === 'ready' ? (
          <NextSteps name={state.organisation?.name ?? ''} joined={way === 'join'} onDone={onDone} />
        ) : way === null ? (
          <Stack gap="lg">
            <div>
              <Title order={1}>{t('title')}</Title>
              <Text c="dimmed">{t('intro')}</Text>
            </div>
            {state?.wipedAt != null && <Wiped at={state.wipedAt} />}
            <Choice
              icon={IconBuildingCommunity}
              label={t('create')}
              hint={t('createHint')}
              onClick={() => setWay('create')}
            />
            <Choice icon={IconPlugConnected} label={t('join')} hint={t('joinHint')} onClick={() => setWay('join')} />
          </Stack>
        ) : (
          <Stack gap="lg">
            <Group gap="sm">
              <ActionIcon aria-label={common('back')} onClick={() => setWay(null)}>
                <IconArrowLeft size={18} />
              </ActionIcon>
              <Title order={1}>{way === 'create' ? t('create') : t('join')}</Title>
            </Group>
            {way === 'create' ? <CreateForm /> : <ConnectForm submitLabel={t('joinNow')} />}
          </Stack>
        )}
      </main>
    </div>
  );
}
