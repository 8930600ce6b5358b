import { Anchor } from '@mantine/core';
import { IconMail, IconPhone } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Output } from '../../../../shared/contract/registry.ts';
import { EmptyState } from '../../../../shared/ui/empty-state.tsx';
import { labelTexts } from '../../../../shared/ui/label-texts.ts';
import { PersonAvatar } from '../../../../shared/ui/person-avatar.tsx';
import { CardsSkeleton } from '../../../../shared/ui/skeletons.tsx';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { Loaded } from '../../lib/loaded.tsx';
import { Page } from '../../lib/page.tsx';
import { paths } from '../../lib/paths.ts';
import { usePlace, useProperty } from '../../lib/property.tsx';
import { useLoaded } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.ts';
import { telephoneLink } from '../../lib/telephone-link.ts';
import classes from './directory.module.css';

const texts = defineTexts({
  de: {
    title: 'Nachbarn',
    lead: 'Hier stehen nur Nachbarn, die damit einverstanden sind.',
    shown: 'Sie selbst sind für andere sichtbar.',
    hidden: 'Sie selbst sind für andere nicht sichtbar.',
    change: 'Ändern',
    changeLabel: 'Sichtbarkeit in „Mein Konto“ ändern',
    own: '(Sie)',
    unit: 'Einheit {{units}}',
    mail: 'E-Mail an {{name}}:',
    call: '{{name}} anrufen: {{phone}}',
    empty: 'Noch zeigt sich hier niemand',
    emptyHint: 'Sobald Nachbarn zustimmen, sehen Sie hier ihren Namen und ihre Wohnung.',
  },
  en: {
    title: 'Neighbours',
    lead: 'Only neighbours who agreed to it are listed here.',
    shown: 'You yourself are visible to others.',
    hidden: 'You yourself are not visible to others.',
    change: 'Change',
    changeLabel: 'Change visibility in “My account”',
    own: '(you)',
    unit: 'Unit {{units}}',
    mail: 'E-mail to {{name}}:',
    call: 'Call {{name}}: {{phone}}',
    empty: 'Nobody is listed here yet',
    emptyHint: 'As soon as neighbours agree, you see their name and flat here.',
  },
});

type Neighbour = Output<'people.directory'>[number];

interface CardProps {
  readonly neighbour: Neighbour;
  /** The signed-in person, as others see them. */
  readonly own: boolean;
}

function Card({ neighbour, own }: CardProps) {
  const t = useTexts(texts);
  const label = useTexts(labelTexts);
  const { name, groups, units, photo, email, phone } = neighbour;
  const facts = [
    ...(units.length > 0 ? [t('unit', { units: units.join(', ') })] : []),
    ...groups.map((group) => label(`group.${group}`)),
  ];
  return (
    <li className={classes.card}>
      <PersonAvatar name={name} photoUrl={photo} size={48} />
      <div className={classes.words}>
        <h2 className={classes.name}>
          {name} {own && <span className={classes.own}>{t('own')}</span>}
        </h2>
        <p className={classes.facts}>{facts.join(' · ')}</p>
        {email !== null && (
          <Anchor href={`mailto:${encodeURIComponent(email)}`} className={classes.way}>
            <IconMail size={20} aria-hidden="true" />
            <span className="tp-visually-hidden">{t('mail', { name })}</span>
            {email}
          </Anchor>
        )}
        {phone !== null && (
          <Anchor href={telephoneLink(phone)} className={classes.way} aria-label={t('call', { name, phone })}>
            <IconPhone size={20} aria-hidden="true" />
            {phone}
          </Anchor>
        )}
      </div>
    </li>
  );
}

function OwnVisibility() {
  const t = useTexts(texts);
  const { id, organisationId } = useProperty();
  const settings = useLoaded('accounts.settings', { organisationId });
  if (settings.data === undefined) return null;
  return (
    <>
      {settings.data.showInDirectory ? t('shown') : t('hidden')}{' '}
      <Anchor component={Link} to={paths.account(id)} aria-label={t('changeLabel')} underline="always">
        {t('change')}
      </Anchor>
    </>
  );
}

/** Who is registered at the property, as far as they consented. */
export function DirectoryPage() {
  const t = useTexts(texts);
  const directory = useLoaded('people.directory', usePlace());
  const ownIds = useSession().data?.accounts.map(({ accountId }) => accountId) ?? [];
  return (
    <Page
      title={t('title')}
      lead={
        <>
          {t('lead')} <OwnVisibility />
        </>
      }
    >
      <Loaded query={directory} skeleton={<CardsSkeleton cards={4} columns={2} />}>
        {(neighbours) =>
          neighbours.length === 0 ? (
            <EmptyState headingOrder={2} illustration="door-bell" title={t('empty')}>
              {t('emptyHint')}
            </EmptyState>
          ) : (
            <ul className={classes.cards}>
              {neighbours.map((neighbour) => (
                <Card key={neighbour.accountId} neighbour={neighbour} own={ownIds.includes(neighbour.accountId)} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  );
}
