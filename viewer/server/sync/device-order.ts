import { createHash } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { Changeset } from '../../../shared/sync/changes.ts';
import { canonicalJson } from '../../../shared/sync/merge.ts';
import type { DeviceCaller, Transaction } from '../context.ts';
import { changeLogTable, deviceTokenTable, quarantineTable } from '../db/schema.ts';

type Sent = Pick<Changeset, 'id' | 'deviceSeq' | 'staffId' | 'changes'>;

/**
 * Holds a push against the last changeset that was accepted from this device, and remembers its own last one. A device
 * counts its changesets; where a number comes again with something else in it, two desks work under one name: a copied
 * or restored database. Repeats after a lost reply are known by their id and pass. Runs in the push's transaction under
 * the lock of the head, so that what was refused or rolled back is not remembered.
 * @param canFork a desk of a protocol that knows no fork is let through as ever: it could only stop
 * @throws OperationError `device-forked`, or `device-revoked` where that came before the lock: nothing may be applied
 */
export async function checkDeviceOrder(
  tx: Transaction,
  { organisationId, deviceId }: Pick<DeviceCaller, 'organisationId' | 'deviceId'>,
  changesets: readonly Sent[],
  { canFork }: { readonly canFork: boolean },
): Promise<void> {
  const [last] = await tx
    .select({
      seq: deviceTokenTable.lastSeq,
      hash: deviceTokenTable.lastHash,
      revokedAt: deviceTokenTable.revokedAt,
      suspendedAt: deviceTokenTable.suspendedAt,
    })
    .from(deviceTokenTable)
    .where(eq(deviceTokenTable.deviceId, deviceId));
  if (last === undefined || last.revokedAt !== null || last.suspendedAt !== null)
    throw new OperationError('device-revoked');
  const newest = changesets.reduce<Sent | null>(
    (latest, changeset) => (latest === null || changeset.deviceSeq >= latest.deviceSeq ? changeset : latest),
    null,
  );
  if (newest === null) return;
  if (canFork) {
    const repeated = changesets.filter((changeset) => changeset.deviceSeq <= last.seq);
    // Erasing made a changeset shorter: then nobody knows what it said.
    const other = repeated.some(
      (changeset) => changeset.deviceSeq === last.seq && last.hash !== null && payloadHash(changeset) !== last.hash,
    );
    if (other || (await hasUnknown(tx, organisationId, repeated))) throw new OperationError('device-forked');
  }
  if (newest.deviceSeq <= last.seq) return;
  await tx
    .update(deviceTokenTable)
    .set({ lastSeq: newest.deviceSeq, lastHash: payloadHash(newest) })
    .where(eq(deviceTokenTable.deviceId, deviceId));
}

/** Whether one of them is neither in the log nor in the quarantine. */
async function hasUnknown(tx: Transaction, organisationId: string, changesets: readonly Sent[]): Promise<boolean> {
  const ids = new Set(changesets.map((changeset) => changeset.id));
  if (ids.size === 0) return false;
  for (const table of [changeLogTable, quarantineTable]) {
    const found = await tx
      .selectDistinct({ id: table.changesetId })
      .from(table)
      .where(and(eq(table.organisationId, organisationId), inArray(table.changesetId, [...ids])));
    for (const { id } of found) ids.delete(id);
    if (ids.size === 0) return false;
  }
  return true;
}

/** What a changeset says, without the clocks, which the viewer may have set right. */
function payloadHash({ id, staffId, changes }: Sent): string {
  const said = changes.map((change) => ({
    id: change.id,
    entity: change.entity,
    entityId: change.entityId,
    set: change.set,
  }));
  return createHash('sha256')
    .update(canonicalJson({ id, staffId, changes: said }))
    .digest('hex');
}
