import type Database from 'better-sqlite3';
import { authorText, type Changeset, type LoggedChange } from '../../shared/sync/changes.ts';
import { type Hlc, laterHlc } from '../../shared/sync/clock.ts';
import { type EntityName, findEntity } from '../../shared/sync/entities.ts';
import { holdsChange } from '../../shared/sync/held.ts';
import { mergeChange, type RowState, restamp } from '../../shared/sync/merge.ts';
import { checkShape } from '../../shared/sync/validate.ts';
import { metaKeys, metaText } from '../db/meta.ts';
import type { RowStore } from '../db/rows.ts';
import type { MetaStore } from '../service/context.ts';
import { type Erasures, openErasures } from './erasures.ts';
import { openPulled } from './pulled.ts';
import type { SyncQueue } from './queue.ts';

interface Deps {
  readonly sqlite: Database.Database;
  readonly rows: RowStore;
  readonly meta: MetaStore;
}

/** What a page of the viewer's log changed. */
export interface AppliedPage {
  readonly entities: readonly string[];
}

/** What became of one change of the log. */
interface Merged {
  readonly entity: EntityName;
  readonly changed: boolean;
}

/** Merges one change of the log into its row; null where this version does not know the entity or a field. */
function mergeLogged({ rows }: Deps, erasures: Erasures, { author, change }: LoggedChange): Merged | null {
  const definition = findEntity(change.entity);
  if (definition === undefined) return null;
  const entity = change.entity as EntityName;
  // A viewer that was restored from a time before, and has not heard of it yet.
  if (erasures.has(entity, change.entityId)) return { entity, changed: false };
  const current = rows.read(entity, change.entityId);
  if (holdsChange(definition, current, change)) return { entity, changed: false };
  if (checkShape(change) !== null) return null;
  // A change has the clock that the log has: before a restore the viewer may have given it another one.
  const row = current === null ? null : restamp(definition, current, change, change.hlc);
  rows.write(entity, change.entityId, mergeChange(definition, row, change, authorText(author)).state);
  return { entity, changed: true };
}

/** Merges changes of the log, and remembers the latest clock of those that this version knows. */
function mergeAll(
  deps: Deps,
  erasures: Erasures,
  changes: Iterable<LoggedChange>,
  unknown: (logged: LoggedChange) => void,
): AppliedPage {
  const touched = new Set<string>();
  let latest: Hlc | null = null;
  for (const logged of changes) {
    const merged = mergeLogged(deps, erasures, logged);
    if (merged === null) {
      unknown(logged);
      continue;
    }
    latest = laterHlc(latest, logged.change.hlc);
    if (merged.changed) touched.add(merged.entity);
    if (merged.entity !== 'erasure' || !merged.changed) continue;
    const [entity, id] = [String(logged.change.set.entity), String(logged.change.set.entityId)];
    erasures.carryOut(entity, id);
    touched.add(entity);
  }
  if (latest !== null) deps.meta.set(metaKeys.hlc, laterHlc(metaText(deps.meta, metaKeys.hlc), latest));
  return { entities: [...touched] };
}

/** Applies a page of the log; the position is that after it. */
export type Apply = (
  changes: readonly LoggedChange[],
  position: { readonly epoch: string; readonly cursor: number },
) => AppliedPage;

/**
 * Applies a page of the log: rows, clocks and cursor in one transaction, each row read again inside it, since somebody
 * may have edited meanwhile. What this version does not know is parked until `createReplay` of a newer one knows it.
 */
export function createApply(deps: Deps): Apply {
  const { sqlite, meta } = deps;
  const park = sqlite.prepare('insert or ignore into parked_change (seq, change) values (?, ?)');
  const pulled = openPulled(sqlite);
  const erasures = openErasures(sqlite, deps.rows);
  return sqlite.transaction((changes: Parameters<Apply>[0], position: Parameters<Apply>[1]): AppliedPage => {
    pulled.keep(changes);
    const page = mergeAll(deps, erasures, changes, (logged) => park.run(logged.seq, JSON.stringify(logged)));
    meta.set(metaKeys.epoch, position.epoch);
    meta.set(metaKeys.cursor, position.cursor);
    const last = changes.at(-1);
    if (last?.seq === position.cursor) meta.set(metaKeys.mark, { cursor: position.cursor, change: last.change.id });
    return page;
  });
}

/** Merges, at the start of the program, what an older version had to park; what is still unknown stays. */
export function createReplay(deps: Deps) {
  const parked = deps.sqlite.prepare<[], { seq: number; change: string }>('select * from parked_change order by seq');
  const release = deps.sqlite.prepare('delete from parked_change where seq = ?');
  const erasures = openErasures(deps.sqlite, deps.rows);
  return deps.sqlite.transaction((): AppliedPage => {
    const waiting = parked.all().map((row) => JSON.parse(row.change) as LoggedChange);
    const still = new Set<LoggedChange>();
    const page = mergeAll(deps, erasures, waiting, (logged) => still.add(logged));
    for (const logged of waiting) if (!still.has(logged)) release.run(logged.seq);
    return page;
  });
}

/** Rows that a refused changeset touched. */
export function rowsOf(changesets: readonly Changeset[]): readonly { readonly entity: string; readonly id: string }[] {
  const found = new Map(
    changesets.flatMap((changeset) =>
      changeset.changes.map(
        (change) => [`${change.entity} ${change.entityId}`, { entity: change.entity, id: change.entityId }] as const,
      ),
    ),
  );
  return [...found.values()];
}

/**
 * Takes back what the viewer refused: the rows become what the viewer holds, with what still waits in the queue on top.
 */
export function createTakeBack({ sqlite, rows, meta }: Deps, queue: SyncQueue) {
  return sqlite.transaction(
    (
      held: readonly { readonly entity: string; readonly id: string; readonly state: RowState | null }[],
    ): AppliedPage => {
      const by = `staff:${metaText(meta, metaKeys.staffId) ?? ''}`;
      for (const row of held) {
        const definition = findEntity(row.entity);
        if (definition === undefined) continue;
        const entity = row.entity as EntityName;
        let state = row.state;
        for (const change of queue.waitingFor(row.entity, row.id))
          state = mergeChange(definition, state, change, by).state;
        if (state === null || !isWhole(definition.shape, state)) rows.forget(entity, row.id);
        else rows.write(entity, row.id, state);
      }
      return { entities: [...new Set(held.map((row) => row.entity))] };
    },
  );
}

/** A row whose creation was refused is not there, whatever was edited on it since. */
function isWhole(shape: object, state: RowState): boolean {
  return Object.keys(shape).every((field) => field in state.fields);
}
