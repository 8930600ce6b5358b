import { instantText } from '../../../shared/lib/dates.ts';
import type { Author, Change } from '../../../shared/sync/changes.ts';
import { hlcMillis } from '../../../shared/sync/clock.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import { type EntityName, findEntity } from '../../../shared/sync/entities.ts';
import { canonicalJson, type GroupOutcome, type MergeResult } from '../../../shared/sync/merge.ts';
import type { Verdict } from '../../../shared/sync/protocol.ts';
import { redact } from '../../../shared/sync/redact.ts';
import type { Refusal } from '../../../shared/sync/validate.ts';
import { writtenBy } from './journal-authors.ts';
import { storableText } from './storable.ts';

interface Deps {
  readonly now: () => number;
  readonly newId: () => string;
}

/** An edit that writes a new entry of the journal. */
export type JournalEntry = Extract<Edit, { entity: 'conflict' }>;

type Merged = MergeResult & { readonly entity: EntityName; readonly id: string };

/** Journal entries for what a changeset overwrote unseen, or lost unseen, and for clocks the server clamped. */
export function conflictEdits(
  deps: Deps,
  merges: readonly Merged[],
  changes: readonly Change[],
  verdict: Verdict,
): readonly Edit[] {
  const unseen = merges.flatMap((merge) =>
    merge.outcomes.flatMap((outcome) => {
      const entry = outcome.unseen ? overwritten(deps, merge, outcome) : null;
      return entry === null ? [] : [entry];
    }),
  );
  const [first] = verdict.stamps;
  const clamped = changes.find((change) => change.id === first?.changeId);
  return clamped === undefined || first === undefined
    ? unseen
    : [...unseen, clampEdit(deps, clamped, first.hlc, verdict.stamps.length)];
}

function overwritten(deps: Deps, merge: Merged, outcome: GroupOutcome): Edit | null {
  if (outcome.lost === null) return null;
  const { lost, kept } = outcome;
  return journalEdit(deps, {
    kind: outcome.kind,
    entity: merge.entity,
    entityId: merge.id,
    group: outcome.group,
    lostValue: canonicalJson(redact(findEntity(merge.entity), lost.value)),
    keptValue: canonicalJson(redact(findEntity(merge.entity), kept.value)),
    lostBy: lost.stamp.by,
    keptBy: kept.stamp.by,
    lostAt: instantText(hlcMillis(lost.stamp.hlc)),
    keptAt: instantText(hlcMillis(kept.stamp.hlc)),
    lostChangeId: lost.stamp.change,
    keptChangeId: kept.stamp.change,
    code: null,
  });
}

function clampEdit(deps: Deps, change: Change, hlc: string, count: number): Edit {
  return journalEdit(deps, {
    kind: 'clock-clamped',
    entity: change.entity,
    entityId: change.entityId,
    group: '',
    lostValue: canonicalJson({ clock: change.hlc, changes: count }),
    keptValue: canonicalJson({ clock: hlc }),
    lostBy: 'server',
    keptBy: 'server',
    lostAt: instantText(deps.now()),
    keptAt: instantText(deps.now()),
    lostChangeId: change.id,
    keptChangeId: change.id,
    code: null,
  });
}

/** The journal entry of a refused changeset: what it wanted, and why not. */
export function rejectionEdit(
  deps: Deps,
  changeset: { readonly changes: readonly Change[] },
  author: Author,
  refusal: Exclude<Refusal, null>,
): JournalEntry {
  const [first] = changeset.changes;
  if (first === undefined) throw new Error('Empty changeset');
  return journalEdit(deps, {
    kind: 'rejected',
    entity: nameLine(first.entity),
    entityId: first.entityId,
    group: nameLine(refusal.field ?? ''),
    lostValue: canonicalJson(redact(findEntity(first.entity), first.set)),
    keptValue: '{}',
    lostBy: writtenBy(author),
    keptBy: 'server',
    lostAt: instantText(Math.min(hlcMillis(first.hlc), deps.now())),
    keptAt: instantText(deps.now()),
    lostChangeId: first.id,
    keptChangeId: null,
    code: refusal.code,
  });
}

function journalEdit(deps: Deps, facts: Omit<JournalEntry['set'], 'createdAt' | 'resolvedAt'>): JournalEntry {
  return {
    entity: 'conflict',
    id: deps.newId(),
    set: {
      ...facts,
      lostValue: clip(facts.lostValue),
      keptValue: clip(facts.keptValue),
      createdAt: instantText(deps.now()),
      resolvedAt: null,
    },
  };
}

/** The journal shows values, it does not archive files: what is longer than a text can be is named, not kept. */
function clip(value: string | undefined): string {
  if (value === undefined) return '{}';
  return value.length <= longestValue ? value : canonicalJson({ tooLong: value.length });
}

/** A name that somebody made up, as a line of the journal can hold it. */
function nameLine(name: string): string {
  return storableText(name)
    .replace(/[\p{Cc}\u2028\u2029]/gu, '\ufffd')
    .slice(0, 60);
}

const longestValue = 200_000;
