import { Checkbox, Popover } from '@mantine/core';
import { IconAlertTriangle, IconClock, IconLock, IconWorld } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState } from 'react';
import { formatWhen } from '../../../shared/ui/format.ts';
import { labelTexts } from '../../../shared/ui/label-texts.ts';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import { useDeed } from '../../lib/queries.ts';
import { activitiesTexts } from './activities-texts.ts';
import type { LoadedEntry } from './filters.ts';
import { type Reader, ReaderLine, useNames } from './readers.tsx';
import classes from './release-tick.module.css';

/** Names in full before the rest is counted. */
const shownReaders = 6;

interface ReleaseTickProps {
  readonly entry: LoadedEntry;
  readonly people: readonly Reader[];
  /** Whether residents reach the property; undefined while that is read. */
  readonly online: boolean | undefined;
}

/**
 * The column *Portal* of an entry. Under the tick stands who sees the entry once it is ticked; pointing at it or coming
 * to it by keyboard says the rest: registered or not, when it becomes visible, when notifications go out.
 */
export function ReleaseTick({ entry, people, online }: ReleaseTickProps) {
  const t = useTexts(activitiesTexts);
  if (entry.authorKind === 'resident') {
    return (
      <span className={classes.fact} title={t('fromPortalHint')}>
        <IconWorld size={14} aria-hidden="true" /> {t('fromPortal')}
      </span>
    );
  }
  if (entry.kind === 'note') {
    return (
      <span className={classes.fact} data-tone="note" title={t('releaseNeverHint')}>
        <IconLock size={14} aria-hidden="true" /> {t('releaseNever')}
      </span>
    );
  }
  return <Tick entry={entry} people={people} online={online} />;
}

function Tick({ entry, people, online }: ReleaseTickProps) {
  const t = useTexts(activitiesTexts);
  const label = useTexts(labelTexts);
  const language = useLanguage();
  const now = useNow();
  const names = useNames();
  const cardId = useId();
  const [shown, setShown] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const { run, running } = useDeed('activities.setRelease');
  // The answer of the pointer comes at once; the row follows with the next reading.
  const [wanted, setWanted] = useState<boolean | null>(null);
  useEffect(() => setWanted((before) => (before === entry.released ? null : before)), [entry.released]);
  const released = wanted ?? entry.released;
  const set = async (next: boolean) => {
    setWanted(next);
    if ((await run({ entryId: entry.id, released: next })) === null) setWanted(null);
  };
  const show = (next: boolean, after: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown(next), after);
  };
  const nobody = people.length === 0 || online === false;
  const waiting = released && (entry.pending || !entry.released);
  const since = entry.releasedAt === null ? '' : formatWhen(entry.releasedAt, now, language);
  return (
    <Popover
      opened={shown}
      onChange={setShown}
      position="bottom-end"
      width={320}
      withArrow
      arrowPosition="side"
      arrowOffset={20}
      shadow="md"
      trapFocus={false}
      returnFocus={false}
      withRoles={false}
      transitionProps={{ duration: 120, transition: 'fade' }}
    >
      <Popover.Target>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: pointing shows what the focus shows */}
        <div
          className={classes.tick}
          data-released={released || undefined}
          data-nobody={nobody || undefined}
          onMouseEnter={() => show(true, 120)}
          onMouseLeave={() => show(false, 160)}
        >
          <Checkbox
            size="xs"
            label={t('portal')}
            aria-label={t('releaseOf', {
              kind: label(`entry.${entry.kind}`),
              when: formatWhen(entry.createdAt, now, language),
            })}
            aria-describedby={cardId}
            checked={released}
            disabled={running}
            onFocus={() => show(true, 0)}
            onBlur={() => show(false, 0)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setShown(false);
            }}
            onChange={(event) => void set(event.currentTarget.checked)}
            color={nobody ? 'amber' : undefined}
            classNames={{ label: classes.label, body: classes.body }}
          />
          <span className={classes.state}>
            {waiting && <IconClock size={12} aria-hidden="true" />}
            {!released && (nobody ? t('releaseNobodyShort') : t('releaseFor', { names: names(people, 1) }))}
            {released && waiting && t('releaseWaiting')}
            {released && !waiting && t('releaseSince', { when: since })}
          </span>
        </div>
      </Popover.Target>
      <span id={cardId} className="tp-visually-hidden">
        {nobody
          ? t(online === false ? 'releaseOffline' : 'releaseNobody')
          : `${t(released ? 'releaseSee' : 'releaseWillSee')}: ${people.map((one) => `${one.name} (${one.registered ? t('registered') : t('notRegistered')})`).join(', ')}. ${t('releaseHow')}`}
      </span>
      <Popover.Dropdown
        className={classes.card}
        onMouseEnter={() => show(true, 0)}
        onMouseLeave={() => show(false, 160)}
        aria-hidden="true"
      >
        <Card entry={entry} released={released} people={people} online={online} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface CardProps extends ReleaseTickProps {
  readonly released: boolean;
}

/** Who sees it, when, and what taking it back does. */
function Card({ entry, released, people, online }: CardProps) {
  const t = useTexts(activitiesTexts);
  const language = useLanguage();
  const now = useNow();
  const told = entry.deliveries.some(({ state }) => state === 'sent' || state === 'opened');
  const more = people.length - shownReaders;
  return (
    <>
      {people.length === 0 ? (
        <p className={classes.warning}>
          <IconAlertTriangle size={16} aria-hidden="true" />
          <span>
            <strong>{t('releaseNobodyTitle')}</strong>
            <br />
            {t('releaseNobody')}
          </span>
        </p>
      ) : (
        <>
          <p className={classes.title}>{t(released ? 'releaseSee' : 'releaseWillSee')}</p>
          <ul className={classes.readers}>
            {people.slice(0, shownReaders).map((reader) => (
              <li key={reader.personId}>
                <ReaderLine reader={reader} />
              </li>
            ))}
            {more > 0 && <li className={classes.soft}>{t('more', { count: more })}</li>}
          </ul>
          {online === false && (
            <p className={classes.warning}>
              <IconAlertTriangle size={16} aria-hidden="true" />
              <span>{t('releaseOffline')}</span>
            </p>
          )}
          {people.some((reader) => !reader.registered) && <p className={classes.soft}>{t('releaseUnregistered')}</p>}
        </>
      )}
      <div className={classes.how}>
        {released && entry.releasedAt !== null && !entry.pending ? (
          <p>{t('releaseVisible', { when: formatWhen(entry.releasedAt, now, language) })}</p>
        ) : (
          <p>{t('releaseHow')}</p>
        )}
        <p>{released ? t('releaseHide') : t('releaseBack')}</p>
        {released && told && <p>{t('releaseSent')}</p>}
      </div>
    </>
  );
}
