import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconFileImport, IconPlugConnected } from '@tabler/icons-react';
import { useTexts } from '../../../shared/ui/texts.ts';
import { Choice } from './choice.tsx';
import { firstRunTexts } from './first-run-texts.ts';

interface NextStepsProps {
  readonly name: string;
  /** The company was there before: nothing is to be set up. */
  readonly joined: boolean;
  readonly onDone: (path: string) => void;
}

/** The company exists: import, connect, or simply begin. */
export function NextSteps({ name, joined, onDone }: NextStepsProps) {
  const t = useTexts(firstRunTexts);
  return (
    <Stack gap="lg">
      <div>
        <Title order={1}>{joined ? t('joined', { name }) : t('ready', { name })}</Title>
        <Text c="dimmed">{joined ? t('joinedHint') : t('next')}</Text>
      </div>
      {!joined && (
        <>
          <Choice icon={IconFileImport} label={t('import')} hint={t('importHint')} onClick={() => onDone('/import')} />
          <Choice
            icon={IconPlugConnected}
            label={t('pair')}
            hint={t('pairHint')}
            onClick={() => onDone('/settings/connection')}
          />
        </>
      )}
      <Group>
        <Button variant={joined ? 'filled' : 'default'} onClick={() => onDone('/')}>
          {joined ? t('begin') : t('later')}
        </Button>
      </Group>
    </Stack>
  );
}
