import { ActionIcon, Button, Menu, Select, TextInput, Tooltip } from '@mantine/core';
import { IconCheck, IconEyeCheck, IconInbox, IconUserCheck, IconWorld } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { StatusBadge } from '../../../shared/ui/status-badge.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { CloseDetail, MoreMenu } from '../../lib/layout/detail-head.tsx';
import { useDeed, useOperation } from '../../lib/queries.ts';
import { WaitingBadge } from '../../lib/waiting/waiting-mark.tsx';
import { activitiesTexts } from './activities-texts.ts';
import classes from './activity-head.module.css';
import { ActivityPlace } from './activity-place.tsx';
import type { Loaded } from './filters.ts';
import { LinkedPeople } from './linked-people.tsx';

interface ActivityHeadProps {
  readonly loaded: Loaded;
  readonly online: boolean | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
  readonly onAssign: () => void;
}

/** Number, subject, status and everything that says where an activity belongs and who reads along. */
export function ActivityHead({ loaded, onClose, onDone, onAssign }: ActivityHeadProps) {
  const t = useTexts(activitiesTexts);
  const { activity, isNew, provisional } = loaded;
  const { data: lists } = useOperation('settings.lists', {});
  const handled = useDeed('activities.markHandled');
  const status = useDeed('activities.setStatus');
  const current = lists?.statuses.find(({ id }) => id === activity.statusId);
  const written = loaded.entries.some(({ authorKind }) => authorKind === 'resident');
  const mark = (next: boolean) => void handled.run({ ids: [activity.id], handled: next });
  return (
    <header className={classes.head}>
      <div className={classes.row}>
        {loaded.globe && (
          <Tooltip label={t('inPortal')}>
            <IconWorld size={16} className={classes.globe} role="img" aria-label={t('inPortal')} />
          </Tooltip>
        )}
        {provisional ? (
          <span title={t('provisionalHint')} className={classes.number} data-provisional>
            {t('provisional')}
          </span>
        ) : (
          <span className={classes.number}>#{activity.number}</span>
        )}
        {isNew && <StatusBadge tone="new">{t('isNew')}</StatusBadge>}
        <WaitingBadge id={activity.id} compact />
        <div className={classes.deeds}>
          {isNew && (
            <Button
              variant="default"
              leftSection={<IconEyeCheck size={16} />}
              loading={handled.running}
              onClick={() => mark(true)}
            >
              {t('markHandled')}
            </Button>
          )}
          <Select
            aria-label={t('status')}
            w={150}
            allowDeselect={false}
            data={(lists?.statuses ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            value={activity.statusId}
            disabled={status.running}
            onChange={(statusId) => {
              if (statusId !== null && statusId !== activity.statusId) {
                void status.run({ ids: [activity.id], statusId });
              }
            }}
          />
          {current?.isClosed === false && (
            <Tooltip label={`${t('closeOne')} (E)`}>
              <ActionIcon variant="default" size="lg" aria-label={t('closeOne')} onClick={onDone}>
                <IconCheck size={16} />
              </ActionIcon>
            </Tooltip>
          )}
          <MoreMenu>
            <Menu.Item leftSection={<IconUserCheck size={16} />} onClick={onAssign}>
              {t('assignToMe')}
            </Menu.Item>
            {written && !isNew && (
              <Menu.Item leftSection={<IconInbox size={16} />} onClick={() => mark(false)}>
                {t('markUnhandled')}
              </Menu.Item>
            )}
          </MoreMenu>
          <CloseDetail onClose={onClose} />
        </div>
      </div>
      <Subject id={activity.id} subject={activity.subject} />
      <ActivityPlace loaded={loaded} />
      <LinkedPeople loaded={loaded} />
    </header>
  );
}

/** The subject, edited where it stands: Enter or leaving saves, Escape takes back. */
function Subject({ id, subject }: { readonly id: string; readonly subject: string }) {
  const t = useTexts(activitiesTexts);
  const { run } = useDeed('activities.save');
  const [text, setText] = useState(subject);
  useEffect(() => setText(subject), [subject]);
  const save = () => {
    const next = text.trim();
    if (next === '' || next === subject) setText(subject);
    else void run({ id, fields: { subject: next } });
  };
  return (
    <TextInput
      aria-label={t('subject')}
      variant="unstyled"
      maxLength={200}
      classNames={{ input: classes.subject }}
      value={text}
      title={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') {
          event.stopPropagation();
          setText(subject);
        }
      }}
    />
  );
}
