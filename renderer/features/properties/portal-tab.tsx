import { Checkbox, MultiSelect, Select, SimpleGrid, Stack, Switch, Text } from '@mantine/core';
import type { Input, Output } from '../../../shared/contract/registry.ts';
import { whoMayPost } from '../../../shared/features/properties/model.ts';
import { labelTexts } from '../../../shared/ui/label-texts.ts';
import { showInfo } from '../../../shared/ui/notify.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { Section } from '../../lib/layout/section.tsx';
import { GroupChecks } from '../../lib/pickers/groups.tsx';
import { useDeed, useOperation } from '../../lib/queries.ts';
import { ContactsSection } from './contacts-section.tsx';
import { portalTexts } from './portal-texts.ts';

type Loaded = Output<'properties.get'>;
type Settings = Input<'properties.saveSettings'>['fields'];

/** What residents of a property see and may do. Every control saves at once, like a switch on a wall. */
export function PortalTab({ loaded: { property, settings } }: { readonly loaded: Loaded }) {
  const t = useTexts(portalTexts);
  const label = useTexts(labelTexts);
  const save = useDeed('properties.save');
  const saveSettings = useDeed('properties.saveSettings');
  const set = (fields: Settings) => void saveSettings.run({ propertyId: property.id, fields });
  const setOnline = async (online: boolean) => {
    const saved = await save.run({ id: property.id, fields: { online } });
    if (saved !== null) showInfo(online ? t('nowOnline') : t('nowOffline'));
  };
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <Stack gap="md">
        <Section title={t('visibility')}>
          <Switch
            label={t('online')}
            description={t('onlineHint')}
            checked={property.online}
            disabled={save.running}
            onChange={(event) => void setOnline(event.currentTarget.checked)}
          />
        </Section>
        <Section title={t('board')}>
          <Stack gap="md">
            <Select
              label={t('mayPost')}
              w={220}
              data={whoMayPost.map((key) => ({ value: key, label: label(`post.${key}`) }))}
              value={settings.residentsMayPost}
              onChange={(value) => {
                const chosen = whoMayPost.find((key) => key === value);
                if (chosen !== undefined) set({ residentsMayPost: chosen });
              }}
            />
            <Checkbox
              label={t('approval')}
              checked={settings.postsNeedApproval}
              disabled={settings.residentsMayPost === 'nobody'}
              onChange={(event) => set({ postsNeedApproval: event.currentTarget.checked })}
            />
          </Stack>
        </Section>
        <Section title={t('groups')}>
          <Stack gap="md">
            <GroupChecks
              label={t('directory')}
              value={settings.directoryGroups}
              onChange={(directoryGroups) => set({ directoryGroups })}
            />
            <GroupChecks
              label={t('messages')}
              value={settings.messageGroups}
              onChange={(messageGroups) => set({ messageGroups })}
            />
          </Stack>
        </Section>
      </Stack>
      <Stack gap="md">
        <ContactsSection propertyId={property.id} />
        <TopicsSection topicIds={settings.topicIds} onChange={(topicIds) => set({ topicIds })} />
      </Stack>
    </SimpleGrid>
  );
}

interface TopicsProps {
  /** Null offers all. */
  readonly topicIds: readonly string[] | null;
  readonly onChange: (topicIds: string[] | null) => void;
}

function TopicsSection({ topicIds, onChange }: TopicsProps) {
  const t = useTexts(portalTexts);
  const { data } = useOperation('settings.lists', {});
  const offered = (data?.topics ?? []).filter((topic) => topic.offered);
  return (
    <Section title={t('topics')}>
      <Stack gap="md">
        <Checkbox
          label={t('allTopics')}
          checked={topicIds === null}
          onChange={(event) => onChange(event.currentTarget.checked ? null : offered.map((topic) => topic.id))}
        />
        {topicIds === null ? (
          <Text c="dimmed">{offered.map((topic) => topic.name).join('\u00a0· ')}</Text>
        ) : (
          <MultiSelect
            label={t('chosenTopics')}
            data={offered.map((topic) => ({ value: topic.id, label: topic.name }))}
            value={[...topicIds]}
            onChange={onChange}
          />
        )}
      </Stack>
    </Section>
  );
}
