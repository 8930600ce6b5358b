import { Button } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'react-router';
import type { Output } from '../../../../shared/contract/registry.ts';
import { EmptyState } from '../../../../shared/ui/empty-state.tsx';
import { CardsSkeleton } from '../../../../shared/ui/skeletons.tsx';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { useNow } from '../../../../shared/ui/when.tsx';
import { Loaded } from '../../lib/loaded.tsx';
import { useNewMarks } from '../../lib/new-marks.ts';
import { Page } from '../../lib/page.tsx';
import { usePlace } from '../../lib/property.tsx';
import { useDeed, useLoaded } from '../../lib/queries.ts';
import { useScrollToPlace } from '../../lib/scroll-to-place.ts';
import classes from './board.module.css';
import { NoticeCard } from './notice-card.tsx';

const texts = defineTexts({
  de: {
    title: 'Schwarzes Brett',
    notices: 'Aushänge',
    empty: 'Hier hängt noch nichts',
    emptyHint: 'Sobald Ihre Hausverwaltung etwas aushängt, lesen Sie es hier.',
    older_one: 'Einen älteren Aushang anzeigen',
    older_other: '{{count}} ältere Aushänge anzeigen',
  },
  en: {
    title: 'Notice board',
    notices: 'Notices',
    empty: 'Nothing here yet',
    emptyHint: 'As soon as your property manager puts up a notice, you can read it here.',
    older_one: 'Show one older notice',
    older_other: 'Show {{count}} older notices',
  },
});

/** Notices shown before one asks for the older ones. */
const firstLook = 10;

type Notices = Output<'notices.board'>['notices'];

function Notices({ notices, marks }: { readonly notices: Notices; readonly marks: ReadonlySet<string> }) {
  const t = useTexts(texts);
  const now = useNow();
  const wanted = useLocation().hash.slice(1);
  const [all, setAll] = useState(false);
  const place = notices.findIndex(({ id }) => id === wanted);
  const shown = all || place >= firstLook ? notices : notices.slice(0, firstLook);
  useScrollToPlace(place >= 0);
  if (notices.length === 0) {
    return (
      <EmptyState headingOrder={2} illustration="notice-board" title={t('empty')}>
        {t('emptyHint')}
      </EmptyState>
    );
  }
  return (
    <>
      <ul className={classes.board} aria-label={t('notices')}>
        {shown.map((notice) => (
          <li key={notice.id}>
            <NoticeCard notice={notice} isNew={marks.has(notice.id)} now={now} />
          </li>
        ))}
      </ul>
      {shown.length < notices.length && (
        <Button variant="default" onClick={() => setAll(true)} className={classes.older}>
          {t('older', { count: notices.length - shown.length })}
        </Button>
      )}
    </>
  );
}

/** The notice board of the property: pinned on top, newest first. */
export function BoardPage() {
  const t = useTexts(texts);
  const place = usePlace();
  const board = useLoaded('notices.board', place);
  const seen = useDeed('notices.seen', ['notices.board', 'properties.mine']);
  const marks = useNewMarks(board.data?.notices, () => seen.mutate(place));
  return (
    <Page title={t('title')}>
      <Loaded query={board} skeleton={<CardsSkeleton />}>
        {({ notices }) => <Notices notices={notices} marks={marks} />}
      </Loaded>
    </Page>
  );
}
