import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { Page } from '../../lib/page.tsx';
import { useProperty } from '../../lib/property.tsx';
import { useSession } from '../../lib/session.ts';
import { Contacts } from './contacts.tsx';
import { Matters } from './matters.tsx';
import { News } from './news.tsx';
import classes from './start.module.css';

const texts = defineTexts({
  de: { title: 'Startseite', hello: 'Guten Tag, {{name}}', unit: 'Einheit {{unit}}' },
  en: { title: 'Start page', hello: 'Hello, {{name}}', unit: 'Unit {{unit}}' },
});

/** What is new for me, whom do I call now, and how do my matters stand. */
export function StartPage() {
  const t = useTexts(texts);
  const { organisationId, name, units, may } = useProperty();
  const session = useSession().data ?? null;
  const account = session?.accounts.find((candidate) => candidate.organisationId === organisationId);
  const person = account?.personName ?? session?.name ?? '';
  const home = units.map(({ number, location }) => [t('unit', { unit: number }), location].filter(Boolean).join(', '));
  return (
    <Page title={t('title')} heading={t('hello', { name: person })} lead={[name, ...home].join(' · ')}>
      <div className={classes.start}>
        <News />
        {may.board && <Contacts />}
        <Matters />
      </div>
    </Page>
  );
}
