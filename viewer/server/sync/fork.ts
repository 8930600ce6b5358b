import { eq, or } from 'drizzle-orm';
import type { Input, Output } from '../../../shared/contract/registry.ts';
import { instantText } from '../../../shared/lib/dates.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { DeviceCaller, Transaction, Viewer } from '../context.ts';
import { deviceTokenTable, organisationHeadTable } from '../db/schema.ts';
import { deviceTable } from '../features/settings/table.ts';
import { readStates } from './rows.ts';

/** Room for " (Kopie 12)" in the name of a device. */
const longestName = 108;

/**
 * Makes a device of its own out of a copied or restored database; the device it was before stays valid for the other
 * copy. Asked again with the same wish it answers the same device, so the desk may be killed at any point.
 * @throws OperationError `conflict` for a wish that another device made
 */
export async function forkDevice(
  viewer: Viewer,
  asker: DeviceCaller,
  { forkId, tokenHash }: Input<'sync.fork'>,
): Promise<Output<'sync.fork'>> {
  const { organisationId } = asker;
  const now = instantText(viewer.now());
  return viewer.company(organisationId, async ({ tx, write }) => {
    // Two requests with one wish meet here: the second one finds what the first one made.
    await tx
      .select({ head: organisationHeadTable.head })
      .from(organisationHeadTable)
      .where(eq(organisationHeadTable.organisationId, organisationId))
      .for('update');
    const [made] = await tx
      .select()
      .from(deviceTokenTable)
      .where(or(eq(deviceTokenTable.forkId, forkId), eq(deviceTokenTable.tokenHash, tokenHash)));
    const own = made?.forkId === forkId && made.tokenHash === tokenHash && made.forkedFrom === asker.deviceId;
    if (made !== undefined && !own) throw new OperationError('conflict');
    const former = (await readStates(tx, organisationId, 'device', [asker.deviceId])).get(asker.deviceId)?.fields;
    const [origin] = await tx.select().from(deviceTokenTable).where(eq(deviceTokenTable.deviceId, asker.deviceId));
    const deviceId = made?.deviceId ?? viewer.newId();
    if (made === undefined) {
      const appVersion = origin?.appVersion ?? String(former?.appVersion ?? '');
      await write({ kind: 'server' }, [
        {
          entity: 'device',
          id: deviceId,
          set: {
            name: await copyName(tx, organisationId, String(former?.name ?? 'PC')),
            staffId: asker.staffId,
            appVersion,
            pairedAt: now,
            lastContactAt: now,
            revokedAt: null,
          },
        },
      ]);
      await tx.insert(deviceTokenTable).values({
        tokenHash,
        organisationId,
        deviceId,
        staffId: asker.staffId,
        createdAt: now,
        revokedAt: null,
        lastContactAt: now,
        appVersion,
        reportedAt: now,
        forkId,
        forkedFrom: asker.deviceId,
      });
    }
    const [head] = await tx
      .select()
      .from(organisationHeadTable)
      .where(eq(organisationHeadTable.organisationId, organisationId));
    const row = (await readStates(tx, organisationId, 'device', [deviceId])).get(deviceId)?.fields;
    if (head === undefined) throw new OperationError('not-found');
    return { epoch: head.epoch, head: head.head, deviceId, deviceName: String(row?.name ?? '') };
  });
}

/** "Büro-PC (Kopie)", then "Büro-PC (Kopie 2)": a name that no device of the company has. */
async function copyName(tx: Transaction, organisationId: string, name: string): Promise<string> {
  const plain = name.replace(/ \(Kopie(?: \d+)?\)$/, '').slice(0, longestName);
  const rows = await tx
    .select({ name: deviceTable.name })
    .from(deviceTable)
    .where(eq(deviceTable.organisationId, organisationId));
  const taken = new Set(rows.map((row) => row.name));
  for (let number = 1; ; number += 1) {
    const candidate = `${plain} (Kopie${number === 1 ? '' : ` ${number}`})`;
    if (!taken.has(candidate)) return candidate;
  }
}
