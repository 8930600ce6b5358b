import { eq, type SQL, sql } from 'drizzle-orm';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import type { EntityName } from '../../../shared/sync/entities.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { deletedWith, deletionEdits, liveIds, rowsToRestore } from '../../db/gather/deletion.ts';
import { liveRows } from '../../db/lookup.ts';
import type { DeskContext } from '../../service/context.ts';
import { isPropertyNumberTaken } from './repository.ts';

const { document, emergencyContact, membership, notice, portalSetting, unit, unitRent } = entityTables;

/**
 * What a property takes along when it is deleted, and brings back. People and activities stay: people belong to other
 * houses too, and correspondence has to be kept.
 */
function dependants(propertyId: string): readonly (readonly [EntityName, SQL])[] {
  return [
    ['portalSetting', eq(portalSetting.propertyId, propertyId)],
    ['emergencyContact', eq(emergencyContact.propertyId, propertyId)],
    ['unit', eq(unit.propertyId, propertyId)],
    ['unitRent', sql`${unitRent.unitId} in (select ${unit.id} from ${unit} where ${unit.propertyId} = ${propertyId})`],
    ['membership', eq(membership.propertyId, propertyId)],
    ['notice', eq(notice.propertyId, propertyId)],
    ['document', eq(document.propertyId, propertyId)],
  ];
}

/** Deletes properties with everything that hangs on them, in one action that `restoreProperties` undoes as a whole. */
export function removeProperties(context: DeskContext, ids: readonly string[]): void {
  const properties = liveRows(context.db, 'property', ids);
  context.write(
    properties.flatMap(({ id }): Edit[] => [
      ...deletionEdits('property', [id], true),
      ...dependants(id).flatMap(([entity, condition]) =>
        deletionEdits(entity, liveIds(context.db, entity, condition), true),
      ),
    ]),
  );
}

/**
 * Restores properties with what was deleted with them; what had been deleted before stays deleted.
 * @throws OperationError `already-exists` where another property has the number by now
 */
export function restoreProperties(context: DeskContext, ids: readonly string[]): void {
  const { db } = context;
  const edits = rowsToRestore(db, 'property', ids).flatMap((row): Edit[] => {
    if (isPropertyNumberTaken(db, row.number, row.id)) {
      throw new OperationError('already-exists', { field: 'number', number: row.number });
    }
    return [
      ...deletionEdits('property', [row.id], false),
      ...dependants(row.id).flatMap(([entity, condition]) =>
        deletionEdits(entity, deletedWith(db, entity, condition, row), false),
      ),
    ];
  });
  context.write(edits);
}
