import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { FileRow } from '../../../shared/features/files/contract.ts';
import { Conversation, type ConversationEntry } from '../../../shared/ui/conversation.tsx';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { showDone } from '../../../shared/ui/notify.tsx';
import { ConversationSkeleton } from '../../../shared/ui/skeletons.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import { FilePreviewDialog } from '../../lib/files/file-preview.tsx';
import { useDownload } from '../../lib/files/use-download.ts';
import { useThumbnails } from '../../lib/files/use-thumbnails.ts';
import { useDeed, useOperation } from '../../lib/queries.ts';
import { useKeys } from '../../lib/use-keys.ts';
import { activitiesTexts } from './activities-texts.ts';
import { ActivityHead } from './activity-head.tsx';
import { Composer, type ComposerHandle } from './composer.tsx';
import classes from './conversation.module.css';
import { Deliveries } from './deliveries.tsx';
import type { Loaded, LoadedEntry } from './filters.ts';
import { usePropertyOnline } from './readers.tsx';
import { ReleaseTick } from './release-tick.tsx';
import { useClose } from './use-close.ts';

interface ConversationPaneProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** The right pane: an activity with its conversation. */
export function ConversationPane({ id, onClose }: ConversationPaneProps) {
  const t = useTexts(activitiesTexts);
  const { data, error, refetch } = useOperation('activities.get', { id });
  return (
    <section className={classes.pane} aria-label={t('conversation')}>
      {error !== null && data === undefined && (
        <LoadError code={error.code} details={error.details} onRetry={() => void refetch()} />
      )}
      {error === null && data === undefined && (
        <div className={classes.entries}>
          <ConversationSkeleton />
        </div>
      )}
      {data !== undefined && <Opened loaded={data} onClose={onClose} />}
    </section>
  );
}

type Shown = ConversationEntry<FileRow> & { readonly entry: LoadedEntry };

function shownEntry(entry: LoadedEntry): Shown {
  const { id, kind, authorName, body, createdAt, pending, files } = entry;
  const mine = entry.authorKind === 'staff';
  const internal = kind === 'note' || (mine && !entry.released);
  return { id, kind, authorName, body, createdAt, pending, files, mine, internal, entry };
}

function Opened({ loaded, onClose }: { readonly loaded: Loaded; readonly onClose: () => void }) {
  const t = useTexts(activitiesTexts);
  const now = useNow();
  const { activity, people, entries } = loaded;
  const online = usePropertyOnline(activity.propertyId);
  const scroll = useRef<HTMLDivElement>(null);
  const composer = useRef<ComposerHandle>(null);
  const [preview, setPreview] = useState<FileRow | null>(null);
  const { data: state } = useOperation('settings.state', {});
  const save = useDeed('activities.save');
  const closing = useClose();
  const download = useDownload();
  const files = useMemo(() => entries.flatMap((entry) => entry.files), [entries]);
  const thumbnails = useThumbnails(files);
  const shown = useMemo(() => entries.map(shownEntry), [entries]);
  const through = activity.handledThrough;
  const firstNew = entries.find(
    (entry) => entry.authorKind === 'resident' && (through === null || entry.stamp > through),
  );
  useNewestInSight(scroll, entries.length);
  const assign = async () => {
    const staffId = state?.staff?.id;
    if (staffId === undefined || activity.assigneeId === staffId) return;
    if ((await save.run({ id: activity.id, fields: { assigneeId: staffId } })) !== null) showDone(t('assignedToMe'));
  };
  const done = () => void closing.close([activity.id]);
  useKeys({
    r: () => composer.current?.begin('message'),
    n: () => composer.current?.begin('note'),
    e: done,
    a: () => void assign(),
  });
  return (
    <>
      <ActivityHead loaded={loaded} online={online} onClose={onClose} onDone={done} onAssign={() => void assign()} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <div ref={scroll} className={classes.entries} tabIndex={0}>
        <Conversation
          entries={shown}
          now={now}
          look="entries"
          firstNewId={firstNew?.id ?? null}
          fileHandlers={{ thumbnailUrl: thumbnails, onPreview: setPreview, onDownload: download }}
          renderRelease={({ entry }) => <ReleaseTick entry={entry} people={people} online={online} />}
          renderFooter={({ entry }) =>
            entry.deliveries.length > 0 ? <Deliveries deliveries={entry.deliveries} /> : null
          }
        />
      </div>
      <Composer loaded={loaded} online={online} handle={composer} />
      {preview !== null && <FilePreviewDialog file={preview} onClose={() => setPreview(null)} />}
    </>
  );
}

/** Shows the newest entry first, whatever pictures above it still need, until the person scrolls; and one that comes. */
function useNewestInSight(scroll: RefObject<HTMLElement | null>, count: number): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another entry is another newest one
  useEffect(() => {
    const frame = scroll.current;
    const content = frame?.firstElementChild;
    if (!frame || !content) return;
    const observer = new ResizeObserver(() => frame.scrollTo({ top: frame.scrollHeight }));
    const stop = () => observer.disconnect();
    observer.observe(content);
    for (const event of ['wheel', 'keydown', 'pointerdown']) frame.addEventListener(event, stop, { once: true });
    return () => {
      stop();
      for (const event of ['wheel', 'keydown', 'pointerdown']) frame.removeEventListener(event, stop);
    };
  }, [scroll, count]);
}
