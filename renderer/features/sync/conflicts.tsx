import { Button, Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import type { Output } from '../../../shared/contract/registry.ts';
import { errorCodes } from '../../../shared/lib/errors.ts';
import { useErrorText } from '../../../shared/ui/error-texts.ts';
import { formatWhen } from '../../../shared/ui/format.ts';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { showDone } from '../../../shared/ui/notify.tsx';
import { ListSkeleton } from '../../../shared/ui/skeletons.tsx';
import { StatusBadge } from '../../../shared/ui/status-badge.tsx';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import { Section } from '../../lib/layout/section.tsx';
import { useDeed, useOperation } from '../../lib/queries.ts';
import { entityTexts, isJournalWord } from './entity-texts.ts';
import { syncTexts } from './sync-texts.ts';

type Conflict = Output<'sync.conflicts'>[number];

/** Entries shown at once; open ones come first. */
const shown = 50;

/** The conflict journal: both values, both authors, both times, and one click to restore the other one. */
export function Conflicts() {
  const t = useTexts(syncTexts);
  const { data, error, refetch } = useOperation('sync.conflicts', {});
  if (error !== null) return <LoadError code={error.code} details={error.details} onRetry={() => void refetch()} />;
  if (data === undefined) return <ListSkeleton rows={3} />;
  const open = data.filter((conflict) => conflict.resolvedAt === null).length;
  return (
    <Section title={open > 0 ? `${t('conflicts')} · ${open}` : t('conflicts')} order={2}>
      {data.length === 0 ? (
        <Text c="dimmed">{t('conflictsEmpty')}</Text>
      ) : (
        <Stack>
          <Text c="dimmed">{t('conflictsHint')}</Text>
          {data.slice(0, shown).map((conflict) => (
            <ConflictCard key={conflict.id} conflict={conflict} />
          ))}
        </Stack>
      )}
    </Section>
  );
}

function ConflictCard({ conflict }: { readonly conflict: Conflict }) {
  const t = useTexts(syncTexts);
  const word = useTexts(entityTexts);
  const say = useErrorText();
  const language = useLanguage();
  const now = useNow();
  const { run, running } = useDeed('sync.resolveConflicts');
  const isOpen = conflict.resolvedAt === null;
  const mayRestore = isOpen && conflict.kind !== 'rejected' && conflict.kind !== 'clock-clamped';
  const code = errorCodes.find((known) => known === conflict.code);
  const resolve = async (restore: boolean) => {
    const done = await run({ ids: [conflict.id], restore });
    if (done !== null) showDone(restore ? t('restored') : t('settled'));
  };
  const known = `entity.${conflict.entity}`;
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap="sm">
        <Group justify="space-between">
          <Group gap="sm">
            <StatusBadge tone={isOpen ? 'problem' : 'off'}>{t(`kind.${conflict.kind}`)}</StatusBadge>
            <Text>{isJournalWord(known) ? word(known) : conflict.entity}</Text>
            <Text fw={500}>{conflict.name}</Text>
          </Group>
          {conflict.resolvedAt !== null && (
            <Text c="dimmed">{t('resolvedAt', { when: formatWhen(conflict.resolvedAt, now, language) })}</Text>
          )}
        </Group>
        <SimpleGrid cols={2}>
          <Version title={t('lost')} value={conflict.lostValue} by={conflict.lostBy} at={conflict.lostAt} />
          <Version title={t('kept')} value={conflict.keptValue} by={conflict.keptBy} at={conflict.keptAt} />
        </SimpleGrid>
        {code !== undefined && <Text size="sm">{say(code).sentence}</Text>}
        {isOpen && (
          <Group gap="sm">
            {mayRestore && (
              <Button variant="default" loading={running} onClick={() => void resolve(true)}>
                {t('restore')}
              </Button>
            )}
            <Button variant="subtle" loading={running} onClick={() => void resolve(false)}>
              {t('settle')}
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

interface VersionProps {
  readonly title: string;
  /** JSON object field → value. */
  readonly value: string;
  readonly by: string;
  readonly at: string;
}

function Version({ title, value, by, at }: VersionProps) {
  const t = useTexts(syncTexts);
  const word = useTexts(entityTexts);
  const language = useLanguage();
  const now = useNow();
  const { data: lists } = useOperation('settings.lists', {});
  const [kind, id] = by.split(':');
  const author =
    kind === 'server'
      ? t('server')
      : kind === 'account'
        ? t('resident')
        : (lists?.staff.find((member) => member.id === id)?.name ?? t('somebody'));
  const say = (content: unknown): string => {
    if (content === null || content === '') return t('empty');
    if (typeof content === 'boolean') return content ? t('yes') : t('no');
    const named = lists?.statuses.find((status) => status.id === content)?.name;
    return named ?? (typeof content === 'string' ? content : JSON.stringify(content));
  };
  return (
    <div>
      <Text size="xs" c="dimmed">
        {title} · {author} · {formatWhen(at, now, language)}
      </Text>
      {Object.entries(JSON.parse(value) as Readonly<Record<string, unknown>>).map(([field, content]) => {
        const known = `field.${field}`;
        return (
          <Text key={field} style={{ overflowWrap: 'anywhere' }} lineClamp={4}>
            <Text span c="dimmed">
              {isJournalWord(known) ? word(known) : field}:{' '}
            </Text>
            {say(content)}
          </Text>
        );
      })}
    </div>
  );
}
