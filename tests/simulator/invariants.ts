import type { Change } from '../../shared/sync/changes.ts';
import { findEntity } from '../../shared/sync/entities.ts';
import { canonicalJson, type RowState, stampOf, touchedGroups } from '../../shared/sync/merge.ts';

type Rows = ReadonlyMap<string, string>;
type Logged = { readonly seq: number; readonly change: Change };

/** Names of rows that differ between two replicas. */
export function differences(a: Rows, b: Rows): readonly string[] {
  const names = new Set([...a.keys(), ...b.keys()]);
  return [...names].filter((name) => a.get(name) !== b.get(name));
}

/** Holes and doubles of a log: sequences count from 1, a change stands once. */
export function logFaults(log: readonly Logged[]): readonly string[] {
  const seen = new Set<string>();
  return log.flatMap(({ seq, change }, index) => {
    const faults: string[] = [];
    if (seq !== index + 1) faults.push(`sequence ${seq} at place ${index + 1}`);
    if (seen.has(change.id)) faults.push(`change ${change.id} twice`);
    seen.add(change.id);
    return faults;
  });
}

/**
 * Acknowledged changes that are nowhere: not a value, not superseded by somebody who had seen them, not in the journal.
 * An equal value that somebody else wrote counts as the value.
 */
export function lost(
  acknowledged: readonly Change[],
  rows: Rows,
  log: readonly Logged[],
  refused: ReadonlySet<string>,
): readonly string[] {
  const journal = new Set<string>();
  const versions = new Map<string, Change[]>();
  for (const { change } of log) {
    const key = `${change.entity} ${change.entityId}`;
    versions.set(key, [...(versions.get(key) ?? []), change]);
    if (change.entity === 'conflict') journal.add(`${String(change.set.lostChangeId)} ${String(change.set.group)}`);
  }
  return acknowledged.flatMap((change) => {
    if (refused.has(change.id)) return [];
    const definition = findEntity(change.entity);
    if (definition === undefined) return [`${change.id}: unknown entity`];
    const text = rows.get(`${change.entity} ${change.entityId}`);
    const state = text === undefined ? null : (JSON.parse(text) as RowState);
    const history = versions.get(`${change.entity} ${change.entityId}`) ?? [];
    if (!history.some((logged) => logged.id === change.id)) return [`${change.id}: not in the log`];
    return touchedGroups(definition, change).flatMap((group) => {
      const fields = definition.fieldsOf[group] ?? [];
      const value = (set: Readonly<Record<string, unknown>>) =>
        canonicalJson(fields.map((field) => (set[field] ?? null) as never));
      if (state !== null && stampOf(state.clock, group)?.change === change.id) return [];
      if (definition.serverOnly.has(group) || journal.has(`${change.id} ${group}`)) return [];
      const knowingly = history.some(
        (later) => later.base[group] === change.id && touchedGroups(definition, later).includes(group),
      );
      const same = history.some(
        (other) =>
          other.id !== change.id &&
          touchedGroups(definition, other).includes(group) &&
          value(other.set) === value(change.set),
      );
      return knowingly || same ? [] : [`${change.id} ${change.entity}.${group}`];
    });
  });
}
