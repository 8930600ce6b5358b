import { displayName } from '../../../shared/features/people/model.ts';
import type { EntityName } from '../../../shared/sync/entities.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { storedRow } from '../../db/lookup.ts';

/** Rows that people know by the row they belong to. */
const belongings: Readonly<Partial<Record<EntityName, { readonly entity: EntityName; readonly field: string }>>> = {
  membership: { entity: 'person', field: 'personId' },
  account: { entity: 'person', field: 'personId' },
  activityPerson: { entity: 'activity', field: 'activityId' },
  entry: { entity: 'activity', field: 'activityId' },
  unitRent: { entity: 'unit', field: 'unitId' },
  portalSetting: { entity: 'property', field: 'propertyId' },
};

/** What people call a row, deleted or not; empty where it is not here or has no name. */
export function nameOf(db: ReadDatabase, entity: EntityName, id: string): string {
  const belonging = belongings[entity];
  if (belonging !== undefined) {
    const row: object | null = storedRow(db, entity, id);
    return row === null ? '' : nameOf(db, belonging.entity, text(row, belonging.field));
  }
  switch (entity) {
    case 'person': {
      const person = storedRow(db, entity, id);
      return person === null ? '' : displayName(person);
    }
    case 'property': {
      const property = storedRow(db, entity, id);
      return property === null ? '' : `${property.number} ${property.name}`;
    }
    case 'unit': {
      const unit = storedRow(db, entity, id);
      const property = unit === null ? null : storedRow(db, 'property', unit.propertyId);
      return unit === null ? '' : `${property?.number ?? ''}/${unit.number}`;
    }
    default: {
      const row: object = storedRow(db, entity, id) ?? {};
      return text(row, 'subject') || text(row, 'title') || text(row, 'fileName') || text(row, 'name');
    }
  }
}

function text(row: object, field: string): string {
  const value: unknown = Reflect.get(row, field);
  return typeof value === 'string' ? value : '';
}
