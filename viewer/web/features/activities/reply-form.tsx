import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useCallback, useState } from 'react';
import { saysSomething } from '../../../../shared/lib/schemas.ts';
import { commonTexts } from '../../../../shared/ui/common-texts.ts';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { call } from '../../lib/client.ts';
import { newId } from '../../lib/new-id.ts';
import { useProperty } from '../../lib/property.tsx';
import { operationError, refresh } from '../../lib/queries.ts';
import { Attachments } from './attachments.tsx';
import { type DraftFile, draftKeys, emptyDraft, useDraft, withoutStaleFiles } from './draft.ts';
import { useFileDrop } from './file-drop-zone.ts';
import classes from './form.module.css';
import { BodyField } from './message-fields.tsx';
import { SendBar } from './send-bar.tsx';
import { useUploads } from './use-uploads.ts';

const texts = defineTexts({
  de: {
    body: 'Ihre Antwort',
    bodyClosed: 'Noch einmal schreiben',
    send: 'Antwort senden',
    sent: 'Ihre Antwort ist angekommen.',
    earlier: 'Eine frühere Fassung ist schon angekommen und steht oben. Hier steht noch Ihr geänderter Text.',
  },
  en: {
    body: 'Your reply',
    bodyClosed: 'Write again',
    send: 'Send reply',
    sent: 'Your reply has arrived.',
    earlier: 'An earlier version has already arrived and stands above. Your changed text is still here.',
  },
});

interface ReplyFormProps {
  readonly activityId: string;
  readonly loginId: string;
  readonly isClosed: boolean;
}

/** Writes on in a conversation; a closed matter reopens by it. */
export function ReplyForm({ activityId, loginId, isClosed }: ReplyFormProps) {
  const t = useTexts(texts);
  const common = useTexts(commonTexts);
  const { organisationId } = useProperty();
  const begin = useCallback(() => emptyDraft(activityId), [activityId]);
  const { draft, change, discard } = useDraft(draftKeys.reply(loginId, activityId), begin);
  const [checked, setChecked] = useState(false);
  const taken = useCallback(
    (file: DraftFile) => change((before) => ({ files: [...before.files, file], lost: [] })),
    [change],
  );
  const uploads = useUploads(organisationId, draft.files.length, taken);
  const send = useMutation({
    mutationFn: () =>
      call('activities.reply', {
        organisationId,
        activityId,
        entryId: draft.entryId,
        body: draft.body.trim(),
        uploadIds: draft.files.map((file) => file.uploadId),
      }),
    onSuccess: async () => {
      discard();
      setChecked(false);
      await refresh('activities.conversation', 'activities.mine', 'properties.mine');
    },
    onError: async (error) => {
      if (operationError(error).code !== 'conflict') return;
      // An answer got lost, and the text was changed before it was sent again: the first one is there, with its files.
      change({ entryId: newId(), files: [] });
      await refresh('activities.conversation');
    },
  });
  const { over, handlers } = useFileDrop(uploads.add, send.isPending);
  const empty = !saysSomething(draft.body);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (empty) {
      document.getElementById('reply')?.focus();
      return;
    }
    const fresh = withoutStaleFiles(draft, Date.now());
    if (fresh !== draft) change(fresh);
    else if (uploads.pending.length === 0) send.mutate();
  };
  const problem = send.isError ? operationError(send.error) : null;
  const note = send.isSuccess ? t('sent') : problem?.code === 'conflict' ? t('earlier') : '';
  return (
    <form
      onSubmit={submit}
      noValidate
      className={`${classes.form} ${classes.reply}`}
      data-over={over || undefined}
      {...handlers}
    >
      <BodyField
        id="reply"
        label={isClosed ? t('bodyClosed') : t('body')}
        value={draft.body}
        error={checked && empty && !send.isSuccess ? common('required') : null}
        disabled={send.isPending}
        minRows={3}
        onChange={(body) => {
          if (send.isSuccess) send.reset();
          change({ body });
        }}
        onFiles={uploads.add}
      />
      <Attachments draft={draft} change={change} uploads={uploads} disabled={send.isPending} />
      {problem && problem.code !== 'conflict' && (
        <LoadError kind="inline" code={problem.code} details={problem.details} />
      )}
      <SendBar label={t('send')} sending={send.isPending} pending={uploads.pending} note={note} />
    </form>
  );
}
