import { and, count, eq, gt, inArray, isNotNull, isNull, notExists, sql } from 'drizzle-orm';
import type { Change } from '../../../shared/sync/changes.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import type { EntityName } from '../../../shared/sync/entities.ts';
import type { Transaction } from '../context.ts';
import { deviceTokenTable, loginAccountTable } from '../db/schema.ts';
import { accountTable } from '../features/accounts/table.ts';
import { activityTable } from '../features/activities/table.ts';
import { documentTable } from '../features/documents/table.ts';
import { noticeTable } from '../features/notices/table.ts';
import type { CommittedChange } from './consequences.ts';
import { toldTwice } from './recovered-conflicts.ts';
import type { WorkingRows } from './rows.ts';

interface Parts {
  readonly tx: Transaction;
  readonly organisationId: string;
  readonly newId: () => string;
}

/**
 * The rows are written: devices that were revoked are locked out again; a number that two activities have is given anew
 * to one; what was told twice is told once.
 */
export async function settleRecovered(
  parts: Pick<Parts, 'tx' | 'organisationId'>,
  committed: readonly CommittedChange[],
  nextNumber: () => number,
): Promise<readonly Edit[]> {
  const { tx, organisationId } = parts;
  const edits: Edit[] = [...(await toldTwice(parts, committed))];
  for (const { entity, id, after } of committed) {
    if (entity !== 'device' || typeof after.fields.revokedAt !== 'string') continue;
    await tx
      .update(deviceTokenTable)
      .set({ revokedAt: after.fields.revokedAt })
      .where(
        and(
          eq(deviceTokenTable.organisationId, organisationId),
          eq(deviceTokenTable.deviceId, id),
          isNull(deviceTokenTable.revokedAt),
        ),
      );
  }
  const numbers = [...new Set(committed.map(({ change }) => numberOf(change)).filter((number) => number > 0))];
  if (numbers.length === 0) return edits;
  const inCompany = eq(activityTable.organisationId, organisationId);
  const twice = tx
    .select({ number: activityTable.number })
    .from(activityTable)
    .where(and(inCompany, inArray(activityTable.number, numbers)))
    .groupBy(activityTable.number)
    .having(gt(count(), 1));
  const holders = await tx
    .select({ id: activityTable.id })
    .from(activityTable)
    .where(and(inCompany, inArray(activityTable.number, twice)));
  const recovered = new Set(committed.flatMap(({ change, id }) => (numberOf(change) > 0 ? [id] : [])));
  for (const { id } of holders)
    if (recovered.has(id)) edits.push({ entity: 'activity', id, set: { number: nextNumber() } });
  return edits;
}

/**
 * After everything that could be recovered: what waits for a consequence that nobody had pulled comes by once more
 * (numbers, publication), unchanged, so that nobody is told of it a second time. A registration whose login is lost
 * is none.
 */
export async function makeGood(
  { tx, organisationId, newId }: Pick<Parts, 'tx' | 'organisationId' | 'newId'>,
  rows: WorkingRows,
): Promise<{ readonly committed: readonly CommittedChange[]; readonly edits: readonly Edit[] }> {
  const waiting: (readonly [EntityName, string])[] = [];
  const unnumbered = await tx
    .select({ id: activityTable.id })
    .from(activityTable)
    .where(
      and(
        eq(activityTable.organisationId, organisationId),
        isNull(activityTable.number),
        eq(activityTable.deleted, false),
      ),
    );
  for (const { id } of unnumbered) waiting.push(['activity', id]);
  for (const [entity, table] of [
    ['document', documentTable],
    ['notice', noticeTable],
  ] as const) {
    const queued = await tx
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.organisationId, organisationId), eq(table.state, 'queued'), eq(table.deleted, false)));
    for (const { id } of queued) waiting.push([entity, id]);
  }
  await rows.load(waiting.map(([entity, entityId]) => ({ entity, entityId })));
  const committed = waiting.flatMap(([entity, id]): CommittedChange[] => {
    const state = rows.get(entity, id);
    if (state === null) return [];
    const change = { id: newId(), entity, entityId: id, set: {}, base: {}, hlc: '' };
    return [{ entity, id, author: { kind: 'server' }, change, before: state, after: state }];
  });
  const loginless = await tx
    .select({ id: accountTable.id })
    .from(accountTable)
    .where(
      and(
        eq(accountTable.organisationId, organisationId),
        isNotNull(accountTable.registeredAt),
        notExists(
          tx
            .select({ one: sql`1` })
            .from(loginAccountTable)
            .where(
              and(
                eq(loginAccountTable.organisationId, organisationId),
                eq(loginAccountTable.accountId, accountTable.id),
              ),
            ),
        ),
      ),
    );
  const edits = loginless.map(
    ({ id }): Edit => ({ entity: 'account', id, set: { registeredAt: null, loginEmail: null } }),
  );
  return { committed, edits };
}

/** The number that a change gives an activity; 0 for none. */
export function numberOf({ entity, set }: Change): number {
  return entity === 'activity' && typeof set.number === 'number' ? set.number : 0;
}
