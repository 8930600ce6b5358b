import { and, count, eq, gt, inArray, isNotNull, isNull, notExists, sql } from 'drizzle-orm';
import { authorText, type Change } from '../../../shared/sync/changes.ts';
import { clampHlc } from '../../../shared/sync/clock.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import { type EntityName, findEntity } from '../../../shared/sync/entities.ts';
import { type GroupOutcome, mergeChange, type RowState } from '../../../shared/sync/merge.ts';
import { notAfter } from '../../../shared/sync/not-after.ts';
import type { RecoverRequest } from '../../../shared/sync/protocol.ts';
import { checkAgainstRow, checkShape, type Refusal } from '../../../shared/sync/validate.ts';
import type { Transaction } from '../context.ts';
import { changeLogTable, deviceTokenTable, loginAccountTable, organisationHeadTable } from '../db/schema.ts';
import { accountTable } from '../features/accounts/table.ts';
import { activityTable } from '../features/activities/table.ts';
import { documentTable } from '../features/documents/table.ts';
import { noticeTable } from '../features/notices/table.ts';
import type { CommittedChange } from './consequences.ts';
import { partErased } from './erase.ts';
import { conflictEdits, rejectionEdit } from './journal.ts';
import type { Known } from './known.ts';
import { type LogBook, quarantine } from './log.ts';
import type { WorkingRows } from './rows.ts';

type Offered = RecoverRequest['changesets'][number];

/** What a desk had pulled before the viewer was restored, and offers again. */
export interface Recovery {
  /** The device that brings it, and what its person may do. */
  readonly deviceId: string;
  readonly role: 'manager' | 'clerk';
  readonly changesets: readonly Offered[];
  /** Nothing follows: what was not brought back is made good. */
  readonly last: boolean;
}

interface Parts {
  readonly tx: Transaction;
  readonly organisationId: string;
  readonly rows: WorkingRows;
  readonly log: LogBook;
  readonly known: Known;
  readonly now: () => number;
  readonly newId: () => string;
  readonly receivedAt: string;
}

interface Recovered {
  readonly committed: readonly CommittedChange[];
  readonly edits: readonly Edit[];
  /** The highest activity number among them; 0 without one. */
  readonly highestNumber: number;
}

/**
 * Takes what this viewer does not know, with its own ids, clocks and authors; the log names the device that brought it.
 * No consequence runs: they ran when it was new, and what they wrote is offered as well. A changeset that cannot be
 * taken is refused whole and told like any other.
 */
export async function applyRecovered(parts: Parts, recovery: Recovery): Promise<Recovered> {
  const { rows, known, log } = parts;
  const committed: CommittedChange[] = [];
  const edits: Edit[] = [];
  const unseen: { readonly item: CommittedChange; readonly outcome: GroupOutcome }[] = [];
  await rows.load(recovery.changesets.flatMap((changeset) => changeset.changes));
  for (const offered of recovery.changesets) {
    const changeset = unknownPart(rows, known, offered);
    if (changeset.changes.length === 0) continue;
    const taken = take(parts, changeset, recovery);
    if ('refusal' in taken) {
      const { refusal } = taken;
      known.add(changeset, { verdict: refused(changeset.id, refusal), committed: [] });
      await quarantine(parts.tx, parts.organisationId, changeset, changeset.author, refusal, parts.receivedAt);
      edits.push(rejectionEdit(parts, changeset, changeset.author, refusal));
      continue;
    }
    for (const { item, outcomes } of taken) {
      rows.set(item.entity, item.id, item.after);
      for (const outcome of outcomes) if (outcome.unseen) unseen.push({ item, outcome });
    }
    const items = taken.map(({ item }) => item);
    log.append(changeset, changeset.author, items, recovery.deviceId);
    known.add(changeset, { verdict: refused(changeset.id, null), committed: items });
    committed.push(...items);
  }
  return {
    committed,
    edits: [...edits, ...(await newConflicts(parts, unseen))],
    highestNumber: committed.reduce((highest, { change }) => Math.max(highest, numberOf(change)), 0),
  };
}

