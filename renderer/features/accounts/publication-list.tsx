import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { Output } from '../../../shared/contract/registry.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { formatCount } from '../../../shared/ui/format.ts';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { showDone } from '../../../shared/ui/notify.tsx';
import { ListSkeleton } from '../../../shared/ui/skeletons.tsx';
import { StatusBadge } from '../../../shared/ui/status-badge.tsx';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useDeed, useOperation } from '../../lib/queries.ts';
import classes from './accounts-page.module.css';
import { accountsTexts } from './accounts-texts.ts';

type Item = Output<'sync.publication'>['items'][number];

/** Veröffentlichung: what the next sync releases, each to be taken back until then. */
export function PublicationList() {
  const t = useTexts(accountsTexts);
  const { data, error, refetch } = useOperation('sync.publication', {});
  const sync = useDeed('sync.now');
  if (error !== null) return <LoadError code={error.code} details={error.details} onRetry={() => void refetch()} />;
  if (data === undefined) return <ListSkeleton rows={4} />;
  if (data.items.length === 0) {
    return (
      <EmptyState illustration="letter-box" title={t('publicationEmptyTitle')}>
        {t('publicationEmptyBody')}
      </EmptyState>
    );
  }
  return (
    <Stack className={classes.scroll}>
      <Group justify="space-between">
        <Text c="dimmed">
          {t('publicationHint')} {data.mails > 0 && t('mails', { count: data.mails })}
        </Text>
        <Button leftSection={<IconRefresh size={16} />} loading={sync.running} onClick={() => void sync.run({})}>
          {t('syncNow')}
        </Button>
      </Group>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={120}>{t('kind')}</Table.Th>
            <Table.Th>{t('what')}</Table.Th>
            <Table.Th>{t('place')}</Table.Th>
            <Table.Th ta="right">{t('audience')}</Table.Th>
            <Table.Th w={190} />
            <Table.Th w={140} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.items.map((item) => (
            <ItemRow key={`${item.kind} ${item.id}`} item={item} />
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

function ItemRow({ item }: { readonly item: Item }) {
  const t = useTexts(accountsTexts);
  const language = useLanguage();
  const takeBack = useTakeBack(item);
  return (
    <Table.Tr>
      <Table.Td>{t(`item.${item.kind}`)}</Table.Td>
      <Table.Td>{item.title}</Table.Td>
      <Table.Td>{item.place}</Table.Td>
      <Table.Td ta="right">{formatCount(item.audience, language)}</Table.Td>
      <Table.Td>
        {item.waitsForFile && (
          <StatusBadge tone="waiting" size="sm">
            {t('waitsForFile')}
          </StatusBadge>
        )}
      </Table.Td>
      <Table.Td ta="right">
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={t('takeBackOf', { title: item.title })}
          onClick={() => void takeBack()}
        >
          {t('takeBack')}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}

/** Takes an item out of the publication, in the way of its kind. */
function useTakeBack(item: Item): () => Promise<void> {
  const t = useTexts(accountsTexts);
  const document = useDeed('documents.withdraw');
  const notice = useDeed('notices.withdraw');
  const entry = useDeed('activities.setRelease');
  const invitation = useDeed('accounts.disable');
  const deed = () => {
    switch (item.kind) {
      case 'document':
        return document.run({ ids: [item.id] });
      case 'notice':
        return notice.run({ ids: [item.id] });
      case 'entry':
        return entry.run({ entryId: item.id, released: false });
      case 'invitation':
        return invitation.run({ ids: [item.id] });
    }
  };
  return async () => {
    if ((await deed()) !== null && (item.kind === 'document' || item.kind === 'notice')) showDone(t('takenBack'));
  };
}
