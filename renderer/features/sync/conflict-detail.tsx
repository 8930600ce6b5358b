import { Button, Group, Kbd, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { ConflictDetail as Detail, VersionAuthor } from '../../../shared/features/sync/journal-contract.ts';
import { errorCodes } from '../../../shared/lib/errors.ts';
import type { JsonValue } from '../../../shared/sync/changes.ts';
import { findEntity } from '../../../shared/sync/entities.ts';
import { sameValue } from '../../../shared/sync/merge.ts';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { useErrorText } from '../../../shared/ui/error-texts.ts';
import { formatInstant, formatWhen } from '../../../shared/ui/format.ts';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { DetailSkeleton } from '../../../shared/ui/skeletons.tsx';
import { StatusBadge } from '../../../shared/ui/status-badge.tsx';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import { DetailHead } from '../../lib/layout/detail-head.tsx';
import { useOperation } from '../../lib/queries.ts';
import { useKeys } from '../../lib/use-keys.ts';
import classes from './conflict.module.css';
import { authorName, conflictTones } from './conflict-columns.tsx';
import { journalTexts } from './journal-texts.ts';
import { pathOf } from './row-link.tsx';
import { entityName, fieldName } from './state-words.ts';
import { type DiffPart, diffWords } from './text-diff.ts';
import { useConflictDeeds } from './use-conflict-deeds.ts';
import { valueWords } from './value-words.ts';

interface DetailProps {
  readonly id: string;
  /** It is settled: on to the next one. */
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** One entry of the journal: what happened, both versions, both people, both times, and the way back. */
export function ConflictDetail({ id, onDone, onClose }: DetailProps) {
  const { data, error, refetch } = useOperation('sync.conflict', { id });
  if (error !== null) return <LoadError code={error.code} details={error.details} onRetry={() => void refetch()} />;
  if (data === undefined) return <DetailSkeleton />;
  return <Entry conflict={data} onDone={onDone} onClose={onClose} />;
}

type EntryProps = Omit<DetailProps, 'id'> & { readonly conflict: Detail };

function Entry({ conflict, onDone, onClose }: EntryProps) {
  const t = useTexts(journalTexts);
  const language = useLanguage();
  const now = useNow();
  const say = useErrorText();
  const common = useTexts(commonTexts);
  const { kind, row, resolvedAt } = conflict;
  const code = errorCodes.find((known) => known === conflict.code);
  return (
    <div className={classes.detail}>
      <DetailHead
        title={row.name === '' ? entityName(row.entity, language) : row.name}
        state={<StatusBadge tone={resolvedAt === null ? conflictTones[kind] : 'off'}>{t(`kind.${kind}`)}</StatusBadge>}
        note={
          <Text c="dimmed" size="sm">
            {[entityName(row.entity, language), row.place].filter(Boolean).join(' · ')}
            {row.presence !== 'live' && ` · ${t(row.presence)}`}
            {resolvedAt !== null && ` · ${t('resolvedAt', { when: formatWhen(resolvedAt, now, language) })}`}
          </Text>
        }
        deeds={
          row.opens !== null && (
            <Button component={Link} to={pathOf(row.opens)} variant="default">
              {common('open')}
            </Button>
          )
        }
        onClose={onClose}
      />
      <Stack className={classes.body} gap="md">
        <Text maw="72ch">{t(`why.${kind}`)}</Text>
        {code !== undefined && <Text maw="72ch">{say(code).sentence}</Text>}
        <Versions conflict={conflict} />
        <Deeds conflict={conflict} onDone={onDone} />
      </Stack>
    </div>
  );
}

function Versions({ conflict }: { readonly conflict: Detail }) {
  const t = useTexts(journalTexts);
  const { kind, lost, kept } = conflict;
  const clock = kind === 'clock-clamped';
  const refused = kind === 'rejected';
  const lostTitle = clock ? t('clockWas') : refused ? t('wanted') : t('lost');
  return (
    <div className={classes.versions}>
      <Version title={lostTitle} of={conflict} mine={lost} other={kept} by={conflict.lostBy} at={conflict.lostAt} />
      {refused ? (
        <Side title={t('refusedBy')} by={conflict.keptBy} at={conflict.keptAt} stands />
      ) : (
        <Version
          title={clock ? t('clockIs') : t('kept')}
          of={conflict}
          mine={kept}
          other={lost}
          by={conflict.keptBy}
          at={conflict.keptAt}
          stands
        />
      )}
    </div>
  );
}

interface SideProps {
  readonly title: string;
  readonly by: VersionAuthor;
  readonly at: string;
  /** The version that everybody sees. */
  readonly stands?: boolean;
  readonly children?: ReactNode;
}

function Side({ title, by, at, stands = false, children }: SideProps) {
  const t = useTexts(journalTexts);
  const language = useLanguage();
  const name = authorName(by, t);
  return (
    <section className={classes.version} data-stands={stands || undefined} aria-label={title}>
      <header className={classes.versionHead}>
        <Text fw={600}>{title}</Text>
        <Text size="xs" c="dimmed">
          {by.device === '' ? name : t('by', { name, device: by.device })}
        </Text>
        <Text size="xs" c="dimmed" className="tp-figures">
          {formatInstant(at, language)}
        </Text>
      </header>
      {children}
    </section>
  );
}

interface VersionProps extends SideProps {
  readonly of: Detail;
  readonly mine: Detail['lost'];
  readonly other: Detail['lost'];
}

function Version({ of, mine, other, ...side }: VersionProps) {
  const t = useTexts(journalTexts);
  const language = useLanguage();
  const { entity } = of.row;
  const isLost = mine === of.lost;
  if (mine.deleted === true && !('deleted' in other)) {
    return (
      <Side {...side}>
        <Text>{t('deletedRow')}</Text>
      </Side>
    );
  }
  return (
    <Side {...side}>
      <dl className={classes.fields}>
        {differing(entity, mine, other).map(([field, value]) => {
          const words = valueWords(entity, field, value, { names: of.names, language });
          const others = field in other ? valueWords(entity, field, other[field], { names: of.names, language }) : null;
          return (
            <div key={field}>
              <dt>{fieldName(entity, field, language)}</dt>
              <dd>
                <Marked text={words} other={others} lost={isLost} />
              </dd>
            </div>
          );
        })}
      </dl>
    </Side>
  );
}

/** The fields that differ, in the order of the model; the parts of a merge group that are alike say nothing. */
function differing(entity: string, mine: Detail['lost'], other: Detail['lost']): readonly [string, JsonValue][] {
  const order = Object.keys(findEntity(entity)?.shape ?? {});
  const all = Object.entries(mine).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  const parted = all.filter(([field, value]) => !(field in other) || !sameValue(value, other[field] ?? null));
  return parted.length === 0 ? all : parted;
}

/** Below this a value is read at a glance (characters). */
const glance = 60;
/** Characters of a common stretch that stay visible at either end. */
const context = 160;

/** A value with what the other side does not have; of what both have in long texts only the surroundings. */
function Marked({
  text,
  other,
  lost,
}: {
  readonly text: string;
  readonly other: string | null;
  readonly lost: boolean;
}) {
  if (other === null || other === text || Math.max(text.length, other.length) < glance) return <span>{text}</span>;
  const parts = lost ? diffWords(text, other).before : diffWords(other, text).after;
  let at = 0;
  return (
    <span>
      {parts.map((part) => {
        const key = at;
        at += part.text.length;
        return part.changed ? (
          <span key={key}>
            <mark className={classes.mark}>{part.text.trimEnd()}</mark>
            {part.text.slice(part.text.trimEnd().length)}
          </span>
        ) : (
          <span key={key}>{shortened(part, key === 0, at === text.length)}</span>
        );
      })}
    </span>
  );
}

function shortened({ text }: DiffPart, first: boolean, last: boolean): string {
  if (text.length <= 3 * context) return text;
  if (first) return `… ${text.slice(-context)}`;
  return last ? `${text.slice(0, context)} …` : `${text.slice(0, context)} … ${text.slice(-context)}`;
}

function Deeds({ conflict, onDone }: Pick<EntryProps, 'conflict' | 'onDone'>) {
  const t = useTexts(journalTexts);
  const language = useLanguage();
  const deeds = useConflictDeeds();
  const { id, kind, obstacle, alsoRestores, resolvedAt } = conflict;
  const ids = [id];
  const isOpen = resolvedAt === null;
  const mayRestore = isOpen && obstacle === null;
  const withRows = alsoRestores.length > 0;
  const restore = async () => {
    if (mayRestore && (await deeds.restore(ids, withRows))) onDone();
  };
  const settle = async () => {
    if (isOpen && (await deeds.settle(ids))) onDone();
  };
  useKeys({ r: () => void restore(), e: () => void settle() });
  const label = kind === 'rejected' ? t('retry') : withRows ? t('restoreRow') : t('restore');
  const rows = alsoRestores.map(({ entity, name }) => [entityName(entity, language), name].filter(Boolean).join(' '));
  return (
    <Stack gap="sm">
      {withRows && <Text>{t('also', { rows: rows.join(', ') })}</Text>}
      {isOpen && obstacle !== null && obstacle !== 'settled' && <Text c="dimmed">{t(`obstacle.${obstacle}`)}</Text>}
      <Group gap="sm">
        {mayRestore && (
          <Button
            leftSection={kind === 'rejected' ? <IconRefresh size={16} /> : <IconArrowBackUp size={16} />}
            rightSection={
              <Kbd size="xs" aria-hidden="true">
                r
              </Kbd>
            }
            aria-keyshortcuts="r"
            loading={deeds.running}
            onClick={() => void restore()}
          >
            {label}
          </Button>
        )}
        {isOpen ? (
          <Button
            variant="default"
            leftSection={<IconCheck size={16} />}
            rightSection={
              <Kbd size="xs" aria-hidden="true">
                e
              </Kbd>
            }
            aria-keyshortcuts="e"
            loading={deeds.running}
            onClick={() => void settle()}
          >
            {t('settle')}
          </Button>
        ) : (
          <Button variant="default" loading={deeds.running} onClick={() => void deeds.reopen(ids)}>
            {t('reopen')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
