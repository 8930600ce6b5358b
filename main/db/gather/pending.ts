import { and, eq } from 'drizzle-orm';
import type { EntityName } from '../../../shared/sync/entities.ts';
import type { ReadDatabase } from '../database.ts';
import { among } from '../list.ts';
import { pendingRowTable } from '../schema.ts';

/** Which of these rows have a change that waits for the sync. */
export function pendingAmong(db: ReadDatabase, entity: EntityName, ids: readonly string[]): ReadonlySet<string> {
  const rows = db
    .selectDistinct({ id: pendingRowTable.entityId })
    .from(pendingRowTable)
    .where(and(eq(pendingRowTable.entity, entity), among(pendingRowTable.entityId, ids)))
    .all();
  return new Set(rows.map((row) => row.id));
}
