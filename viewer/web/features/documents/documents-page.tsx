import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { Output } from '../../../../shared/contract/registry.ts';
import { commonTexts } from '../../../../shared/ui/common-texts.ts';
import { EmptyState } from '../../../../shared/ui/empty-state.tsx';
import { ListSkeleton } from '../../../../shared/ui/skeletons.tsx';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { useNow } from '../../../../shared/ui/when.tsx';
import list from '../../lib/card-list.module.css';
import { Loaded } from '../../lib/loaded.tsx';
import { useNewMarks } from '../../lib/new-marks.ts';
import { Page } from '../../lib/page.tsx';
import { usePlace } from '../../lib/property.tsx';
import { useDeed, useLoaded } from '../../lib/queries.ts';
import { useFilePreview } from '../../lib/resident-files.tsx';
import { useScrollToPlace } from '../../lib/scroll-to-place.ts';
import { CategoryFilter, type Shown } from './category-filter.tsx';
import { DocumentRow } from './document-row.tsx';
import classes from './documents.module.css';
import { byCategory, categoriesOf, matches } from './sorting.ts';

const texts = defineTexts({
  de: {
    title: 'Dokumente',
    search: 'Dokumente durchsuchen',
    others: 'Weitere',
    empty: 'Noch keine Dokumente',
    emptyHint: 'Hausordnung, Abrechnungen und Protokolle finden Sie hier, sobald Ihre Hausverwaltung sie freigibt.',
    found_one: 'Ein Dokument',
    found_other: '{{count}} Dokumente',
    reset: 'Alle Dokumente anzeigen',
  },
  en: {
    title: 'Documents',
    search: 'Search documents',
    others: 'Others',
    empty: 'No documents yet',
    emptyHint: 'You find house rules, statements and minutes here as soon as your property manager releases them.',
    found_one: 'One document',
    found_other: '{{count}} documents',
    reset: 'Show all documents',
  },
});

type Documents = Output<'documents.released'>['documents'];

/** From this many on, searching is quicker than looking. */
const manyDocuments = 5;

interface LibraryProps {
  readonly documents: Documents;
  readonly marks: ReadonlySet<string>;
}

function Library({ documents, marks }: LibraryProps) {
  const t = useTexts(texts);
  const common = useTexts(commonTexts);
  const now = useNow();
  const [query, setQuery] = useState('');
  const [shown, setShown] = useState<Shown>({ kind: 'all' });
  const { open, dialog } = useFilePreview(documents.map(({ file }) => file));
  useScrollToPlace(true);
  const narrowed = query.trim() !== '' || shown.kind !== 'all';
  const found = documents.filter((document) => {
    if (shown.kind === 'new' && !marks.has(document.id)) return false;
    if (shown.kind === 'category' && document.category !== shown.category) return false;
    return matches(document, query);
  });
  const reset = () => {
    setQuery('');
    setShown({ kind: 'all' });
  };
  return (
    <>
      <div className={classes.tools}>
        {documents.length >= manyDocuments && (
          <TextInput
            type="search"
            aria-label={t('search')}
            placeholder={t('search')}
            leftSection={<IconSearch size={20} aria-hidden="true" />}
            value={query}
            maxLength={100}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
        )}
        <CategoryFilter
          categories={categoriesOf(documents)}
          count={documents.length}
          newCount={documents.filter(({ id }) => marks.has(id)).length}
          others={t('others')}
          shown={shown}
          onChange={setShown}
        />
      </div>
      <div role="status" className={classes.found}>
        {narrowed && found.length > 0 && t('found', { count: found.length })}
      </div>
      {found.length === 0 && (
        <EmptyState
          headingOrder={2}
          illustration="nothing-found"
          title={common('nothingFound')}
          action={
            <Button variant="default" onClick={reset}>
              {t('reset')}
            </Button>
          }
        >
          {query.trim() === '' ? common('tryOtherFilter') : common('nothingFoundFor', { query: query.trim() })}
        </EmptyState>
      )}
      {byCategory(found).map(([category, rows]) => (
        <section key={category ?? ''} className={classes.section}>
          <h2 className={list.heading}>{category ?? t('others')}</h2>
          <ul className={list.rows}>
            {rows.map((document) => (
              <DocumentRow
                key={document.id}
                document={document}
                isNew={marks.has(document.id)}
                now={now}
                onOpen={() => open(document.file)}
              />
            ))}
          </ul>
        </section>
      ))}
      {dialog}
    </>
  );
}

/** The documents released for the signed-in person, by category. */
export function DocumentsPage() {
  const t = useTexts(texts);
  const place = usePlace();
  const released = useLoaded('documents.released', place);
  const seen = useDeed('documents.seen', ['documents.released', 'properties.mine']);
  const marks = useNewMarks(released.data?.documents, () => seen.mutate(place));
  return (
    <Page title={t('title')}>
      <Loaded query={released} skeleton={<ListSkeleton rows={6} />}>
        {({ documents }) =>
          documents.length === 0 ? (
            <EmptyState headingOrder={2} illustration="documents" title={t('empty')}>
              {t('emptyHint')}
            </EmptyState>
          ) : (
            <Library documents={documents} marks={marks} />
          )
        }
      </Loaded>
    </Page>
  );
}
