import { Button, Checkbox, Group, SegmentedControl, Textarea } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { type ReactNode, type Ref, useState } from 'react';
import type { Input } from '../../../shared/contract/registry.ts';
import { entryKinds } from '../../../shared/features/activities/model.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { FileStaging } from '../../lib/files/file-staging.tsx';
import type { Staging } from '../../lib/files/use-staging.ts';
import { activitiesTexts } from './activities-texts.ts';
import classes from './entry-editor.module.css';

type NewEntry = Input<'activities.addEntry'>['entry'];

/** What is being written; its files are the staging's. */
export type EntryDraft = Pick<NewEntry, 'kind' | 'body' | 'released'>;

/** Whether there is anything to send. */
export function canSend(draft: EntryDraft, staging: Staging): boolean {
  return !staging.busy && (draft.body.trim() !== '' || staging.staged.length > 0);
}

/** The entry as the service takes it. */
export function entryOf(draft: EntryDraft, staging: Staging): NewEntry {
  return { ...draft, released: draft.released && draft.kind !== 'note', files: [...staging.staged] };
}

interface EntryEditorProps {
  readonly draft: EntryDraft;
  readonly onChange: (draft: EntryDraft) => void;
  readonly staging: Staging;
  /** Who will see it once it is released. */
  readonly readers: ReactNode;
  readonly onSubmit: () => void;
  /** Beside the attach button, at the right. */
  readonly actions?: ReactNode;
  readonly textRef?: Ref<HTMLTextAreaElement>;
  readonly minRows?: number;
  readonly error?: ReactNode;
}

/** Kind, text, files and the release of an entry: notes on ruled paper, everything else on white. */
export function EntryEditor(props: EntryEditorProps) {
  const { draft, onChange, staging } = props;
  const t = useTexts(activitiesTexts);
  const [attaching, setAttaching] = useState(false);
  const note = draft.kind === 'note';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files may be dropped anywhere on it; the button does the same
    <div
      className={classes.editor}
      data-note={note || undefined}
      onDragEnter={(event) => {
        if (event.dataTransfer.types.includes('Files')) setAttaching(true);
      }}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes('Files')) event.preventDefault();
      }}
      onDrop={(event) => {
        if (event.defaultPrevented || event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        staging.add([...event.dataTransfer.files]);
      }}
    >
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <SegmentedControl
          size="xs"
          aria-label={t('kind')}
          value={draft.kind}
          onChange={(value) => {
            const kind = entryKinds.find((known) => known === value);
            if (kind !== undefined) onChange({ ...draft, kind });
          }}
          data={entryKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        />
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconPaperclip size={16} />}
          aria-expanded={attaching || staging.items.length > 0}
          onClick={() => setAttaching(!attaching)}
        >
          {t('attach')}
        </Button>
      </Group>
      <Textarea
        {...(props.textRef === undefined ? {} : { ref: props.textRef })}
        aria-label={t('text')}
        placeholder={t(`body.${draft.kind}`)}
        autosize
        minRows={props.minRows ?? 2}
        maxRows={12}
        maxLength={50_000}
        value={draft.body}
        error={props.error}
        onChange={(event) => onChange({ ...draft, body: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          props.onSubmit();
        }}
        onPaste={(event) => {
          if (event.clipboardData.files.length === 0) return;
          event.preventDefault();
          staging.add([...event.clipboardData.files]);
          setAttaching(true);
        }}
        classNames={{ input: classes.text }}
      />
      {(attaching || staging.items.length > 0) && <FileStaging staging={staging} label={t('attach')} />}
      <div className={classes.foot}>
        <div className={classes.release}>
          {note ? (
            <span className={classes.hint}>{t('noteForever')}</span>
          ) : (
            <>
              <Checkbox
                label={t('release')}
                checked={draft.released}
                onChange={(event) => onChange({ ...draft, released: event.currentTarget.checked })}
              />
              <div className={classes.hint}>{draft.released ? props.readers : t('unreleased')}</div>
              {draft.released && <div className={classes.hint}>{t('releaseShort')}</div>}
            </>
          )}
        </div>
        {props.actions}
      </div>
    </div>
  );
}
