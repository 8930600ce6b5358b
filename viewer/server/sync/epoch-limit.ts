import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { Transaction } from '../context.ts';
import { rateLimitTable } from '../db/auth-schema.ts';

/** Restores that one device may tell of in a day; the count goes back with the database, so honest ones never get there. */
const mostADay = 20;
const day = 24 * 3600_000;

/**
 * Counts that a device tells of a restore: each one makes every desk of the company start over.
 * @throws OperationError `too-many-requests`
 */
export async function countEpoch(tx: Transaction, now: number, deviceId: string): Promise<void> {
  const key = createHash('sha256').update(`epoch ${deviceId}`).digest('base64url');
  const end = new Date(now + day);
  const over = sql`${rateLimitTable.windowEndsAt} <= ${new Date(now).toISOString()}::timestamptz`;
  const [row] = await tx
    .insert(rateLimitTable)
    .values({ key, windowEndsAt: end, count: 1 })
    .onConflictDoUpdate({
      target: rateLimitTable.key,
      set: {
        count: sql`CASE WHEN ${over} THEN 1 ELSE ${rateLimitTable.count} + 1 END`,
        windowEndsAt: sql`CASE WHEN ${over} THEN ${end.toISOString()}::timestamptz ELSE ${rateLimitTable.windowEndsAt} END`,
      },
    })
    .returning();
  if (row === undefined || row.count <= mostADay) return;
  throw new OperationError('too-many-requests', {
    seconds: Math.max(1, Math.ceil((row.windowEndsAt.getTime() - now) / 1000)),
  });
}
