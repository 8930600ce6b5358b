import type { ParsedInput } from '../../../shared/contract/registry.ts';
import type { Activity } from '../../../shared/features/activities/model.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { liveRow } from '../../db/lookup.ts';

/**
 * Checks where an activity belongs.
 * @throws OperationError `not-found`, `invalid-input` for a unit of another property
 */
export function checkPlace(db: ReadDatabase, propertyId: string | null, unitId: string | null): void {
  if (propertyId !== null) liveRow(db, 'property', propertyId, 'propertyId');
  if (unitId !== null && liveRow(db, 'unit', unitId, 'unitId').propertyId !== propertyId) {
    throw new OperationError('invalid-input', { field: 'unitId' });
  }
}

/** The place after a change: a unit that is not named again is left behind with its property. */
export function changedPlace(
  activity: Activity,
  fields: ParsedInput<'activities.save'>['fields'],
): Pick<Activity, 'propertyId' | 'unitId'> {
  const propertyId = fields.propertyId === undefined ? activity.propertyId : fields.propertyId;
  const kept = propertyId === activity.propertyId ? activity.unitId : null;
  return { propertyId, unitId: fields.unitId === undefined ? kept : fields.unitId };
}
