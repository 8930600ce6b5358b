import { asc, desc, eq, sql } from 'drizzle-orm';
import type { Output } from '../../../shared/contract/registry.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { modelColumns } from '../../db/lookup.ts';

const { device, staff } = entityTables;

/** The company's devices, those in use first. */
export function listDevices(db: ReadDatabase, ownId: string): Output<'sync.devices'> {
  const rows = db
    .select({ ...modelColumns(device), staffName: staff.name })
    .from(device)
    .leftJoin(staff, eq(staff.id, device.staffId))
    .where(eq(device.deleted, false))
    .orderBy(sql`${device.revokedAt} is not null`, desc(device.pairedAt), asc(device.id))
    .all();
  return rows.map((row) => ({ ...row, staffName: row.staffName ?? '', own: row.id === ownId }));
}

/** Colleagues that are not deleted. */
export function listStaff(db: ReadDatabase) {
  return db.select(modelColumns(staff)).from(staff).where(eq(staff.deleted, false)).all();
}
