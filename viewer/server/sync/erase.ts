import { and, eq, inArray, or, sql } from 'drizzle-orm';
import type { Change } from '../../../shared/sync/changes.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import { type EntityName, findEntity } from '../../../shared/sync/entities.ts';
import type { Transaction } from '../context.ts';
import { entityTables } from '../db/entity-tables.ts';
import { changeLogTable, deviceTokenTable, organisationHeadTable, quarantineTable } from '../db/schema.ts';
import { conflictTable, erasureTable } from '../features/sync/table.ts';
import type { CommittedChange } from './consequences.ts';
import type { LogBook } from './log.ts';
import type { WorkingRows } from './rows.ts';

/** A change of the log whose row was erased: who and when stay, what it said is gone. */
export function isErased(change: Pick<Change, 'set'>): boolean {
  return Object.keys(change.set).length === 0;
}

/**
 * Erases for good the rows that committed erasures name: the row, what the log, the journal and the quarantine say of it.
 * The ids stay in the register, so that no push and no restore brings it back. Runs in the commit, under the lock of the
 * head. Answers the edits that empty the journal.
 */
export async function eraseCommitted(
  tx: Transaction,
  organisationId: string,
  parts: { readonly rows: WorkingRows; readonly log: LogBook },
  committed: readonly CommittedChange[],
): Promise<readonly Edit[]> {
  const targets = committed.flatMap((item) =>
    item.entity === 'erasure' && item.before === null
      ? [{ entity: String(item.after.fields.entity), id: String(item.after.fields.entityId) }]
      : [],
  );
  if (targets.length === 0) return [];
  await tx
    .update(organisationHeadTable)
    .set({ erasedRows: sql`${organisationHeadTable.erasedRows} + ${targets.length}` })
    .where(eq(organisationHeadTable.organisationId, organisationId));
  const edits: Edit[] = [];
  for (const entity of new Set(targets.map((target) => target.entity))) {
    const ids = targets.flatMap((target) => (target.entity === entity ? [target.id] : []));
    if (findEntity(entity) !== undefined) await deleteRows(tx, organisationId, entity as EntityName, ids);
    for (const id of ids) parts.rows.erase(entity as EntityName, id);
    parts.log.scrub((change) =>
      change.entity === entity && ids.includes(change.entityId) ? { ...change, set: {} } : change,
    );
    await scrubLog(tx, organisationId, entity, ids);
    await scrubQuarantine(tx, organisationId, entity, ids);
    edits.push(...(await emptyJournal(tx, organisationId, parts.log, entity, ids)));
  }
  return edits;
}

async function deleteRows(
  tx: Transaction,
  organisationId: string,
  entity: EntityName,
  ids: readonly string[],
): Promise<void> {
  const table = entityTables[entity];
  await tx.delete(table).where(and(eq(table.organisationId, organisationId), inArray(table.id, [...ids])));
}

/** The desks whose changesets get shorter forget what the viewer remembered of their last one. */
async function scrubLog(
  tx: Transaction,
  organisationId: string,
  entity: string,
  ids: readonly string[],
): Promise<void> {
  const scrubbed = await tx
    .update(changeLogTable)
    .set({ change: sql`jsonb_set(${changeLogTable.change}, '{set}', '{}')` })
    .where(
      and(
        eq(changeLogTable.organisationId, organisationId),
        eq(changeLogTable.entity, entity),
        inArray(changeLogTable.entityId, [...ids]),
      ),
    )
    .returning({ author: changeLogTable.author });
  const devices = new Set(scrubbed.flatMap(({ author }) => (author.kind === 'staff' ? [author.deviceId] : [])));
  if (devices.size === 0) return;
  await tx
    .update(deviceTokenTable)
    .set({ lastHash: null })
    .where(and(eq(deviceTokenTable.organisationId, organisationId), inArray(deviceTokenTable.deviceId, [...devices])));
}

async function scrubQuarantine(
  tx: Transaction,
  organisationId: string,
  entity: string,
  ids: readonly string[],
): Promise<void> {
  const holds = ids.map(
    (id) => sql`${quarantineTable.changes} @> ${JSON.stringify([{ entity, entityId: id }])}::jsonb`,
  );
  const found = await tx
    .select({ changesetId: quarantineTable.changesetId, changes: quarantineTable.changes })
    .from(quarantineTable)
    .where(and(eq(quarantineTable.organisationId, organisationId), or(...holds)));
  for (const { changesetId, changes } of found) {
    await tx
      .update(quarantineTable)
      .set({ changes: changes.map((change) => (names(change, entity, ids) ? { ...change, set: {} } : change)) })
      .where(and(eq(quarantineTable.organisationId, organisationId), eq(quarantineTable.changesetId, changesetId)));
  }
}

function names(change: Change, entity: string, ids: readonly string[]): boolean {
  return change.entity === entity && ids.includes(change.entityId);
}

/** The journal keeps that there was a conflict, and loses both values: in its rows, and in what the log says of them. */
async function emptyJournal(
  tx: Transaction,
  organisationId: string,
  log: LogBook,
  entity: string,
  ids: readonly string[],
): Promise<readonly Edit[]> {
  const told = await tx
    .select({ id: conflictTable.id })
    .from(conflictTable)
    .where(
      and(
        eq(conflictTable.organisationId, organisationId),
        eq(conflictTable.entity, entity),
        inArray(conflictTable.entityId, [...ids]),
      ),
    );
  if (told.length === 0) return [];
  const conflicts = told.map(({ id }) => id);
  const empty = { lostValue: '{}', keptValue: '{}' };
  log.scrub((change) =>
    change.entity === 'conflict' && conflicts.includes(change.entityId) && 'lostValue' in change.set
      ? { ...change, set: { ...change.set, ...empty } }
      : change,
  );
  await tx
    .update(changeLogTable)
    .set({
      change: sql`jsonb_set(jsonb_set(${changeLogTable.change}, '{set,lostValue}', '"{}"'), '{set,keptValue}', '"{}"')`,
    })
    .where(
      and(
        eq(changeLogTable.organisationId, organisationId),
        eq(changeLogTable.entity, 'conflict'),
        inArray(changeLogTable.entityId, conflicts),
        sql`${changeLogTable.change}->'set' ? 'lostValue'`,
      ),
    );
  return conflicts.map((id): Edit => ({ entity: 'conflict', id, set: empty }));
}

/**
 * Takes out of a changeset what is about erased rows, empty of what it said: it is as if it had never been written, and
 * the rest of the deed stands.
 */
export function partErased<T extends { readonly changes: readonly Change[] }>(
  rows: WorkingRows,
  changeset: T,
): { readonly changeset: T; readonly erased: readonly Change[] } {
  const erased = changeset.changes.filter((change) => rows.isErased(change.entity, change.entityId));
  if (erased.length === 0) return { changeset, erased };
  const changes = changeset.changes.filter((change) => !erased.includes(change));
  return { changeset: { ...changeset, changes }, erased: erased.map((change) => ({ ...change, set: {} })) };
}

/** Which of the rows were erased for good, as `entity id`. */
export async function readErased(
  tx: Transaction,
  organisationId: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const found = await tx
    .select({ entity: erasureTable.entity, entityId: erasureTable.entityId })
    .from(erasureTable)
    .where(and(eq(erasureTable.organisationId, organisationId), inArray(erasureTable.entityId, [...ids])));
  return found.map(({ entity, entityId }) => `${entity} ${entityId}`);
}
