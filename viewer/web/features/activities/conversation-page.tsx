import { IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useLocation, useParams } from 'react-router';
import type { Output } from '../../../../shared/contract/registry.ts';
import { Conversation } from '../../../../shared/ui/conversation.tsx';
import { ConversationSkeleton } from '../../../../shared/ui/skeletons.tsx';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { useNow } from '../../../../shared/ui/when.tsx';
import { ActivityStatus } from '../../lib/activity-status.tsx';
import { Loaded } from '../../lib/loaded.tsx';
import { Page } from '../../lib/page.tsx';
import { paths } from '../../lib/paths.ts';
import { useProperty } from '../../lib/property.tsx';
import { messageInterval, useDeed, useLoaded } from '../../lib/queries.ts';
import { residentFileHandlers, useFilePreview } from '../../lib/resident-files.tsx';
import { useSession } from '../../lib/session.ts';
import classes from './conversation.module.css';
import type { Arrival } from './message-form.tsx';
import { ReplyForm } from './reply-form.tsx';

const texts = defineTexts({
  de: {
    title: 'Nachricht',
    back: 'Nachrichten',
    number: 'Nr. {{number}}',
    unit: 'Einheit {{unit}}',
    sent: 'Ihre Nachricht ist angekommen. Sie hat die Nummer {{number}}. Antworten stehen hier; Sie bekommen auch eine E-Mail.',
    arrivedBefore:
      'Eine frühere Fassung Ihrer Nachricht war schon angekommen. Ihr geänderter Text steht unten als Antwort.',
    closed: 'Dieses Anliegen ist abgeschlossen. Wenn Sie noch einmal schreiben, wird es wieder geöffnet.',
    readOnly: 'Auf dieses Anliegen können Sie nicht mehr antworten.',
  },
  en: {
    title: 'Message',
    back: 'Messages',
    number: 'No. {{number}}',
    unit: 'Unit {{unit}}',
    sent: 'Your message has arrived. Its number is {{number}}. Answers appear here; you also get an e-mail.',
    arrivedBefore: 'An earlier version of your message had already arrived. Your changed text is below as a reply.',
    closed: 'This matter is closed. If you write again, it is reopened.',
    readOnly: 'You can no longer reply to this matter.',
  },
});

type Opened = Output<'activities.conversation'>;

/** The newest entry of somebody else, where there is something one has not read. */
function newestForeign({ activity, entries }: Opened): string | null {
  return activity.unread ? (entries.findLast(({ mine }) => !mine)?.id ?? null) : null;
}

function Entries({ opened }: { readonly opened: Opened }) {
  const now = useNow();
  const { organisationId } = useProperty();
  const seen = useDeed('activities.seen', ['activities.mine', 'properties.mine']);
  // The mark stays where it was when the page was opened, although opening it counts as reading.
  const [firstNew] = useState(() => newestForeign(opened));
  const { open, dialog } = useFilePreview(opened.entries.flatMap(({ files }) => files));
  const told = useRef<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const newest = opened.entries.at(-1)?.id ?? null;
  const { unread, id } = opened.activity;
  const tellSeen = useEffectEvent(() => seen.mutate({ organisationId, activityId: id }));
  useEffect(() => {
    if (!unread || told.current === newest) return;
    told.current = newest;
    tellSeen();
  }, [unread, newest]);
  useEffect(() => {
    if (firstNew !== null) list.current?.querySelector('[data-new]')?.scrollIntoView({ block: 'center' });
  }, [firstNew]);
  return (
    <div ref={list}>
      <Conversation
        entries={opened.entries}
        now={now}
        look="bubbles"
        firstNewId={firstNew}
        fileHandlers={residentFileHandlers(open)}
      />
      {dialog}
    </div>
  );
}

function Strip({ kind, children }: { readonly kind: 'good' | 'info'; readonly children: string }) {
  const Icon = kind === 'good' ? IconCircleCheck : IconInfoCircle;
  return (
    <p className={classes.strip} data-kind={kind} role="status">
      <Icon size={22} aria-hidden="true" />
      {children}
    </p>
  );
}

function Matter({ opened }: { readonly opened: Opened }) {
  const t = useTexts(texts);
  const { id } = useProperty();
  const session = useSession().data ?? null;
  const arrival = (useLocation().state ?? {}) as Arrival;
  const { activity, mayReply } = opened;
  const facts = [
    t('number', { number: activity.number }),
    ...(activity.topic === null ? [] : [activity.topic]),
    ...(activity.unitNumber === null ? [] : [t('unit', { unit: activity.unitNumber })]),
  ];
  return (
    <Page
      title={activity.subject}
      back={{ to: paths.messages(id), label: t('back') }}
      lead={
        <div className={classes.lead}>
          <ActivityStatus status={activity.status} isClosed={activity.isClosed} />
          <span>{facts.join(' · ')}</span>
        </div>
      }
    >
      {arrival.sent !== undefined && <Strip kind="good">{t('sent', { number: arrival.sent })}</Strip>}
      {arrival.arrivedBefore && <Strip kind="info">{t('arrivedBefore')}</Strip>}
      <Entries opened={opened} />
      {activity.isClosed && mayReply && <Strip kind="info">{t('closed')}</Strip>}
      {!mayReply && <Strip kind="info">{t('readOnly')}</Strip>}
      {mayReply && session && (
        <ReplyForm activityId={activity.id} loginId={session.loginId} isClosed={activity.isClosed} />
      )}
    </Page>
  );
}

/** One matter with its conversation: what one wrote oneself, and what has been released. */
export function ConversationPage() {
  const t = useTexts(texts);
  const { activityId = '' } = useParams();
  const { id, organisationId } = useProperty();
  const conversation = useLoaded(
    'activities.conversation',
    { organisationId, activityId },
    { refetchInterval: messageInterval },
  );
  if (conversation.data !== undefined) return <Matter key={activityId} opened={conversation.data} />;
  return (
    <Page title={t('title')} back={{ to: paths.messages(id), label: t('back') }}>
      <Loaded query={conversation} skeleton={<ConversationSkeleton />}>
        {() => null}
      </Loaded>
    </Page>
  );
}
