import { Button, Checkbox, Menu, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconTrash, IconWorldUpload } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type GroupKey, groupKeys } from '../../../shared/features/properties/model.ts';
import { FileList } from '../../../shared/ui/file-list.tsx';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { showDone } from '../../../shared/ui/notify.tsx';
import { isRichDocumentEmpty } from '../../../shared/ui/rich-document.ts';
import { DetailSkeleton } from '../../../shared/ui/skeletons.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { FileStaging } from '../../lib/files/file-staging.tsx';
import { useDownload } from '../../lib/files/use-download.ts';
import { useStaging } from '../../lib/files/use-staging.ts';
import { changedFields } from '../../lib/forms/fields.ts';
import { fieldOf, useSchemaForm } from '../../lib/forms/schema-form.ts';
import { DetailHead } from '../../lib/layout/detail-head.tsx';
import { DayInput } from '../../lib/pickers/day-input.tsx';
import { GroupChecks, useGroupLabel } from '../../lib/pickers/groups.tsx';
import { PropertySelect } from '../../lib/pickers/property-select.tsx';
import { publicationTexts } from '../../lib/publication/publication-texts.ts';
import { useDeed, useOperation } from '../../lib/queries.ts';
import { WaitingBadge } from '../../lib/waiting/waiting-mark.tsx';
import { BodyEditor, emptyBody, useBodyEditor } from './body-editor.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { entriesOf, type NoticeEntries, noticeSchema } from './notice-form.ts';
import { NoticePreview } from './notice-preview.tsx';
import { type NoticeRow, NoticeState } from './notice-state.tsx';
import classes from './notices.module.css';
import { noticesTexts } from './notices-texts.ts';
import { useNoticesPublication } from './use-notices-publication.ts';

interface NoticePaneProps {
  /** Null writes a new one. */
  readonly id: string | null;
  /** Where a new one hangs, when that is settled. */
  readonly propertyId: string | null;
  readonly onClose: () => void;
  readonly onSaved: (id: string) => void;
  /** Told whether there are changes that are not saved. */
  readonly onDirty?: (dirty: boolean) => void;
}

/** A notice, new or there already, in the editor. */
export function NoticePane(props: NoticePaneProps) {
  const t = useTexts(noticesTexts);
  const { data, error, refetch } = useOperation('notices.get', { id: props.id ?? '' }, { enabled: props.id !== null });
  return (
    <section className={classes.pane} aria-label={t('notice')}>
      {error !== null && data === undefined && (
        <LoadError code={error.code} details={error.details} onRetry={() => void refetch()} />
      )}
      {props.id !== null && error === null && data === undefined && <DetailSkeleton />}
      {(props.id === null || data !== undefined) && <NoticeEditor {...props} notice={data ?? null} />}
    </section>
  );
}

interface NoticeEditorProps extends NoticePaneProps {
  readonly notice: NoticeRow | null;
}

const sentences = { draft: 'explainDraft', queued: 'explainQueued', published: 'explainPublished' } as const;

