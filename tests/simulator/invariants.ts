import type { Change } from '../../shared/sync/changes.ts';
import { findEntity } from '../../shared/sync/entities.ts';
import type { EntityDefinition } from '../../shared/sync/entity.ts';
import { canonicalJson, type RowState, stampOf, touchedGroups } from '../../shared/sync/merge.ts';
import type { Rows } from './rows.ts';

interface Logged {
  readonly seq: number;
  readonly changesetId: string;
  readonly change: Change;
}

interface Quarantined {
  readonly changesetId: string;
  readonly changes: readonly Change[];
}

/** Names of rows that differ between two replicas. */
export function differences(a: Rows, b: Rows): readonly string[] {
  const names = new Set([...a.keys(), ...b.keys()]);
  return [...names].filter((name) => a.get(name) !== b.get(name));
}

/** Doubles of a log, and sequences that are not in order. */
export function logFaults(log: readonly Logged[]): readonly string[] {
  const seen = new Set<string>();
  let last = 0;
  return log.flatMap(({ seq, change }) => {
    const found: string[] = [];
    if (seq <= last) found.push(`log: sequence ${seq} after ${last}`);
    if (seen.has(change.id)) found.push(`log: change ${change.id} twice`);
    last = seq;
    seen.add(change.id);
    return found;
  });
}

/** What was applied and refused as well. */
export function heldTwice(log: readonly Logged[], quarantine: readonly Quarantined[]): readonly string[] {
  const applied = new Set(log.map((row) => row.change.id));
  return quarantine.flatMap(({ changesetId, changes }) =>
    changes.some((change) => applied.has(change.id))
      ? [`verdict: changeset ${changesetId} was applied and refused`]
      : [],
  );
}

/** Numbers that two activities were given. */
export function doubleNumbers(log: readonly Logged[]): readonly string[] {
  return doubles(
    log.flatMap(({ change }) => (change.entity === 'activity' ? [[change.set.number, change.entityId] as const] : [])),
  );
}

/** Numbers that two activities have: a viewer that was restored gives one of them another. */
export function doubleNumbersNow(rows: Rows): readonly string[] {
  return doubles(
    [...rows].flatMap(([name, text]) =>
      name.startsWith('activity ') ? [[(JSON.parse(text) as RowState).fields.number, name] as const] : [],
    ),
  );
}

function doubles(given: readonly (readonly [unknown, string])[]): readonly string[] {
  const first = new Map<number, string>();
  return given.flatMap(([number, activity]) => {
    if (typeof number !== 'number') return [];
    const other = first.get(number);
    first.set(number, activity);
    return other !== undefined && other !== activity ? [`numbers: ${number} was given twice`] : [];
  });
}

/**
 * Acknowledged changes that are nowhere: not a value, not superseded by somebody who had seen them, not in the journal,
 * not refused with an entry in the journal. An equal value that somebody else wrote counts as the value. What a change
 * had seen is what its author said, not what arrived.
 */
export function lost(
  acknowledged: ReadonlyMap<string, Change>,
  rows: Rows,
  log: readonly Logged[],
  quarantine: readonly Quarantined[],
): readonly string[] {
  const journal = new Set<string>();
  const versions = new Map<string, Change[]>();
  const logged = new Set<string>();
  for (const { change } of log) {
    const key = `${change.entity} ${change.entityId}`;
    const own = acknowledged.get(change.id);
    const version = own === undefined ? change : { ...change, base: own.base };
    const list = versions.get(key);
    if (list === undefined) versions.set(key, [version]);
    else list.push(version);
    logged.add(change.id);
    if (change.entity === 'conflict') journal.add(`${String(change.set.lostChangeId)} ${String(change.set.group)}`);
  }
  const refused = new Set<string>();
  for (const { changes } of quarantine) {
    const told = [...journal].some((entry) => entry.startsWith(changes[0]?.id ?? ' '));
    if (told) for (const change of changes) refused.add(change.id);
  }
  return [...acknowledged.values()].flatMap((change) => {
    if (!logged.has(change.id)) return refused.has(change.id) ? [] : [`${change.id} ${change.entity}: not in the log`];
    const definition = findEntity(change.entity);
    if (definition === undefined) return [`${change.id}: unknown entity`];
    const key = `${change.entity} ${change.entityId}`;
    const text = rows.get(key);
    const state = text === undefined ? null : (JSON.parse(text) as RowState);
    return touchedGroups(definition, change)
      .filter((group) => !isKept(definition, group, change, state, versions.get(key) ?? [], journal))
      .map((group) => `${change.id} ${change.entity}.${group}`);
  });
}

function isKept(
  definition: EntityDefinition,
  group: string,
  change: Change,
  state: RowState | null,
  history: readonly Change[],
  journal: ReadonlySet<string>,
): boolean {
  if (state !== null && stampOf(state.clock, group)?.change === change.id) return true;
  if (definition.serverOnly.has(group) || journal.has(`${change.id} ${group}`)) return true;
  const fields = definition.fieldsOf[group] ?? [];
  const value = (set: Change['set']) => canonicalJson(fields.map((field) => set[field] ?? null));
  const own = value(change.set);
  return history.some(
    (other) =>
      other.id !== change.id &&
      touchedGroups(definition, other).includes(group) &&
      (other.base[group] === change.id || value(other.set) === own),
  );
}
