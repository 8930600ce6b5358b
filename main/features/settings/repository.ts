import { and, asc, eq, ne } from 'drizzle-orm';
import type { Output } from '../../../shared/contract/registry.ts';
import type { Organisation, Staff } from '../../../shared/features/settings/model.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { textOrder } from '../../db/list.ts';
import { modelColumns, plain, storedRow } from '../../db/lookup.ts';

const { documentCategory, group, staff, status, topic } = entityTables;

/** The company's own row; null before the first run and until a joining desk has pulled it. */
export function findOrganisation(db: ReadDatabase, id: string): Organisation | null {
  const row = storedRow(db, 'organisation', id);
  return row === null ? null : plain(row);
}

/** A colleague; null where there is none or they are deleted. */
export function findStaff(db: ReadDatabase, id: string): Staff | null {
  const row = storedRow(db, 'staff', id);
  return row === null || row.deleted ? null : plain(row);
}

/** What forms choose from, in the order the company gave. */
export function readLists(db: ReadDatabase): Output<'settings.lists'> {
  return {
    topics: db
      .select(modelColumns(topic))
      .from(topic)
      .where(eq(topic.deleted, false))
      .orderBy(asc(topic.position), asc(textOrder(topic.name)))
      .all(),
    statuses: db
      .select(modelColumns(status))
      .from(status)
      .where(eq(status.deleted, false))
      .orderBy(asc(status.position), asc(textOrder(status.name)))
      .all(),
    categories: db
      .select(modelColumns(documentCategory))
      .from(documentCategory)
      .where(eq(documentCategory.deleted, false))
      .orderBy(asc(documentCategory.position), asc(textOrder(documentCategory.name)))
      .all(),
    groups: db.select(modelColumns(group)).from(group).where(eq(group.deleted, false)).all(),
    staff: db
      .select(modelColumns(staff))
      .from(staff)
      .where(eq(staff.deleted, false))
      .orderBy(asc(textOrder(staff.name)), asc(staff.id))
      .all(),
  };
}

/** Other colleagues that are not deleted. */
export function otherStaff(db: ReadDatabase, id: string): readonly Staff[] {
  return db
    .select(modelColumns(staff))
    .from(staff)
    .where(and(ne(staff.id, id), eq(staff.deleted, false)))
    .all();
}
