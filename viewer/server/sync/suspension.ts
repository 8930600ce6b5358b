import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { instantText } from '../../../shared/lib/dates.ts';
import { deviceTokenTable } from '../db/schema.ts';
import { type Consequence, type ConsequenceContext, isLive } from './consequences.ts';
import { endDevices } from './devices.ts';

/**
 * Whoever leaves takes the devices along: as soon as a member of staff is deactivated or deleted, the devices paired
 * for that person neither push nor pull; active again, they do.
 */
export const suspendDevices: Consequence = async (context, committed) => {
  const active = new Map<string, boolean>();
  for (const item of committed) {
    if (item.entity === 'staff') active.set(item.id, isLive(item.after) && item.after.fields.active === true);
  }
  const having = (wanted: boolean) => [...active].flatMap(([id, is]) => (is === wanted ? [id] : []));
  await suspend(context, having(false));
  await admit(context, having(true));
  return [];
};

async function suspend({ tx, organisationId, now }: ConsequenceContext, staffIds: readonly string[]): Promise<void> {
  if (staffIds.length === 0) return;
  const ended = await tx
    .update(deviceTokenTable)
    .set({ suspendedAt: instantText(now()) })
    .where(
      and(
        eq(deviceTokenTable.organisationId, organisationId),
        inArray(deviceTokenTable.staffId, [...staffIds]),
        isNull(deviceTokenTable.suspendedAt),
      ),
    )
    .returning({ deviceId: deviceTokenTable.deviceId });
  await endDevices(
    tx,
    ended.map((row) => row.deviceId),
  );
}

async function admit({ tx, organisationId }: ConsequenceContext, staffIds: readonly string[]): Promise<void> {
  if (staffIds.length === 0) return;
  await tx
    .update(deviceTokenTable)
    .set({ suspendedAt: null })
    .where(
      and(
        eq(deviceTokenTable.organisationId, organisationId),
        inArray(deviceTokenTable.staffId, [...staffIds]),
        isNotNull(deviceTokenTable.suspendedAt),
      ),
    );
}
