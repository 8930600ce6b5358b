import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useCallback, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Output } from '../../../../shared/contract/registry.ts';
import { saysSomething } from '../../../../shared/lib/schemas.ts';
import { commonTexts } from '../../../../shared/ui/common-texts.ts';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { call } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { usePlace, useProperty } from '../../lib/property.tsx';
import { operationError, refresh } from '../../lib/queries.ts';
import { Attachments } from './attachments.tsx';
import { type DraftFile, type DraftHandle, isWorthKeeping, leaveReply, withoutStaleFiles } from './draft.ts';
import { useFileDrop } from './file-drop-zone.ts';
import classes from './form.module.css';
import { BodyField } from './message-fields.tsx';
import { PlaceChoice } from './place-choice.tsx';
import { SendBar } from './send-bar.tsx';
import { TopicChoice } from './topic-choice.tsx';
import { useUploads } from './use-uploads.ts';

const texts = defineTexts({
  de: {
    subject: 'Betreff',
    subjectHint: 'In wenigen Worten, zum Beispiel „Wasserfleck an der Decke im Bad“',
    body: 'Ihre Nachricht',
    send: 'Nachricht senden',
    kept: 'Der Entwurf bleibt auf diesem Gerät gespeichert.',
    discard: 'Entwurf verwerfen',
  },
  en: {
    subject: 'Subject',
    subjectHint: 'In a few words, for example “Water stain on the bathroom ceiling”',
    body: 'Your message',
    send: 'Send message',
    kept: 'The draft stays on this device.',
    discard: 'Discard draft',
  },
});

/** What the conversation is told by the page that leads to it. */
export interface Arrival {
  /** The number of the activity that has just been opened. */
  readonly sent?: number;
  /** An earlier text of the same message had arrived already; the present one waits in the reply. */
  readonly arrivedBefore?: true;
}

interface MessageFormProps extends DraftHandle {
  readonly topics: Output<'activities.topics'>;
  readonly loginId: string;
  /** Throws the draft away; it can be brought back. */
  readonly onDiscard: () => void;
}

/** Topic, place, subject, text and files of a new message. */
export function MessageForm({ topics, loginId, draft, change, discard, onDiscard }: MessageFormProps) {
  const t = useTexts(texts);
  const common = useTexts(commonTexts);
  const navigate = useNavigate();
  const place = usePlace();
  const { units } = useProperty();
  const [checked, setChecked] = useState(false);
  const taken = useCallback(
    (file: DraftFile) => change((before) => ({ files: [...before.files, file], lost: [] })),
    [change],
  );
  const uploads = useUploads(place.organisationId, draft.files.length, taken);
  const unitId = draft.unitId === undefined ? (units[0]?.id ?? null) : draft.unitId;
  const topicId = topics.some(({ id }) => id === draft.topicId) ? draft.topicId : null;

  const goTo = async (arrival: Arrival) => {
    discard();
    await refresh('activities.mine', 'activities.conversation', 'properties.mine');
    await navigate(paths.conversation(place.propertyId, draft.activityId), { state: arrival, replace: true });
  };
  const send = useMutation({
    mutationFn: () =>
      call('activities.open', {
        ...place,
        activityId: draft.activityId,
        entryId: draft.entryId,
        unitId,
        topicId,
        subject: draft.subject.trim(),
        body: draft.body.trim(),
        uploadIds: draft.files.map((file) => file.uploadId),
      }),
    onSuccess: ({ number }) => goTo({ sent: number }),
    onError: async (error) => {
      if (operationError(error).code !== 'conflict') return;
      // An answer got lost, and the text was changed before it was sent again: the first one is there and stays.
      leaveReply(loginId, draft.activityId, draft.body);
      await goTo({ arrivedBefore: true });
    },
  });
  const { over, handlers } = useFileDrop(uploads.add, send.isPending);

  const missing = {
    topic: topics.length > 0 && topicId === null,
    subject: !saysSomething(draft.subject),
    body: !saysSomething(draft.body),
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    const first = missing.topic ? 'topics' : missing.subject ? 'subject' : missing.body ? 'body' : null;
    if (first !== null) {
      const field = document.getElementById(first);
      (field?.querySelector('input') ?? field)?.focus();
      return;
    }
    const fresh = withoutStaleFiles(draft, Date.now());
    if (fresh !== draft) change(fresh);
    else if (uploads.pending.length === 0) send.mutate();
  };
  const problem = send.isError ? operationError(send.error) : null;
  return (
    <form onSubmit={submit} noValidate className={classes.form} data-over={over || undefined} {...handlers}>
      {topics.length > 0 && (
        <div id="topics">
          <TopicChoice
            topics={topics}
            value={topicId}
            missing={checked && missing.topic}
            disabled={send.isPending}
            onChange={(id) => change({ topicId: id })}
          />
        </div>
      )}
      {units.length > 0 && (
        <PlaceChoice units={units} value={unitId} disabled={send.isPending} onChange={(id) => change({ unitId: id })} />
      )}
      <TextInput
        id="subject"
        label={t('subject')}
        description={t('subjectHint')}
        value={draft.subject}
        error={checked && missing.subject ? common('required') : null}
        disabled={send.isPending}
        required
        withAsterisk={false}
        maxLength={200}
        onChange={(event) => change({ subject: event.currentTarget.value })}
      />
      <BodyField
        id="body"
        label={t('body')}
        value={draft.body}
        error={checked && missing.body ? common('required') : null}
        disabled={send.isPending}
        minRows={6}
        onChange={(body) => change({ body })}
        onFiles={uploads.add}
      />
      <Attachments draft={draft} change={change} uploads={uploads} disabled={send.isPending} />
      {problem && problem.code !== 'conflict' && (
        <LoadError kind="inline" code={problem.code} details={problem.details} />
      )}
      <SendBar label={t('send')} sending={send.isPending} pending={uploads.pending} note={t('kept')}>
        {isWorthKeeping(draft) && (
          <Button variant="subtle" color="gray" onClick={onDiscard} disabled={send.isPending}>
            {t('discard')}
          </Button>
        )}
      </SendBar>
    </form>
  );
}
