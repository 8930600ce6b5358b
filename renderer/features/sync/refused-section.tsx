import { Button, Group, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy, IconRefresh } from '@tabler/icons-react';
import type { RefusedDeed } from '../../../shared/features/sync/journal-contract.ts';
import { useErrorText } from '../../../shared/ui/error-texts.ts';
import { formatCount, formatWhen } from '../../../shared/ui/format.ts';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { showDone } from '../../../shared/ui/notify.tsx';
import { ListSkeleton } from '../../../shared/ui/skeletons.tsx';
import { StatusBadge } from '../../../shared/ui/status-badge.tsx';
import { type Language, useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import { Facts, Section } from '../../lib/layout/section.tsx';
import { useDeed, useOperation } from '../../lib/queries.ts';
import { RowLink } from './row-link.tsx';
import { deedWords, entityName, fieldName } from './state-words.ts';
import classes from './sync.module.css';
import { syncTexts } from './sync-texts.ts';
import { valueWords } from './value-words.ts';

/** Refused deeds that are read at once; the newest first. */
const shown = 50;

/** What the viewer refused: why, what was entered, and what one can do. */
export function RefusedSection() {
  const t = useTexts(syncTexts);
  const language = useLanguage();
  const { data, error, refetch } = useOperation('sync.refused', { limit: shown }, { keepPrevious: true });
  if (error !== null)
    return <LoadError kind="inline" code={error.code} details={error.details} onRetry={() => void refetch()} />;
  const title = data === undefined ? t('refused') : `${t('refused')} · ${formatCount(data.total, language)}`;
  return (
    <Section title={title} order={2}>
      <Text c="dimmed" mb="md">
        {t('refusedHint')}
      </Text>
      {data === undefined ? <ListSkeleton rows={2} /> : data.rows.map((deed) => <Refusal key={deed.id} deed={deed} />)}
    </Section>
  );
}

function Refusal({ deed }: { readonly deed: RefusedDeed }) {
  const t = useTexts(syncTexts);
  const language = useLanguage();
  const now = useNow();
  const say = useErrorText();
  const clipboard = useClipboard();
  const retry = useDeed('sync.retryRefused');
  const dismiss = useDeed('sync.dismissRefused');
  const [first] = deed.changes;
  if (first === undefined) return null;
  const reason = deed.code === null ? null : say(deed.code);
  const more = deed.changeCount - deed.changes.length;
  const field =
    deed.field === null || !(deed.field in first.values) ? null : fieldName(first.row.entity, deed.field, language);
  const again = async () => {
    if ((await retry.run({ ids: [deed.id] })) !== null) showDone(t('retried'));
  };
  const settle = async () => {
    if ((await dismiss.run({ ids: [deed.id] })) !== null) showDone(t('settledRefused'));
  };
  return (
    <article className={classes.refusal}>
      <Group gap="sm" mb={4}>
        <StatusBadge tone="problem">{reason?.title ?? t('refused')}</StatusBadge>
        <Text fw={500}>
          <RowLink row={first.row} />
        </Text>
        <Text c="dimmed">
          {deedWords(
            { deed: first.deed, entity: first.row.entity, fields: Object.keys(first.values), more: 0 },
            language,
          )}
        </Text>
        <Text size="xs" c="dimmed" ml="auto">
          {t('refusedAt', { when: formatWhen(deed.createdAt, now, language) })}
        </Text>
      </Group>
      {reason !== null && <Text>{reason.sentence}</Text>}
      {field !== null && <Text>{t('concerns', { field })}</Text>}
      {deed.changes.map((change) => (
        <div key={`${change.row.entity} ${change.row.id}`} className={classes.values}>
          <Facts
            facts={Object.entries(change.values).map(([name, value]) => ({
              label: fieldName(change.row.entity, name, language),
              value: valueWords(change.row.entity, name, value, { names: {}, language }),
            }))}
          />
        </div>
      ))}
      {more > 0 && <Text c="dimmed">{t('refusedMore', { count: more, number: formatCount(more, language) })}</Text>}
      <Group gap="sm" mt="sm">
        {deed.mayRetry && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} />}
            loading={retry.running}
            onClick={() => void again()}
          >
            {t('retry')}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={clipboard.copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          onClick={() => clipboard.copy(textOf(deed, language))}
        >
          {clipboard.copied ? t('copied') : t('copy')}
        </Button>
        <Button variant="subtle" loading={dismiss.running} onClick={() => void settle()}>
          {t('settle')}
        </Button>
      </Group>
    </article>
  );
}

/** All that was entered, as text that can be pasted anywhere. */
function textOf(deed: RefusedDeed, language: Language): string {
  return deed.changes
    .map(({ row, values }) => {
      const lines = Object.entries(values).map(
        ([name, value]) =>
          `${fieldName(row.entity, name, language)}: ${valueWords(row.entity, name, value, { names: {}, language })}`,
      );
      return [[entityName(row.entity, language), row.name].filter(Boolean).join(': '), ...lines].join('\n');
    })
    .join('\n\n');
}
