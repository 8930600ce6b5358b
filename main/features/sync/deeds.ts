import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import type { DeedKind } from '../../../shared/features/sync/journal-contract.ts';
import { type ErrorCode, errorCodes, OperationError } from '../../../shared/lib/errors.ts';
import type { Change } from '../../../shared/sync/changes.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import { findEntity } from '../../../shared/sync/entities.ts';
import { deletedField } from '../../../shared/sync/entity.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { among, inOrder } from '../../db/list.ts';
import { outboxTable } from '../../db/schema.ts';
import type { DeskContext } from '../../service/context.ts';
import { rowFacts } from './row-facts.ts';

const { conflict } = entityTables;

type Window = ParsedInput<'sync.queue'>;

/** Changes of a refused deed that are shown; all of them are kept. */
const shownChanges = 20;

/** A window of the queue: what waits oldest first, what was refused newest first. */
function changesets(db: ReadDatabase, state: 'pending' | 'rejected', { offset, limit }: Window) {
  const order = state === 'pending' ? asc(outboxTable.deviceSeq) : desc(outboxTable.deviceSeq);
  const wanted = db.select().from(outboxTable).where(eq(outboxTable.state, state)).orderBy(order);
  return wanted.limit(limit).offset(offset).all();
}

/** What waits for the viewer, oldest first. */
export function listQueue(db: ReadDatabase, window: Window): Output<'sync.queue'> {
  const rows = changesets(db, 'pending', window);
  const heads = rows.map((row) => ({ row, head: headOf(row.changes) }));
  const known = rowFacts(
    db,
    heads.map(({ head }) => ({ entity: head.entity, id: head.entityId })),
  );
  return {
    total: countOf(db, 'pending'),
    rows: heads.flatMap(({ row, head }, index) => {
      const facts = known[index];
      if (facts === undefined) return [];
      return {
        id: row.changesetId,
        createdAt: row.createdAt,
        deed: deedOf(head),
        row: facts,
        fields: Object.keys(head.set).filter((field) => field !== deletedField),
        more: row.changeCount - 1,
        isImport: row.importId !== null,
      };
    }),
  };
}

/** What the viewer refused and nobody has settled, newest first. */
export function listRefused(db: ReadDatabase, window: Window): Output<'sync.refused'> {
  const rows = changesets(db, 'rejected', window);
  return {
    total: countOf(db, 'rejected'),
    rows: rows.map((row) => {
      const shown = row.changes.slice(0, shownChanges);
      const known = rowFacts(
        db,
        shown.map((change) => ({ entity: change.entity, id: change.entityId })),
      );
      const code = errorCodes.find((one) => one === row.code) ?? null;
      return {
        id: row.changesetId,
        createdAt: row.createdAt,
        refusedAt: row.settledAt,
        code,
        field: row.field,
        mayRetry: mayRetry(code),
        changeCount: row.changeCount,
        changes: shown.flatMap((change, index) => {
          const facts = known[index];
          return facts === undefined ? [] : [{ deed: deedOf(change), row: facts, values: change.set }];
        }),
      };
    }),
  };
}

/** What can never be accepted is not offered again: a new entry has to be written. */
function mayRetry(code: ErrorCode | null): boolean {
  return code !== 'rejected-immutable' && code !== 'rejected-erased';
}

/**
 * Writes refused deeds again, all in one action, as changes that have seen what stands now.
 * @throws OperationError `not-found`, `not-possible-now` for what can never be accepted, what writing throws
 */
export function retryRefused(context: DeskContext, ids: readonly string[]): void {
  context.write([...refusedEdits(context.db, ids), ...settlingEdits(context, refusedRows(context.db, ids))]);
  context.sync.dismissRefused(ids);
}

/**
 * The edits of refused deeds, to be written once more.
 * @throws OperationError `not-found`, `not-possible-now` for what can never be accepted
 */
export function refusedEdits(db: ReadDatabase, ids: readonly string[]): readonly Edit[] {
  return refusedRows(db, ids).flatMap((row) => {
    const code = errorCodes.find((one) => one === row.code) ?? null;
    if (!mayRetry(code)) throw new OperationError('not-possible-now', { reason: code ?? '' });
    return row.changes.map((change) => editAgain(change));
  });
}

/** Settles refused deeds and their entries in the journal. @throws OperationError `not-found` */
export function dismissRefused(context: DeskContext, ids: readonly string[]): void {
  context.write(settlingEdits(context, refusedRows(context.db, ids)));
  context.sync.dismissRefused(ids);
}

/** Refused deeds of this desk to which these changes belong. */
export function refusedWith(db: ReadDatabase, changeIds: readonly string[]): readonly string[] {
  const rows = db
    .select({ id: outboxTable.changesetId })
    .from(outboxTable)
    .where(
      and(
        eq(outboxTable.state, 'rejected'),
        sql`exists (select 1 from json_each(${outboxTable.changes}) c
          where c.value ->> 'id' in (select value from json_each(${JSON.stringify(changeIds)})))`,
      ),
    )
    .all();
  return rows.map(({ id }) => id);
}

function refusedRows(db: ReadDatabase, ids: readonly string[]) {
  const rows = db
    .select({ ...columns, id: outboxTable.changesetId })
    .from(outboxTable)
    .where(and(among(outboxTable.changesetId, ids), eq(outboxTable.state, 'rejected')))
    .all();
  const found = inOrder([...new Set(ids)], rows);
  if (found.length < new Set(ids).size) throw new OperationError('not-found', { field: 'ids' });
  return found;
}

const columns = { changes: outboxTable.changes, code: outboxTable.code };

/** The journal names a refused deed by its first change. */
function settlingEdits(
  { db, now }: Pick<DeskContext, 'db' | 'now'>,
  rows: readonly { readonly changes: readonly Change[] }[],
): readonly Edit[] {
  const first = rows.map(({ changes }) => headOf(changes).id);
  const open = db
    .select({ id: conflict.id })
    .from(conflict)
    .where(and(among(conflict.lostChangeId, first), sql`${conflict.resolvedAt} is null`, eq(conflict.deleted, false)))
    .all();
  const resolvedAt = new Date(now()).toISOString();
  return open.map(({ id }): Edit => ({ entity: 'conflict', id, set: { resolvedAt } }));
}

function editAgain(change: Change): Edit {
  const definition = findEntity(change.entity);
  if (definition === undefined) throw new OperationError('not-possible-now', { field: change.entity });
  // The queue holds any entity's fields; the writer checks them against its model.
  return { entity: definition.name, id: change.entityId, set: change.set } as Edit;
}

/** What a person did: the first change says it, the others follow from it. */
function headOf(changes: readonly Change[]): Change {
  const [head] = changes;
  if (head === undefined) throw new Error('Empty changeset in the queue');
  return head;
}

function deedOf({ entity, set, base }: Change): DeedKind {
  if (set[deletedField] === true) return 'deleted';
  const fields = Object.keys(findEntity(entity)?.shape ?? {});
  const whole = fields.length > 0 && fields.every((field) => field in set);
  if (whole && Object.keys(base).length === 0) return 'created';
  return set[deletedField] === false ? 'restored' : 'changed';
}

function countOf(db: ReadDatabase, state: 'pending' | 'rejected'): number {
  return db.get<{ n: number }>(sql`select count(*) as n from outbox where state = ${state}`)?.n ?? 0;
}
