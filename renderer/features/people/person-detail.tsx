import { Anchor, Button, Menu, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconMail, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Output } from '../../../shared/contract/registry.ts';
import { displayName } from '../../../shared/features/people/model.ts';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { PersonAvatar } from '../../../shared/ui/person-avatar.tsx';
import { DetailSkeleton } from '../../../shared/ui/skeletons.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useInvite } from '../../lib/invitation/use-invite.ts';
import { DetailHead } from '../../lib/layout/detail-head.tsx';
import { Facts, Section } from '../../lib/layout/section.tsx';
import { useOperation, useReversible } from '../../lib/queries.ts';
import { WaitingBadge } from '../../lib/waiting/waiting-mark.tsx';
import { AccountBadge } from './account-badge.tsx';
import { MembershipsSection } from './memberships-section.tsx';
import { peopleTexts } from './people-texts.ts';
import classes from './person-detail.module.css';
import { PersonForm } from './person-form.tsx';

type Loaded = Output<'people.get'>;

/** A person with memberships and portal account. */
export function PersonDetail({ id }: { readonly id: string }) {
  const t = useTexts(peopleTexts);
  const { data, error, refetch } = useOperation('people.get', { id });
  if (error !== null) return <LoadError code={error.code} details={error.details} onRetry={() => void refetch()} />;
  if (data === undefined) return <DetailSkeleton />;
  const { person } = data;
  const city = [person.postalCode, person.city].filter((part) => part !== null && part !== '').join(' ');
  const address = [person.street, city].filter((part) => part !== null && part !== '').join(', ');
  return (
    <div className={classes.detail}>
      <Head loaded={data} />
      <div className={classes.scroll}>
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
            <Section title={t('contact')}>
              <Facts
                facts={[
                  { label: t('email'), value: person.email && <Mail address={person.email} /> },
                  { label: t('phone'), value: person.phone },
                  { label: t('mobile'), value: person.mobile },
                  { label: t('address'), value: address },
                  { label: t('number'), value: person.number },
                ]}
              />
            </Section>
            <AccessSection loaded={data} />
          </SimpleGrid>
          <MembershipsSection personId={person.id} memberships={data.memberships} />
        </Stack>
      </div>
    </div>
  );
}

function Mail({ address }: { readonly address: string }) {
  return <Anchor href={`mailto:${address}`}>{address}</Anchor>;
}

function Head({ loaded: { person, accountState } }: { readonly loaded: Loaded }) {
  const t = useTexts(peopleTexts);
  const common = useTexts(commonTexts);
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const removal = useReversible({ deed: 'people.remove', undo: 'people.restore' });
  const name = displayName(person);
  const remove = async () => {
    if (await removal.run([person.id], t('deletedOne', { name }))) void navigate('/people');
  };
  return (
    <>
      <DetailHead
        picture={<PersonAvatar name={name} size={40} company={person.lastName === null} />}
        title={name}
        state={
          <>
            <AccountBadge state={accountState} />
            <WaitingBadge id={person.id} />
          </>
        }
        note={
          <Text c="dimmed" truncate>
            {person.company !== null && person.lastName !== null ? person.company : (person.city ?? '')}
          </Text>
        }
        deeds={
          <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setEditing(true)}>
            {common('edit')}
          </Button>
        }
        menu={
          <Menu.Item color="alarm" leftSection={<IconTrash size={16} />} onClick={() => void remove()}>
            {t('deletePerson')}
          </Menu.Item>
        }
        onClose={() => void navigate('/people')}
      />
      {editing && <PersonForm person={person} onClose={() => setEditing(false)} />}
    </>
  );
}

const sentences = {
  none: 'accessNone',
  invited: 'accessInvited',
  expired: 'accessExpired',
  registered: 'accessRegistered',
  disabled: 'accessDisabled',
} as const;

function AccessSection({ loaded: { person, accountState } }: { readonly loaded: Loaded }) {
  const t = useTexts(peopleTexts);
  const { invite, running } = useInvite();
  const may = accountState === 'none' || accountState === 'expired';
  return (
    <Section title={t('portalAccess')}>
      <Stack gap="sm" align="flex-start">
        <AccountBadge state={accountState} />
        <Text c="dimmed">{t(sentences[accountState])}</Text>
        {may && person.email === null && <Text c="dimmed">{t('accessNoEmail')}</Text>}
        {may && (
          <Button
            leftSection={<IconMail size={16} />}
            disabled={person.email === null}
            loading={running}
            onClick={() => void invite([person.id])}
          >
            {t('inviteMail')}
          </Button>
        )}
      </Stack>
    </Section>
  );
}