/** What of a changeset this viewer neither has nor refused nor erased. */
function unknownPart(rows: WorkingRows, known: Known, offered: Offered): Offered {
  if (known.verdictOn(offered)?.verdict === 'rejected') return { ...offered, changes: [] };
  const { changeset } = partErased(rows, offered);
  return { ...changeset, changes: changeset.changes.filter((change) => known.change(change.id) === undefined) };
}

type Taken = readonly { readonly item: CommittedChange; readonly outcomes: readonly GroupOutcome[] }[];

function take(
  { rows, now }: Parts,
  { author, changes }: Offered,
  { role }: Recovery,
): Taken | { readonly refusal: Exclude<Refusal, null> } {
  const overlay = new Map<string, RowState>();
  const taken: { readonly item: CommittedChange; readonly outcomes: readonly GroupOutcome[] }[] = [];
  for (const sent of changes) {
    const definition = findEntity(sent.entity);
    if (definition === undefined) return { refusal: { code: 'rejected-schema', field: sent.entity } };
    // A desk says who wrote it, so nobody gets by it what a manager alone may write.
    const forManagers = definition.writers === 'manager' || sent.entity === 'erasure';
    if (forManagers && role !== 'manager') return { refusal: { code: 'rejected-role', field: sent.entity } };
    const entity = sent.entity as EntityName;
    const key = `${entity} ${sent.entityId}`;
    const before = overlay.get(key) ?? rows.get(entity, sent.entityId);
    const refusal = checkShape(sent) ?? checkAgainstRow(definition, before, sent);
    if (refusal !== null) return { refusal };
    const hlc = clampHlc(sent.hlc, now());
    const change: Change = { ...sent, set: notAfter(definition, sent.set, hlc), hlc };
    const { state, outcomes } = mergeChange(definition, before, change, authorText(author));
    overlay.set(key, state);
    taken.push({ item: { entity, id: sent.entityId, author, change, before, after: state }, outcomes });
  }
  return taken;
}

/**
 * What was recovered and what somebody wrote since the restore did not know of each other: told, like any conflict. What
 * was unseen among the recovered was told when it happened, and that is recovered itself.
 */
async function newConflicts(
  parts: Parts,
  unseen: readonly { readonly item: CommittedChange; readonly outcome: GroupOutcome }[],
): Promise<readonly Edit[]> {
  const other = ({ won, lost, kept }: GroupOutcome) => (won ? lost : kept)?.stamp.change ?? '';
  const ids = [...new Set(unseen.map(({ outcome }) => other(outcome)))];
  if (ids.length === 0) return [];
  const written = await parts.tx
    .select({ changeId: changeLogTable.changeId })
    .from(changeLogTable)
    .innerJoin(organisationHeadTable, eq(organisationHeadTable.organisationId, changeLogTable.organisationId))
    .where(
      and(
        eq(changeLogTable.organisationId, parts.organisationId),
        inArray(changeLogTable.changeId, ids),
        gt(changeLogTable.seq, organisationHeadTable.epochHead),
        isNull(changeLogTable.recoveredBy),
      ),
    );
  const since = new Set(written.map(({ changeId }) => changeId));
  const merges = unseen
    .filter(({ outcome }) => since.has(other(outcome)))
    .map(({ item, outcome }) => ({ entity: item.entity, id: item.id, state: item.after, outcomes: [outcome] }));
  return conflictEdits(parts, merges, [], refused('', null));
}

/** The rows are written: devices that were revoked are locked out again; a number that two activities have is given anew to one. */
export async function settleRecovered(
  { tx, organisationId }: Pick<Parts, 'tx' | 'organisationId'>,
  committed: readonly CommittedChange[],
  nextNumber: () => number,
): Promise<readonly Edit[]> {
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
  if (numbers.length === 0) return [];
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
  return holders
    .filter(({ id }) => recovered.has(id))
    .map(({ id }) => ({ entity: 'activity', id, set: { number: nextNumber() } }));
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

function numberOf({ entity, set }: Change): number {
  return entity === 'activity' && typeof set.number === 'number' ? set.number : 0;
}

function refused(changesetId: string, refusal: Refusal) {
  return {
    changesetId,
    verdict: refusal === null ? ('applied' as const) : ('rejected' as const),
    code: refusal?.code ?? null,
    field: refusal?.field ?? null,
    stamps: [],
  };
}
