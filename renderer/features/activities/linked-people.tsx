import { ActionIcon, Button, Group, Popover, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconUserPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { showUndo } from '../../../shared/ui/notify.tsx';
import { PersonAvatar } from '../../../shared/ui/person-avatar.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { PersonSelect } from '../../lib/pickers/person-select.tsx';
import { useDeed } from '../../lib/queries.ts';
import { activitiesTexts } from './activities-texts.ts';
import classes from './activity-head.module.css';
import type { Loaded } from './filters.ts';
import { PickedReader } from './readers.tsx';

/** Who reads along; linking shows what the chosen ones will be able to read before it is done. */
export function LinkedPeople({ loaded }: { readonly loaded: Loaded }) {
  const t = useTexts(activitiesTexts);
  const { activity, people } = loaded;
  const link = useDeed('activities.linkPeople');
  const unlink = useDeed('activities.unlinkPerson');
  const remove = async (personId: string, name: string) => {
    if ((await unlink.run({ activityId: activity.id, personId })) === null) return;
    showUndo(t('unlinked', { name }), () => void link.run({ activityId: activity.id, personIds: [personId] }));
  };
  return (
    <section className={classes.people} aria-label={t('people')}>
      {people.length === 0 && <span className={classes.nobody}>{t('peopleNone')}</span>}
      {people.length > 0 && (
        <ul>
          {people.map(({ personId, name, registered }) => (
            <li key={personId} className={classes.person}>
              <PersonAvatar name={name} size={20} />
              <Link to={`/people/${personId}`}>{name}</Link>
              <span
                className={classes.registered}
                data-registered={registered || undefined}
                title={registered ? t('registered') : t('notRegistered')}
              >
                {registered ? (
                  <IconCircleCheck size={14} aria-hidden="true" />
                ) : (
                  <IconCircleDashed size={14} aria-hidden="true" />
                )}
                <span className="tp-visually-hidden">{registered ? t('registered') : t('notRegistered')}</span>
              </span>
              <ActionIcon
                size={20}
                aria-label={t('unlink', { name })}
                title={t('unlink', { name })}
                onClick={() => void remove(personId, name)}
              >
                <IconX size={14} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <AddPeople loaded={loaded} />
    </section>
  );
}

function AddPeople({ loaded: { activity, people, entries } }: { readonly loaded: Loaded }) {
  const t = useTexts(activitiesTexts);
  const common = useTexts(commonTexts);
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string[]>([]);
  const { run, running } = useDeed('activities.linkPeople');
  const fresh = chosen.filter((id) => !people.some((person) => person.personId === id));
  const released = entries.filter((entry) => entry.released && entry.kind !== 'note').length;
  const close = () => {
    setOpen(false);
    setChosen([]);
  };
  const add = async () => {
    if ((await run({ activityId: activity.id, personIds: fresh })) !== null) close();
  };
  return (
    <Popover
      opened={open}
      onChange={(next) => !next && close()}
      width={360}
      position="bottom-start"
      shadow="md"
      trapFocus
      // The choices hang outside of it; a click on one is no click away.
      closeOnClickOutside={false}
    >
      <Popover.Target>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconUserPlus size={16} />}
          aria-expanded={open}
          onClick={() => (open ? close() : setOpen(true))}
        >
          {t('addPeople')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('addPeople')}>
        <Stack gap="sm">
          {/* Another one for each choice: it closes over what it hides, and begins empty. */}
          <PersonSelect
            key={chosen.length}
            label={t('addPeople')}
            placeholder={t('addPeopleHint')}
            data-autofocus
            value={null}
            onChange={(personId) => {
              if (personId !== null) setChosen([...new Set([...chosen, personId])]);
            }}
          />
          {fresh.length > 0 && (
            <ul className={classes.chosen}>
              {fresh.map((personId) => (
                <li key={personId}>
                  <PickedReader personId={personId} />
                  <ActionIcon
                    size={20}
                    aria-label={common('remove')}
                    onClick={() => setChosen(chosen.filter((id) => id !== personId))}
                  >
                    <IconX size={14} />
                  </ActionIcon>
                </li>
              ))}
            </ul>
          )}
          <Text size="xs" c="dimmed">
            {released === 0 ? t('linkPreviewNone') : t('linkPreview', { count: released })} {t('linkInternal')}
          </Text>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close}>
              {common('cancel')}
            </Button>
            <Button disabled={fresh.length === 0} loading={running} onClick={() => void add()}>
              {t('linkDo')}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
