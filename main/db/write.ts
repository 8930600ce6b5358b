import type Database from 'better-sqlite3';
import { OperationError } from '../../shared/lib/errors.ts';
import { type Change, maxChangesPerChangeset } from '../../shared/sync/changes.ts';
import { type Hlc, nextHlc } from '../../shared/sync/clock.ts';
import { changeFromEdit, type Edit } from '../../shared/sync/edit.ts';
import { entities } from '../../shared/sync/entities.ts';
import { mergeChange } from '../../shared/sync/merge.ts';
import { checkAgainstRow, checkShape } from '../../shared/sync/validate.ts';
import type { Identity, MetaStore } from '../service/context.ts';
import { isDiskFull } from './disk-full.ts';
import { metaKeys, metaNumber, metaText } from './meta.ts';
import type { RowStore } from './rows.ts';

export interface WriterDeps {
  readonly sqlite: Database.Database;
  readonly rows: RowStore;
  readonly meta: MetaStore;
  readonly identity: () => Identity;
  readonly now: () => number;
  readonly newId: () => string;
  /** Called after the commit with the entities that changed. */
  readonly committed: (entities: readonly string[]) => void;
}

export interface Writer {
  readonly write: (edits: readonly Edit[], options?: { readonly importId?: string }) => void;
  readonly clock: () => Hlc;
}

/**
 * The one way in which a desk writes: rows, clocks and the sync queue in one durable transaction. More changes than a
 * changeset holds travel as several, in order.
 * @throws OperationError `invalid-input` with the field, `rejected-immutable`, `rejected-reference`, `rejected-erased`, `disk-full`; nothing is written then.
 */
export function createWriter(deps: WriterDeps): Writer {
  const { sqlite, rows, meta } = deps;
  const enqueue = sqlite.prepare(
    `insert into outbox (device_seq, changeset_id, staff_id, import_id, changes, change_count, created_at, state)
     values (?, ?, ?, ?, ?, ?, ?, 'pending')`,
  );
  const markPending = sqlite.prepare(
    'insert into pending_row (change_id, entity, entity_id, device_seq) values (?, ?, ?, ?)',
  );

  const clock = (): Hlc => {
    const next = nextHlc(metaText(meta, metaKeys.hlc), deps.now());
    meta.set(metaKeys.hlc, next);
    return next;
  };

  const erased = sqlite.prepare<[string, string], { one: number }>(
    'select 1 as one from erasure where entity_id = ? and entity = ? and not deleted',
  );
  /** What was erased for good comes by nothing again; an import goes on without it. */
  const isErased = ({ entity, id }: Edit, isImport: boolean): boolean => {
    if (erased.get(id, entity) === undefined) return false;
    if (isImport) return true;
    throw new OperationError('rejected-erased', { entity });
  };

  const apply = (edits: readonly Edit[], by: string, isImport: boolean): Change[] => {
    // One reading for all changes of one user action: what was deleted together is restored together.
    const hlc = clock();
    return edits.flatMap((edit) => {
      if (isErased(edit, isImport)) return [];
      const definition = entities[edit.entity];
      const current = rows.read(edit.entity, edit.id);
      const change = changeFromEdit(definition, current, edit, { id: deps.newId(), hlc });
      if (change === null) return [];
      const refusal = checkShape(change) ?? checkAgainstRow(definition, current, change);
      if (refusal !== null) {
        const code = refusal.code === 'rejected-schema' ? 'invalid-input' : refusal.code;
        throw new OperationError(code, { entity: edit.entity, field: refusal.field ?? '' });
      }
      rows.write(edit.entity, edit.id, mergeChange(definition, current, change, by).state);
      return [change];
    });
  };

  const transaction = sqlite.transaction((edits: readonly Edit[], importId: string | null): readonly string[] => {
    const { staffId } = deps.identity();
    const changes = apply(edits, `staff:${staffId}`, importId !== null);
    let seq = metaNumber(meta, metaKeys.deviceSeq, 0);
    for (let start = 0; start < changes.length; start += maxChangesPerChangeset) {
      const part = changes.slice(start, start + maxChangesPerChangeset);
      seq += 1;
      enqueue.run(
        seq,
        deps.newId(),
        staffId,
        importId,
        JSON.stringify(part),
        part.length,
        new Date(deps.now()).toISOString(),
      );
      for (const change of part) markPending.run(change.id, change.entity, change.entityId, seq);
    }
    meta.set(metaKeys.deviceSeq, seq);
    return [...new Set(changes.map((change) => change.entity))];
  });

  return {
    clock,
    write: (edits, options = {}) => {
      let changed: readonly string[];
      try {
        changed = transaction.immediate(edits, options.importId ?? null);
      } catch (error) {
        throw isDiskFull(error) ? new OperationError('disk-full') : error;
      }
      if (changed.length > 0) deps.committed(changed);
    },
  };
}
