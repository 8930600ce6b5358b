import type Database from 'better-sqlite3';
import type { Change, LoggedChange } from '../../shared/sync/changes.ts';
import { type EntityName, findEntity } from '../../shared/sync/entities.ts';
import type { RowStore } from '../db/rows.ts';

/** What was erased for good, as the viewer told this desk. */
export interface Erasures {
  readonly has: (entity: string, id: string) => boolean;
  /**
   * Forgets a row wherever this desk has something of it: the row, what waits, what was sent, what was pulled, what is
   * parked. Takes part in the transaction that is open.
   */
  readonly carryOut: (entity: string, id: string) => void;
}

interface Kept {
  readonly key: number;
  readonly changes: string;
}

export function openErasures(sqlite: Database.Database, rows: RowStore): Erasures {
  const erased = sqlite.prepare<[string, string], { one: number }>(
    'select 1 as one from erasure where entity_id = ? and entity = ? and not deleted',
  );
  const unmark = sqlite.prepare('delete from pending_row where entity = ? and entity_id = ?');
  const queued = sqlite.prepare<[string], Kept & { readonly state: string }>(
    'select device_seq as key, changes, state from outbox where instr(changes, ?) > 0',
  );
  const shorten = sqlite.prepare('update outbox set changes = ?, change_count = ? where device_seq = ?');
  const drop = sqlite.prepare('delete from outbox where device_seq = ?');
  // Somebody wrote it here: that it was not taken stays to be seen, what it said does not.
  const refuse = sqlite.prepare(
    "update outbox set state = 'rejected', code = 'rejected-erased', field = null, changes = ? where device_seq = ?",
  );
  const pulled = sqlite.prepare<[string], Kept>(
    'select position as key, changes from pulled_changeset where instr(changes, ?) > 0',
  );
  const keepPulled = sqlite.prepare('update pulled_changeset set changes = ? where position = ?');
  const dropPulled = sqlite.prepare('delete from pulled_changeset where position = ?');
  const parked = sqlite.prepare<[string], Kept>(
    'select seq as key, change as changes from parked_change where instr(change, ?) > 0',
  );
  const dropParked = sqlite.prepare('delete from parked_change where seq = ?');

  const scrubQueue = (entity: string, id: string): void => {
    for (const { key, changes: text, state } of queued.all(id)) {
      const before = JSON.parse(text) as Change[];
      const rest = before.filter((change) => !isOf(change, entity, id));
      if (rest.length === before.length) continue;
      if (rest.length > 0) shorten.run(JSON.stringify(rest), rest.length, key);
      else if (state === 'applied' || state === 'superseded') drop.run(key);
      else refuse.run(JSON.stringify(before.map((change) => ({ ...change, set: {} }))), key);
    }
  };
  const scrubPulled = (entity: string, id: string): void => {
    for (const { key, changes: text } of pulled.all(id)) {
      const before = JSON.parse(text) as Change[];
      const rest = before.filter((change) => !isOf(change, entity, id)).map((change) => emptied(change, entity, id));
      if (rest.length === 0) dropPulled.run(key);
      else keepPulled.run(JSON.stringify(rest), key);
    }
  };
  return {
    has: (entity, id) => erased.get(id, entity) !== undefined,
    carryOut: (entity, id) => {
      if (findEntity(entity) !== undefined) rows.forget(entity as EntityName, id);
      unmark.run(entity, id);
      scrubQueue(entity, id);
      scrubPulled(entity, id);
      for (const { key, changes } of parked.all(id)) {
        if (isOf((JSON.parse(changes) as LoggedChange).change, entity, id)) dropParked.run(key);
      }
    },
  };
}

function isOf(change: Change, entity: string, id: string): boolean {
  return change.entity === entity && change.entityId === id;
}

/** A journal entry about the row keeps that there was a conflict, and loses both values. */
function emptied(change: Change, entity: string, id: string): Change {
  const { set } = change;
  const isAbout = change.entity === 'conflict' && set.entity === entity && set.entityId === id;
  return isAbout ? { ...change, set: { ...set, lostValue: '{}', keptValue: '{}' } } : change;
}
