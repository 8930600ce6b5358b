import type { Change, JsonValue } from './changes.ts';
import type { Hlc } from './clock.ts';
import { deletedField, type EntityDefinition } from './entity.ts';
import { notAfter } from './not-after.ts';

/**
 * The merge: pure, synchronous, the same on SQLite and PostgreSQL. Per merge group the later clock wins (tie: change id);
 * `base` tells whether the loser was overwritten unseen, and only then it is a conflict. Immutable groups keep the
 * earliest value. Commutative, associative and idempotent in the resulting rows.
 */

/** Version of a merge group: the change that set it, its clock, its author (`authorText`). */
export interface Stamp {
  readonly hlc: Hlc;
  readonly change: string;
  readonly by: string;
}

/** One row clock plus sparse per-group overrides. `row` holds for every group that has no override; null: no such groups. */
export interface RowClock {
  readonly row: Stamp | null;
  readonly groups: Readonly<Record<string, Stamp>>;
}

export interface RowState {
  /** Field → value, `deleted` included. */
  readonly fields: Readonly<Record<string, JsonValue>>;
  readonly clock: RowClock;
}

/** What one change did to one group. */
export interface GroupOutcome {
  readonly group: string;
  readonly won: boolean;
  /** The loser had not been seen by the winner, and the values differ. */
  readonly unseen: boolean;
  /** `edited-and-deleted`: an edit and a deletion that did not know of each other. */
  readonly kind: 'overwritten' | 'edited-and-deleted';
  readonly lost: GroupVersion | null;
  readonly kept: GroupVersion;
}

export interface GroupVersion {
  readonly stamp: Stamp;
  readonly value: Readonly<Record<string, JsonValue>>;
}

export interface MergeResult {
  readonly state: RowState;
  readonly outcomes: readonly GroupOutcome[];
}

/** The version of a group, or null where nothing has set it. */
export function stampOf(clock: RowClock, group: string): Stamp | null {
  return clock.groups[group] ?? clock.row;
}

/** Whether stamp `a` wins against `b`. */
export function wins(a: Stamp, b: Stamp): boolean {
  return a.hlc > b.hlc || (a.hlc === b.hlc && a.change > b.change);
}

/**
 * Whether `incoming` beats `before` in a group: later wins; in an immutable group the earlier; in a group that only the
 * server sets, nothing a desk wrote (the empty values of a new row) beats what the portal or the server wrote.
 */
function winsGroup(definition: EntityDefinition, group: string, incoming: Stamp, before: Stamp): boolean {
  if (definition.immutable.has(group)) return wins(before, incoming);
  if (definition.serverOnly.has(group)) {
    const [mine, theirs] = [isStaff(incoming), isStaff(before)];
    if (mine !== theirs) return theirs;
  }
  return wins(incoming, before);
}

function isStaff(stamp: Stamp): boolean {
  return stamp.by.startsWith('staff:');
}

/** Merges one change of `by` into a row (null: not there yet). Unknown groups are ignored here; the border parks them. */
export function mergeChange(
  definition: EntityDefinition,
  current: RowState | null,
  change: Change,
  by: string,
): MergeResult {
  const stamps = new Map<string, Stamp>();
  const fields: Record<string, JsonValue> = { ...(current?.fields ?? initialFields(definition)) };
  if (current !== null) {
    for (const group of Object.keys(definition.fieldsOf)) {
      const stamp = stampOf(current.clock, group);
      if (stamp !== null) stamps.set(group, stamp);
    }
  }
  const incoming: Stamp = { hlc: change.hlc, change: change.id, by };
  const outcomes: GroupOutcome[] = [];
  for (const group of touchedGroups(definition, change)) {
    const before = stamps.get(group);
    const groupFields = definition.fieldsOf[group] ?? [];
    const value = notAfter(definition, pick(change.set, groupFields), incoming.hlc);
    const next: GroupVersion = { stamp: incoming, value };
    if (before === undefined) {
      Object.assign(fields, value);
      stamps.set(group, incoming);
      outcomes.push({ group, won: true, unseen: false, kind: 'overwritten', lost: null, kept: next });
      continue;
    }
    if (before.change === incoming.change) {
      // Replayed. The server's clamped clock is the earlier of the two, and the canonical one.
      if (incoming.hlc < before.hlc) {
        stamps.set(group, incoming);
        Object.assign(fields, notAfter(definition, pick(fields, groupFields), incoming.hlc));
      }
      continue;
    }
    const old: GroupVersion = { stamp: before, value: pick(fields, groupFields) };
    const won = winsGroup(definition, group, incoming, before);
    if (won) {
      Object.assign(fields, value);
      stamps.set(group, incoming);
    }
    const differs = !sameValue(old.value, value);
    const seen = won ? change.base[group] === before.change : false;
    outcomes.push({
      group,
      won,
      unseen: differs && !seen && !definition.serverOnly.has(group),
      kind: 'overwritten',
      lost: won ? old : next,
      kept: won ? next : old,
    });
  }
  if (current !== null) outcomes.push(...deletionOutcomes(definition, current, change, incoming));
  return { state: { fields, clock: compactClock(definition, stamps) }, outcomes };
}

