import { eq } from 'drizzle-orm';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { Transaction } from '../context.ts';
import { deviceTokenTable } from '../db/schema.ts';

/** @throws OperationError `device-revoked` for a device that was revoked or suspended, or is not known any more */
export async function requireServed(tx: Transaction, deviceId: string): Promise<void> {
  const [device] = await tx
    .select({ revokedAt: deviceTokenTable.revokedAt, suspendedAt: deviceTokenTable.suspendedAt })
    .from(deviceTokenTable)
    .where(eq(deviceTokenTable.deviceId, deviceId));
  if (device === undefined || device.revokedAt !== null || device.suspendedAt !== null)
    throw new OperationError('device-revoked');
}
