import { Button, Text } from '@mantine/core';
import { IconDatabaseSearch, IconReload } from '@tabler/icons-react';
import type { SelfCheckState } from '../../../shared/features/sync/bootstrap-contract.ts';
import type { SyncState } from '../../../shared/features/sync/contract.ts';
import { confirm } from '../../../shared/ui/confirm.tsx';
import { formatCount, formatWhen } from '../../../shared/ui/format.ts';
import { type Language, useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import { Section } from '../../lib/layout/section.tsx';
import { useDeed } from '../../lib/queries.ts';
import { entityName } from './state-words.ts';
import { syncTexts } from './sync-texts.ts';

/** Whether this desk holds what the viewer holds: the last answer, and asking anew. */
export function CheckSection({ state }: { readonly state: SyncState }) {
  const t = useTexts(syncTexts);
  const check = useDeed('sync.check');
  const reload = useDeed('sync.bootstrap');
  const mayAsk = state.connection === 'online' && state.bootstrap === null;
  const loadAnew = async () => {
    const sure = await confirm({ title: t('reloadAsk'), body: t('reloadBody'), confirmLabel: t('reload') });
    if (sure) await reload.run({});
  };
  return (
    <Section
      title={t('checkTitle')}
      order={2}
      actions={
        <>
          <Button
            variant="subtle"
            leftSection={<IconReload size={16} />}
            disabled={!mayAsk}
            loading={reload.running}
            onClick={() => void loadAnew()}
          >
            {t('reload')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconDatabaseSearch size={16} />}
            disabled={!mayAsk}
            loading={check.running}
            onClick={() => void check.run({})}
          >
            {t('check')}
          </Button>
        </>
      }
    >
      <Text c="dimmed" maw="80ch">
        {t('checkHint')}
      </Text>
      <Result check={state.selfCheck} />
    </Section>
  );
}

function Result({ check }: { readonly check: SelfCheckState | null }) {
  const t = useTexts(syncTexts);
  const language = useLanguage();
  const now = useNow();
  return (
    <Text mt="sm" role="status">
      {check === null ? t('checkNever') : sentence(check, t, now, language)}
    </Text>
  );
}

function sentence(
  { outcome, at, rows, different, repairedAt }: SelfCheckState,
  t: ReturnType<typeof useSyncTexts>,
  now: number,
  language: Language,
): string {
  const when = formatWhen(at, now, language);
  const entities = different.map((entity) => entityName(entity, language)).join(', ');
  switch (outcome) {
    case 'same':
      return t('checkSame', { count: rows, number: formatCount(rows, language), when });
    case 'unsettled':
      return t('checkUnsettled', { when });
    case 'different':
      return repairedAt === null
        ? t('checkDifferent', { when, entities })
        : t('checkRepaired', { when, entities, repaired: formatWhen(repairedAt, now, language) });
  }
}

function useSyncTexts() {
  return useTexts(syncTexts);
}
