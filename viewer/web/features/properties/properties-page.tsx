import { Button } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link, Navigate } from 'react-router';
import type { ResidentProperty } from '../../../../shared/features/properties/contract.ts';
import { EmptyState } from '../../../../shared/ui/empty-state.tsx';
import { Logo } from '../../../../shared/ui/logo.tsx';
import { CardsSkeleton } from '../../../../shared/ui/skeletons.tsx';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { HousePicture } from '../../lib/house-picture.tsx';
import { Loaded } from '../../lib/loaded.tsx';
import { Page } from '../../lib/page.tsx';
import { paths } from '../../lib/paths.ts';
import { streetOf, townOf, useProperties } from '../../lib/property.tsx';
import { endSession } from '../../lib/session.ts';
import classes from './properties.module.css';

const texts = defineTexts({
  de: {
    title: 'Ihre Häuser',
    notices_one: '{{count}} neuer Aushang',
    notices_other: '{{count}} neue Aushänge',
    documents_one: '{{count}} neues Dokument',
    documents_other: '{{count}} neue Dokumente',
    messages_one: '{{count}} neue Antwort',
    messages_other: '{{count}} neue Antworten',
    nothing: 'Nichts Neues',
    none: 'Für Sie ist noch kein Haus freigeschaltet',
    noneHint: 'Ihr Zugang ist eingerichtet. Sobald Ihre Hausverwaltung Ihr Haus freischaltet, erscheint es hier.',
    leave: 'Abmelden',
  },
  en: {
    title: 'Your houses',
    notices_one: '{{count}} new notice',
    notices_other: '{{count}} new notices',
    documents_one: '{{count}} new document',
    documents_other: '{{count}} new documents',
    messages_one: '{{count}} new answer',
    messages_other: '{{count}} new answers',
    nothing: 'Nothing new',
    none: 'No house has been opened to you yet',
    noneHint: 'Your access is ready. As soon as your property manager opens your house, it appears here.',
    leave: 'Sign out',
  },
});

function News({ unread }: Pick<ResidentProperty, 'unread'>) {
  const t = useTexts(texts);
  const kinds = ['messages', 'notices', 'documents'] as const;
  const news = kinds.filter((kind) => unread[kind] > 0);
  if (news.length === 0) return <p className={classes.quiet}>{t('nothing')}</p>;
  return (
    <ul className={classes.news}>
      {news.map((kind) => (
        <li key={kind}>{t(kind, { count: unread[kind] })}</li>
      ))}
    </ul>
  );
}

function House({ property }: { readonly property: ResidentProperty }) {
  const address = [streetOf(property), townOf(property)].filter((part) => part !== '' && part !== property.name);
  return (
    <article className={classes.house}>
      <div className={classes.picture}>
        <HousePicture property={property} />
      </div>
      <div className={classes.words}>
        <h3 className={classes.name}>
          <Link to={paths.start(property.id)} className={classes.link}>
            {property.name}
          </Link>
        </h3>
        <p className={classes.address}>{address.join(', ')}</p>
        <News unread={property.unread} />
      </div>
    </article>
  );
}

function Houses({ properties }: { readonly properties: readonly ResidentProperty[] }) {
  const t = useTexts(texts);
  if (properties.length === 0) {
    return (
      <EmptyState headingOrder={2} illustration="key" title={t('none')}>
        {t('noneHint')}
      </EmptyState>
    );
  }
  const companies = [...new Set(properties.map(({ organisationName }) => organisationName))];
  return companies.map((company) => (
    <section key={company} className={classes.company}>
      <h2 className={classes.companyName}>{company}</h2>
      <div className={classes.houses}>
        {properties
          .filter(({ organisationName }) => organisationName === company)
          .map((property) => (
            <House key={property.id} property={property} />
          ))}
      </div>
    </section>
  ));
}

function SignOut() {
  const t = useTexts(texts);
  const leave = useMutation({ mutationFn: () => endSession() });
  return (
    <Button
      variant="subtle"
      color="gray"
      leftSection={<IconLogout size={20} aria-hidden="true" />}
      onClick={() => leave.mutate()}
      loading={leave.isPending}
    >
      {t('leave')}
    </Button>
  );
}

/** The properties that are online and that one belongs to; straight in when there is only one. */
export function PropertiesPage() {
  const t = useTexts(texts);
  const properties = useProperties();
  const only = properties.data?.length === 1 ? properties.data[0] : undefined;
  if (only !== undefined) return <Navigate to={paths.start(only.id)} replace />;
  // Who has one house goes on to it: the heading of several would only flash.
  if (properties.isPending) {
    return (
      <div className={classes.frame}>
        <CardsSkeleton columns={2} cards={2} />
      </div>
    );
  }
  return (
    <div className={classes.frame}>
      <header className={classes.top}>
        <Logo size={26} />
        <SignOut />
      </header>
      <main>
        <Page title={t('title')}>
          <Loaded query={properties} skeleton={<CardsSkeleton columns={2} cards={2} />}>
            {(data) => <Houses properties={data} />}
          </Loaded>
        </Page>
      </main>
    </div>
  );
}
