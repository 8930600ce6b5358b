import { Button, Group, Kbd } from '@mantine/core';
import { type Ref, useImperativeHandle, useRef, useState } from 'react';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useStaging } from '../../lib/files/use-staging.ts';
import { useDeed } from '../../lib/queries.ts';
import { activitiesTexts } from './activities-texts.ts';
import classes from './conversation.module.css';
import { canSend, type EntryDraft, EntryEditor, entryOf } from './entry-editor.tsx';
import type { Loaded } from './filters.ts';
import { ReaderLine } from './readers.tsx';

/** What was begun in an activity stays while one looks at others. */
const begun = new Map<string, EntryDraft>();

/** Begins an entry from outside: by key. */
export interface ComposerHandle {
  readonly begin: (kind: 'message' | 'note') => void;
}

interface ComposerProps {
  readonly loaded: Loaded;
  readonly online: boolean | undefined;
  readonly handle: Ref<ComposerHandle>;
}

/** Where one answers and notes; Ctrl+Enter sends. */
export function Composer({ loaded, online, handle }: ComposerProps) {
  const t = useTexts(activitiesTexts);
  const { activity, people, globe } = loaded;
  const text = useRef<HTMLTextAreaElement>(null);
  const staging = useStaging();
  const fresh: EntryDraft = { kind: 'message', body: '', released: globe };
  const [draft, setDraft] = useState<EntryDraft>(begun.get(activity.id) ?? fresh);
  const { run, running } = useDeed('activities.addEntry');
  const change = (next: EntryDraft) => {
    setDraft(next);
    if (next.body.trim() === '') begun.delete(activity.id);
    else begun.set(activity.id, next);
  };
  useImperativeHandle(handle, () => ({
    begin: (kind) => {
      change({ ...draft, kind, released: kind === 'message' });
      text.current?.focus();
    },
  }));
  const ready = canSend(draft, staging) && !running;
  const send = async () => {
    if (!ready) return;
    if ((await run({ activityId: activity.id, entry: entryOf(draft, staging) })) === null) return;
    staging.clear();
    change({ ...fresh, released: draft.kind === 'note' ? globe : draft.released });
  };
  return (
    <section className={classes.composer} aria-label={t('composer')}>
      <EntryEditor
        draft={draft}
        onChange={change}
        staging={staging}
        textRef={text}
        onSubmit={() => void send()}
        readers={
          people.length === 0 || online === false ? (
            <span className={classes.caution}>{t(online === false ? 'releaseOffline' : 'releaseNobody')}</span>
          ) : (
            people.map((reader) => <ReaderLine key={reader.personId} reader={reader} />)
          )
        }
        actions={
          <Group gap="sm" wrap="nowrap">
            <Kbd size="xs">{t('sendKeys')}</Kbd>
            <Button disabled={!ready} loading={running} onClick={() => void send()}>
              {t(sendLabel(draft))}
            </Button>
          </Group>
        }
      />
    </section>
  );
}

/** Says what sending does. */
function sendLabel(draft: EntryDraft): 'saveNote' | 'send' | 'saveInternal' | 'saveRelease' | 'saveEntry' {
  if (draft.kind === 'note') return 'saveNote';
  if (draft.kind === 'message') return draft.released ? 'send' : 'saveInternal';
  return draft.released ? 'saveRelease' : 'saveEntry';
}
