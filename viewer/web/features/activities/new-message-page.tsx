import { Button } from '@mantine/core';
import { useState } from 'react';
import { commonTexts } from '../../../../shared/ui/common-texts.ts';
import { EmptyState } from '../../../../shared/ui/empty-state.tsx';
import { CardsSkeleton } from '../../../../shared/ui/skeletons.tsx';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { Loaded } from '../../lib/loaded.tsx';
import { Page } from '../../lib/page.tsx';
import { paths } from '../../lib/paths.ts';
import { usePlace, useProperty } from '../../lib/property.tsx';
import { useLoaded } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.ts';
import { type Draft, draftKeys, emptyDraft, isWorthKeeping, useDraft } from './draft.ts';
import classes from './form.module.css';
import { MessageForm } from './message-form.tsx';

const texts = defineTexts({
  de: {
    title: 'Nachricht schreiben',
    lead: 'Ihre Hausverwaltung bekommt die Nachricht sofort. Sie sehen hier, wie es damit weitergeht.',
    back: 'Nachrichten',
    discarded: 'Der Entwurf ist verworfen.',
    closed: 'Hier können Sie nicht schreiben',
    closedHint:
      'Für dieses Haus ist das Schreiben für Sie nicht freigeschaltet. Bitte rufen Sie Ihre Hausverwaltung an.',
  },
  en: {
    title: 'Write a message',
    lead: 'Your property manager receives the message at once. You see here how it goes on.',
    back: 'Messages',
    discarded: 'The draft has been discarded.',
    closed: 'You cannot write here',
    closedHint: 'Writing is not open to you for this house. Please call your property manager.',
  },
});

const begin = () => emptyDraft();

function Composer({ loginId }: { readonly loginId: string }) {
  const t = useTexts(texts);
  const common = useTexts(commonTexts);
  const place = usePlace();
  const topics = useLoaded('activities.topics', place);
  const handle = useDraft(draftKeys.message(loginId, place.propertyId), begin);
  const [discarded, setDiscarded] = useState<Draft | null>(null);
  const discard = () => {
    setDiscarded(handle.draft);
    handle.discard();
  };
  return (
    <Page title={t('title')} lead={t('lead')} back={{ to: paths.messages(place.propertyId), label: t('back') }}>
      <div role="status">
        {discarded !== null && !isWorthKeeping(handle.draft) && (
          <p className={classes.discarded}>
            {t('discarded')}
            <Button variant="default" onClick={() => handle.change(discarded)}>
              {common('undo')}
            </Button>
          </p>
        )}
      </div>
      <Loaded query={topics} skeleton={<CardsSkeleton cards={3} columns={3} />}>
        {(offered) => <MessageForm topics={offered} loginId={loginId} onDiscard={discard} {...handle} />}
      </Loaded>
    </Page>
  );
}

/** A resident writes about something new. */
export function NewMessagePage() {
  const t = useTexts(texts);
  const { id, may } = useProperty();
  const session = useSession().data ?? null;
  if (session === null) return null;
  if (may.write) return <Composer loginId={session.loginId} />;
  return (
    <Page title={t('title')} back={{ to: paths.messages(id), label: t('back') }}>
      <EmptyState headingOrder={2} illustration="letter-box" title={t('closed')}>
        {t('closedHint')}
      </EmptyState>
    </Page>
  );
}
