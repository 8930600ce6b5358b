import { asc, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Output } from '../../../shared/contract/registry.ts';
import { type EntityName, findEntity } from '../../../shared/sync/entities.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { modelColumns } from '../../db/lookup.ts';
import { nameOf } from './names.ts';

const { conflict, device, staff } = entityTables;

/** Settled conflicts that the journal still shows; the open ones are all there. */
const settledShown = 500;

/** The conflict journal, open entries first, newest first. */
export function listConflicts(db: ReadDatabase): Output<'sync.conflicts'> {
  const shown = db.select(modelColumns(conflict)).from(conflict);
  const open = shown.where(isNull(conflict.resolvedAt)).orderBy(desc(conflict.createdAt), asc(conflict.id)).all();
  const settled = db
    .select(modelColumns(conflict))
    .from(conflict)
    .where(sql`${conflict.resolvedAt} is not null`)
    .orderBy(desc(conflict.resolvedAt), asc(conflict.id))
    .limit(settledShown)
    .all();
  return [...open, ...settled].map((row) => {
    const entity = findEntity(row.entity)?.name as EntityName | undefined;
    return { ...row, name: entity === undefined ? '' : nameOf(db, entity, row.entityId) };
  });
}

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
