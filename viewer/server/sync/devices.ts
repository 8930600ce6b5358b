import { and, eq, sql } from 'drizzle-orm';
import type { Input, Output } from '../../../shared/contract/registry.ts';
import { instantText } from '../../../shared/lib/dates.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { DeviceCaller, Transaction, Viewer } from '../context.ts';
import { deviceTokenTable } from '../db/schema.ts';
import { isLive } from './consequences.ts';
import { roleOf } from './pairing.ts';
import { readStates } from './rows.ts';

/** Where the viewer's processes tell each other that a device may no longer be served. */
export const deviceEndsChannel = 'treppenhaus_device';

type Asker = Pick<DeviceCaller, 'organisationId' | 'deviceId' | 'staffId'>;

/** @throws OperationError `rejected-role` unless the desk was paired for a manager */
export async function requireManager(viewer: Pick<Viewer, 'company'>, asker: Asker): Promise<void> {
  if (!(await isManager(viewer, asker))) throw new OperationError('rejected-role');
}

async function isManager(viewer: Pick<Viewer, 'company'>, { organisationId, staffId }: Asker): Promise<boolean> {
  return (await roleOf(viewer, organisationId, staffId, staffId)) === 'manager';
}

/** What the viewer knows now of the company's devices; who is no manager learns of the own one alone. */
export async function readContacts(viewer: Viewer, asker: Asker): Promise<Output<'sync.deviceContacts'>> {
  const all = await isManager(viewer, asker);
  const rows = await viewer.global
    .select()
    .from(deviceTokenTable)
    .where(
      and(
        eq(deviceTokenTable.organisationId, asker.organisationId),
        all ? undefined : eq(deviceTokenTable.deviceId, asker.deviceId),
      ),
    );
  return {
    devices: rows.map((row) => ({
      id: row.deviceId,
      lastContactAt: row.lastContactAt,
      appVersion: row.appVersion,
      revokedAt: row.revokedAt,
      suspendedAt: row.suspendedAt,
      destroyAskedAt: row.destroyAskedAt,
      destroyToldAt: row.destroyToldAt,
    })),
  };
}

/**
 * Names a device. @throws OperationError `rejected-role` for somebody else's desk without being a manager, `not-found`
 */
export async function renameDevice(viewer: Viewer, asker: Asker, input: Input<'sync.renameDevice'>): Promise<void> {
  if (input.id !== asker.deviceId) await requireManager(viewer, asker);
  await viewer.company(asker.organisationId, async ({ tx, write }) => {
    const states = await readStates(tx, asker.organisationId, 'device', [input.id]);
    if (!isLive(states.get(input.id) ?? null)) throw new OperationError('not-found');
    await write({ kind: 'server' }, [{ entity: 'device', id: input.id, set: { name: input.name.trim() } }]);
  });
}

/**
 * Ends a device's access at once: its streams and transfers end with the commit. With `destroyKey` the desk is told at
 * its next contact to delete its key and its data; it can be asked for later too.
 * @throws OperationError `rejected-role`, `not-found`, `not-possible-now` for the key of the asking desk itself
 */
export async function revokeDevice(
  viewer: Viewer,
  asker: Asker,
  id: string,
  { destroyKey }: { readonly destroyKey: boolean },
): Promise<void> {
  await requireManager(viewer, asker);
  if (destroyKey && id === asker.deviceId) throw new OperationError('not-possible-now', { reason: 'own-device' });
  const { organisationId } = asker;
  const now = instantText(viewer.now());
  await viewer.company(organisationId, async ({ tx, write }) => {
    const ofDevice = and(eq(deviceTokenTable.organisationId, organisationId), eq(deviceTokenTable.deviceId, id));
    const [known] = await tx.select({ revokedAt: deviceTokenTable.revokedAt }).from(deviceTokenTable).where(ofDevice);
    if (known === undefined) throw new OperationError('not-found');
    const revokedAt = known.revokedAt ?? now;
    // First what takes the company's head, as a push does: the other way round the two could wait for each other.
    await write({ kind: 'server' }, [{ entity: 'device', id, set: { revokedAt } }]);
    await tx
      .update(deviceTokenTable)
      .set({
        revokedAt,
        ...(destroyKey ? { destroyAskedAt: sql`coalesce(${deviceTokenTable.destroyAskedAt}, ${now})` } : {}),
      })
      .where(ofDevice);
    await endDevices(tx, [id]);
  });
}

/** Tells every viewer process, with the commit, to serve these devices no longer. */
export async function endDevices(tx: Transaction, deviceIds: readonly string[]): Promise<void> {
  for (const deviceId of deviceIds) await tx.execute(sql`select pg_notify(${deviceEndsChannel}, ${deviceId})`);
}
