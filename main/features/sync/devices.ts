import { asc, desc, eq, sql } from 'drizzle-orm';
import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { fold } from '../../db/fold.ts';
import { liveRow, modelColumns } from '../../db/lookup.ts';
import { metaKeys, metaText } from '../../db/meta.ts';
import type { DeskContext, DeskHandlers } from '../../service/context.ts';
import { requireManager } from '../../service/rights.ts';

const { device, staff } = entityTables;

type DeviceOperation =
  | 'sync.devices'
  | 'sync.contacts'
  | 'sync.nameDevice'
  | 'sync.invitePairing'
  | 'sync.revokeDevices';

/** Pairing, the list of devices, and their end. */
export const deviceHandlers: Pick<DeskHandlers<'sync'>, DeviceOperation> = {
  'sync.devices': (context) => listDevices(context),

  'sync.contacts': (context) => context.sync.devices.contacts(),

  'sync.nameDevice': async (context, { id, name }) => {
    if (id !== context.identity().deviceId) requireManager(context);
    await context.sync.devices.rename(id, name.trim());
    return {};
  },

  'sync.invitePairing': (context, input) => invitePairing(context, input),

  'sync.revokeDevices': async (context, { ids, destroyKey }) => {
    requireManager(context);
    for (const id of ids) await context.sync.devices.revoke(id, { destroyKey });
    return {};
  },
};

/** The company's devices: the own one, those in use, the revoked ones. */
function listDevices({ db, meta, identity }: DeskContext): Output<'sync.devices'> {
  const { deviceId } = identity();
  const forkedAt = metaText(meta, metaKeys.forkedAt);
  const rows = db
    .select({ ...modelColumns(device), staffName: staff.name })
    .from(device)
    .leftJoin(staff, eq(staff.id, device.staffId))
    .where(eq(device.deleted, false))
    .orderBy(
      sql`${device.id} <> ${deviceId}`,
      sql`${device.revokedAt} is not null`,
      desc(device.pairedAt),
      asc(device.id),
    )
    .all();
  return rows.map((row) => {
    const own = row.id === deviceId;
    return { ...row, staffName: row.staffName ?? '', own, forkedAt: own ? forkedAt : null };
  });
}

/**
 * A code for another desk: one's own, a colleague's, a new colleague's. A code is a way to work as that colleague, so
 * only managers ask for somebody else's.
 * @throws OperationError `rejected-role`, `not-found`, `invalid-input`, `already-exists` for an address that a colleague has,
 *   `not-possible-now` before this desk is paired, `viewer-unreachable`, `offline`
 */
async function invitePairing(
  context: DeskContext,
  { staffId, staff: newStaff }: ParsedInput<'sync.invitePairing'>,
): Promise<Output<'sync.invitePairing'>> {
  if (staffId !== null && newStaff !== null) throw new OperationError('invalid-input', { field: 'staff' });
  const { viewerUrl } = context.sync.state();
  if (viewerUrl === null) throw new OperationError('not-possible-now', { field: 'viewerUrl' });
  const own = context.identity().staffId;
  const wanted = newStaff === null ? (staffId ?? own) : createStaff(context, newStaff);
  if (newStaff === null && wanted !== own) requireManager(context);
  if (!liveRow(context.db, 'staff', wanted, 'staffId').active)
    throw new OperationError('not-found', { field: 'staffId' });
  // The viewer only gives a code for somebody it knows.
  await context.sync.now();
  const { code, expiresAt } = await context.sync.devices.createPairingCode(wanted);
  return { code, expiresAt, url: viewerUrl };
}

function createStaff(
  context: DeskContext,
  { name, email, role }: NonNullable<ParsedInput<'sync.invitePairing'>['staff']>,
): string {
  requireManager(context);
  const known = listStaff(context.db).find((colleague) => fold(colleague.email) === fold(email));
  // A second attempt, after the first could not reach the viewer.
  if (known !== undefined && fold(known.name) === fold(name) && known.role === role) return known.id;
  if (known !== undefined) throw new OperationError('already-exists', { field: 'email', label: email });
  const id = context.newId();
  context.write([
    {
      entity: 'staff',
      id,
      set: { name: name.trim(), email, role, position: null, phone: null, photo: null, active: true },
    },
  ]);
  return id;
}

/** Colleagues that are not deleted. */
function listStaff(db: ReadDatabase) {
  return db.select(modelColumns(staff)).from(staff).where(eq(staff.deleted, false)).all();
}