/** Groups a change sets, in the model's order. */
export function touchedGroups(definition: EntityDefinition, change: Pick<Change, 'set'>): readonly string[] {
  const groups = new Set<string>();
  for (const field of Object.keys(change.set)) {
    const group = definition.groupOf[field];
    if (group !== undefined) groups.add(group);
  }
  return Object.keys(definition.fieldsOf).filter((group) => groups.has(group));
}

/**
 * A deletion that had not seen an edit, or an edit that had not seen the deletion: nothing is overwritten, since
 * `deleted` is a register of its own, but one of the two people has to know.
 */
function deletionOutcomes(
  definition: EntityDefinition,
  current: RowState,
  change: Change,
  incoming: Stamp,
): readonly GroupOutcome[] {
  const deletion = stampOf(current.clock, deletedField);
  if (change.set[deletedField] === true) {
    const unseen = Object.keys(definition.fieldsOf).flatMap((group) => {
      const stamp = group === deletedField ? null : stampOf(current.clock, group);
      if (stamp === null || stamp.by === incoming.by || change.base[group] === stamp.change) return [];
      return [{ group, stamp }];
    });
    return unseen.map(({ group, stamp }) => ({
      group,
      won: true,
      unseen: true,
      kind: 'edited-and-deleted',
      lost: { stamp, value: pick(current.fields, definition.fieldsOf[group] ?? []) },
      kept: { stamp: incoming, value: { [deletedField]: true } },
    }));
  }
  const editsDeleted = current.fields[deletedField] === true && !(deletedField in change.set) && deletion !== null;
  if (!editsDeleted || change.base[deletedField] === deletion.change) return [];
  return touchedGroups(definition, change)
    .filter((group) => stampOf(current.clock, group)?.change !== change.id)
    .map((group) => ({
      group,
      won: false,
      unseen: true,
      kind: 'edited-and-deleted',
      lost: { stamp: incoming, value: pick(change.set, definition.fieldsOf[group] ?? []) },
      kept: { stamp: deletion, value: { [deletedField]: true } },
    }));
}

/** The canonical sparse form: the stamp that most groups share is the row's, provided that every group has one. */
function compactClock(definition: EntityDefinition, stamps: ReadonlyMap<string, Stamp>): RowClock {
  const all = Object.keys(definition.fieldsOf);
  if (all.some((group) => !stamps.has(group))) return { row: null, groups: sorted(stamps, null) };
  const counts = new Map<string, { stamp: Stamp; count: number }>();
  for (const stamp of stamps.values()) {
    const entry = counts.get(stamp.change) ?? { stamp, count: 0 };
    entry.count += 1;
    counts.set(stamp.change, entry);
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count || (a.stamp.change < b.stamp.change ? -1 : 1));
  const row = most?.stamp ?? null;
  return { row, groups: sorted(stamps, row) };
}

function sorted(stamps: ReadonlyMap<string, Stamp>, row: Stamp | null): Record<string, Stamp> {
  const entries = [...stamps].filter(([, stamp]) => stamp.change !== row?.change);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The clock that the viewer gave a change, in the place of any other that stands in the row for it; with it what that
 * clock makes of its values. A later one as well: a viewer that was restored may judge a change a second time.
 */
export function restamp(
  definition: EntityDefinition,
  state: RowState,
  change: Pick<Change, 'id' | 'set'>,
  hlc: Hlc,
): RowState {
  const { clock } = state;
  const replace = (stamp: Stamp): Stamp => (stamp.change === change.id ? { ...stamp, hlc } : stamp);
  const fields: Record<string, JsonValue> = { ...state.fields };
  for (const group of touchedGroups(definition, change)) {
    const stamp = stampOf(clock, group);
    if (stamp?.change !== change.id || stamp.hlc === hlc) continue;
    Object.assign(fields, notAfter(definition, pick(change.set, definition.fieldsOf[group] ?? []), hlc));
  }
  return {
    fields,
    clock: {
      row: clock.row === null ? null : replace(clock.row),
      groups: Object.fromEntries(Object.entries(clock.groups).map(([group, stamp]) => [group, replace(stamp)])),
    },
  };
}

/** What a row holds before anything was written: not deleted, and what newer fields have in rows of older programs. */
function initialFields(definition: EntityDefinition): Record<string, JsonValue> {
  const fields: Record<string, JsonValue> = { [deletedField]: false };
  for (const [field, added] of Object.entries(definition.added)) if (added !== undefined) fields[field] = added.initial;
  return fields;
}

/** The `base` of an edit: the version of each group that the editor sees; a deletion sees the whole row. */
export function baseFor(
  definition: EntityDefinition,
  clock: RowClock | null,
  set: Readonly<Record<string, JsonValue>>,
): Record<string, string> {
  if (clock === null) return {};
  const groups =
    set[deletedField] === true
      ? Object.keys(definition.fieldsOf)
      : [...touchedGroups(definition, { set }), deletedField];
  const base: Record<string, string> = {};
  for (const group of groups) {
    const stamp = stampOf(clock, group);
    if (stamp !== null) base[group] = stamp.change;
  }
  return base;
}

function pick(fields: Readonly<Record<string, JsonValue>>, names: readonly string[]): Record<string, JsonValue> {
  return Object.fromEntries(names.map((name) => [name, fields[name] ?? null]));
}

/** JSON equality with sorted keys. */
export function sameValue(a: JsonValue, b: JsonValue): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** JSON with sorted keys: the bytes that hashes and comparisons use. */
export function canonicalJson(value: JsonValue): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
