import { and, eq, inArray } from 'drizzle-orm';
import { authorText, type Change } from '../../../shared/sync/changes.ts';
import { clampHlc } from '../../../shared/sync/clock.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import { type EntityName, findEntity } from '../../../shared/sync/entities.ts';
import { type GroupOutcome, mergeChange, type RowState } from '../../../shared/sync/merge.ts';
import { notAfter } from '../../../shared/sync/not-after.ts';
import type { RecoverRequest } from '../../../shared/sync/protocol.ts';
import { checkAgainstRow, checkShape, type Refusal } from '../../../shared/sync/validate.ts';
import type { Transaction } from '../context.ts';
import { entityTables } from '../db/entity-tables.ts';
import { deviceTokenTable, quarantineTable } from '../db/schema.ts';
import { conflictTable } from '../features/sync/table.ts';
import type { CommittedChange } from './consequences.ts';
import { partErased } from './erase.ts';
import { rejectionEdit } from './journal.ts';
import type { Known } from './known.ts';
import { type LogBook, quarantine } from './log.ts';
import { numberOf } from './make-good.ts';
import { newConflicts } from './recovered-conflicts.ts';
import type { WorkingRows } from './rows.ts';

const { staff: staffTable } = entityTables;

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
  const reserved = await managersDevices(parts, recovery);
  for (const offered of recovery.changesets) {
    const wasRefused = known.verdictOn(offered)?.verdict === 'rejected';
    if (wasRefused && recovery.role !== 'manager') continue;
    const changeset = unknownPart(rows, known, offered);
    if (changeset.changes.length === 0) continue;
    const taken = take(parts, changeset, recovery, reserved);
    if ('refusal' in taken) {
      if (wasRefused) continue;
      const { refusal } = taken;
      known.add(changeset, { verdict: refused(changeset.id, refusal), committed: [] });
      await quarantine(parts.tx, parts.organisationId, changeset, changeset.author, refusal, parts.receivedAt);
      edits.push(rejectionEdit(parts, changeset, changeset.author, refusal));
      continue;
    }
    if (wasRefused) edits.push(...(await pardon(parts, offered)));
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
    edits: [...edits, ...(await newConflicts(parts, unseen, committed))],
    highestNumber: committed.reduce((highest, { change }) => Math.max(highest, numberOf(change)), 0),
  };
}

/** What of a changeset this viewer neither has nor erased. */
function unknownPart(rows: WorkingRows, known: Known, offered: Offered): Offered {
  const { changeset } = partErased(rows, offered);
  return { ...changeset, changes: changeset.changes.filter((change) => known.change(change.id) === undefined) };
}

type Taken = readonly { readonly item: CommittedChange; readonly outcomes: readonly GroupOutcome[] }[];

function take(
  { rows, now }: Parts,
  { author, changes }: Offered,
  { role }: Recovery,
  reserved: ReadonlySet<string>,
): Taken | { readonly refusal: Exclude<Refusal, null> } {
  const overlay = new Map<string, RowState>();
  const taken: { readonly item: CommittedChange; readonly outcomes: readonly GroupOutcome[] }[] = [];
  for (const sent of changes) {
    const definition = findEntity(sent.entity);
    if (definition === undefined) return { refusal: { code: 'rejected-schema', field: sent.entity } };
    // A desk says who wrote it, so nobody gets by it what a manager alone may write.
    const forManagers =
      definition.writers === 'manager' ||
      sent.entity === 'erasure' ||
      (sent.entity === 'device' && reserved.has(sent.entityId));
    if (forManagers && role !== 'manager') return { refusal: { code: 'rejected-role', field: sent.entity } };
    const entity = sent.entity as EntityName;
    const key = `${entity} ${sent.entityId}`;
    const before = overlay.get(key) ?? rows.get(entity, sent.entityId);
    const refusal = checkShape(sent) ?? checkAgainstRow(definition, before, sent) ?? checkNever(before, sent, author);
    if (refusal !== null) return { refusal };
    const hlc = clampHlc(sent.hlc, now());
    const change: Change = { ...sent, set: notAfter(definition, sent.set, hlc), hlc };
    const { state, outcomes } = mergeChange(definition, before, change, authorText(author));
    overlay.set(key, state);
    taken.push({ item: { entity, id: sent.entityId, author, change, before, after: state }, outcomes });
  }
  return taken;
}

/** What this viewer never took from anybody, so that no desk can have got it from here. */
function checkNever(before: RowState | null, { entity, set }: Change, author: Offered['author']): Refusal {
  if (entity === 'entry') {
    const kind = before?.fields.kind ?? set.kind;
    if (kind === 'note' && set.released === true) return { code: 'rejected-role', field: 'release' };
  }
  if (author.kind !== 'staff') return null;
  if (findEntity(entity)?.writers === 'server') return { code: 'rejected-role', field: entity };
  const forged =
    entity === 'entry' && before === null && (set.authorKind !== 'staff' || set.authorId !== author.staffId);
  return forged ? { code: 'rejected-role', field: 'content' } : null;
}

/**
 * Devices of managers that would be locked out by a clerk's desk: what revokes them waits for a desk of a manager. Empty
 * where nothing of the kind is offered.
 */
async function managersDevices(
  { tx, organisationId }: Parts,
  { role, changesets }: Recovery,
): Promise<ReadonlySet<string>> {
  const revoked = changesets.flatMap(({ changes }) =>
    changes.flatMap(({ entity, entityId, set }) =>
      entity === 'device' && typeof set.revokedAt === 'string' ? [entityId] : [],
    ),
  );
  if (role === 'manager' || revoked.length === 0) return new Set();
  const found = await tx
    .select({ deviceId: deviceTokenTable.deviceId })
    .from(deviceTokenTable)
    .innerJoin(
      staffTable,
      and(eq(staffTable.organisationId, organisationId), eq(staffTable.id, deviceTokenTable.staffId)),
    )
    .where(
      and(
        eq(deviceTokenTable.organisationId, organisationId),
        inArray(deviceTokenTable.deviceId, revoked),
        eq(staffTable.role, 'manager'),
      ),
    );
  return new Set(found.map(({ deviceId }) => deviceId));
}

/** A manager's desk brings what was refused from a lesser one: it is not refused any more, and the journal is done with it. */
async function pardon({ tx, organisationId, receivedAt }: Parts, { id, changes }: Offered): Promise<readonly Edit[]> {
  await tx
    .delete(quarantineTable)
    .where(and(eq(quarantineTable.organisationId, organisationId), eq(quarantineTable.changesetId, id)));
  const told = await tx
    .select({ id: conflictTable.id })
    .from(conflictTable)
    .where(
      and(
        eq(conflictTable.organisationId, organisationId),
        eq(conflictTable.kind, 'rejected'),
        inArray(
          conflictTable.lostChangeId,
          changes.map((change) => change.id),
        ),
      ),
    );
  return told.map((entry): Edit => ({ entity: 'conflict', id: entry.id, set: { resolvedAt: receivedAt } }));
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