function NoticeEditor({ notice, propertyId, onClose, onSaved, onDirty }: NoticeEditorProps) {
  const t = useTexts(noticesTexts);
  const words = useTexts(publicationTexts);
  const groupLabel = useGroupLabel();
  const { data: state } = useOperation('settings.state', {});
  const { run, running } = useDeed('notices.save');
  const publication = useNoticesPublication();
  const download = useDownload();
  const staging = useStaging();
  const [removed, setRemoved] = useState<readonly string[]>([]);
  const [view, setView] = useState<GroupKey | 'write'>('write');
  const [bodyMissing, setBodyMissing] = useState(false);
  const before = useMemo(() => entriesOf(notice, propertyId, emptyBody), [notice, propertyId]);
  const form = useSchemaForm<NoticeEntries>(noticeSchema, { initialValues: before });
  const editor = useBodyEditor(before.body, (body) => {
    form.setFieldValue('body', body);
    setBodyMissing(false);
  });
  const changed = changedFields<NoticeEntries>(before, form.values);
  const dirty = Object.keys(changed).length > 0 || staging.items.length > 0 || removed.length > 0;
  const unsaved = useRef(dirty);
  // Saved as another one or deleted: what the form still holds is of no concern any more.
  const gone = useRef(false);
  // What came by the sync is shown as long as nothing was begun here; it has to run before the next one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another saved state counts
  useEffect(() => {
    if (unsaved.current) return;
    form.setValues(before);
    if (editor !== null && JSON.stringify(editor.getJSON()) !== before.body) {
      editor.commands.setContent(JSON.parse(before.body), { emitUpdate: false });
    }
  }, [before]);
  useEffect(() => {
    unsaved.current = dirty && !gone.current;
    onDirty?.(unsaved.current);
  });
  useEffect(() => () => onDirty?.(false), [onDirty]);
  const files = (notice?.files ?? []).filter((file) => !removed.includes(file.id));
  const needsGroup = notice !== null && notice.state !== 'draft';
  /** Saves what was changed; null where something is missing or it failed. */
  const save = async (forPublication: boolean): Promise<string | null> => {
    const wrong = form.validate().hasErrors;
    const nobody = (forPublication || needsGroup) && form.values.audienceGroups.length === 0;
    const silent = isRichDocumentEmpty(form.values.body);
    if (nobody) form.setFieldError('audienceGroups', t('audienceMissing'));
    setBodyMissing(silent);
    if (wrong || nobody || silent || staging.busy) {
      setView('write');
      return null;
    }
    if (!dirty && notice !== null) return notice.id;
    const { propertyId: at, ...rest } = notice === null ? form.values : changed;
    const saved = await run({
      ...(notice === null ? {} : { id: notice.id }),
      fields: { ...rest, ...(at ? { propertyId: at } : {}) },
      addFiles: [...staging.staged],
      removeFileIds: [...removed],
    });
    if (saved === null) return null;
    staging.clear();
    setRemoved([]);
    gone.current = notice === null;
    unsaved.current = false;
    return saved.id;
  };
  const saveOnly = async () => {
    const id = await save(false);
    if (id === null) return;
    showDone(t('saved'));
    if (notice === null) onSaved(id);
  };
  const publish = async () => {
    const id = await save(true);
    if (id === null) return;
    await publication.publish([id]);
    if (notice === null) onSaved(id);
  };
  const remove = async () => {
    if (notice === null) return;
    if (!(await publication.remove([notice.id], t('deletedOne', { name: notice.title })))) return;
    gone.current = true;
    unsaved.current = false;
    onDirty?.(false);
    onClose();
  };
  const draft = notice === null || notice.state === 'draft';
  const busy = running || publication.running || staging.busy;
  return (
    <>
      {dirty && <LeaveGuard unsaved={unsaved} />}
      <DetailHead
        wraps
        title={notice === null ? t('newTitle') : notice.title}
        state={
          notice !== null && (
            <>
              <NoticeState notice={notice} />
              <WaitingBadge id={notice.id} />
            </>
          )
        }
        note={
          <Text c="dimmed" size="xs">
            {t(sentences[notice?.state ?? 'draft'])}
          </Text>
        }
        deeds={
          <>
            {!draft && (
              <Button
                variant="default"
                leftSection={<IconArrowBackUp size={16} />}
                disabled={busy}
                onClick={() => notice !== null && void publication.withdraw([notice.id])}
              >
                {words('withdraw')}
              </Button>
            )}
            <Button
              variant={draft ? 'default' : 'filled'}
              loading={running}
              disabled={!dirty || busy}
              onClick={() => void saveOnly()}
            >
              {t(draft ? 'saveDraft' : 'saveChanges')}
            </Button>
            {draft && (
              <Button leftSection={<IconWorldUpload size={16} />} loading={busy} onClick={() => void publish()}>
                {t('publish')}
              </Button>
            )}
          </>
        }
        menu={
          notice === null ? undefined : (
            <Menu.Item color="alarm" leftSection={<IconTrash size={16} />} onClick={() => void remove()}>
              {t('deleteNotice')}
            </Menu.Item>
          )
        }
        onClose={onClose}
      />
      <div className={classes.views}>
        <SegmentedControl
          size="xs"
          aria-label={t('view')}
          value={view}
          onChange={(value) => setView(groupKeys.find((key) => key === value) ?? 'write')}
          data={[
            { value: 'write', label: t('write') },
            ...groupKeys.map((key) => ({ value: key, label: t('previewAs', { group: groupLabel(key) }) })),
          ]}
        />
      </div>
      {view !== 'write' && (
        <div className={classes.scroll}>
          <NoticePreview
            entries={form.values}
            group={view}
            authorName={notice?.authorName ?? state?.staff?.name ?? ''}
            publishedAt={notice?.publishedAt ?? null}
            files={[...files, ...staging.staged.map((file) => ({ ...file, id: file.sha256 }))]}
          />
        </div>
      )}
      <div className={classes.scroll} hidden={view !== 'write'}>
        <div className={classes.columns}>
          <Stack gap="md" className={classes.main}>
            <TextInput
              label={t('title')}
              placeholder={t('titlePlaceholder')}
              required
              maxLength={200}
              data-autofocus={notice === null}
              {...form.getInputProps('title')}
            />
            <div>
              <BodyEditor editor={editor} empty={isRichDocumentEmpty(form.values.body)} invalid={bodyMissing} />
              {bodyMissing && (
                <Text size="xs" c="alarm" role="alert" mt={4}>
                  {t('bodyMissing')}
                </Text>
              )}
            </div>
            <Stack gap="xs">
              <FileList
                files={files}
                onDownload={download}
                onRemove={(file) => setRemoved((all) => [...all, file.id])}
              />
              <FileStaging staging={staging} label={t('attachments')} />
            </Stack>
          </Stack>
          <Stack gap="md" className={classes.side}>
            <PropertySelect
              label={t('property')}
              required
              disabled={propertyId !== null}
              {...fieldOf(form, 'propertyId')}
            />
            <GroupChecks label={t('audienceGroups')} {...fieldOf(form, 'audienceGroups')} />
            <Checkbox
              label={t('pinned')}
              description={t('pinnedHint')}
              checked={form.values.pinned}
              onChange={(event) => form.setFieldValue('pinned', event.currentTarget.checked)}
            />
            <DayInput label={t('visibleFrom')} placeholder={t('always')} {...fieldOf(form, 'visibleFrom')} />
            <DayInput label={t('visibleUntil')} placeholder={t('always')} {...fieldOf(form, 'visibleUntil')} />
          </Stack>
        </div>
      </div>
    </>
  );
}
