import { and, asc, eq } from 'drizzle-orm';
import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import type { EmergencyContact } from '../../../shared/features/properties/model.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { deletionEdits, requireParent, rowsToRestore } from '../../db/gather/deletion.ts';
import { trimmed } from '../../db/input.ts';
import { liveRow, modelColumns } from '../../db/lookup.ts';
import type { DeskContext } from '../../service/context.ts';

const { emergencyContact } = entityTables;

/** Emergency contacts of a property in their order. */
export function listContacts(db: ReadDatabase, propertyId: string): EmergencyContact[] {
  return db
    .select(modelColumns(emergencyContact))
    .from(emergencyContact)
    .where(and(eq(emergencyContact.propertyId, propertyId), eq(emergencyContact.deleted, false)))
    .orderBy(asc(emergencyContact.position), asc(emergencyContact.id))
    .all();
}

/** Creates (at the end of the list) or changes a contact. */
export function saveContact(
  context: DeskContext,
  { id, fields }: ParsedInput<'properties.saveContact'>,
): Output<'properties.saveContact'> {
  if (id !== undefined) {
    const { propertyId } = liveRow(context.db, 'emergencyContact', id);
    if (fields.propertyId !== undefined && fields.propertyId !== propertyId) {
      throw new OperationError('invalid-input', { field: 'propertyId' });
    }
    context.write([{ entity: 'emergencyContact', id, set: trimmed(fields) }]);
    return { id };
  }
  const contactId = context.newId();
  const set = newContact(context.db, fields);
  liveRow(context.db, 'property', set.propertyId, 'propertyId');
  context.write([{ entity: 'emergencyContact', id: contactId, set: trimmed(set) }]);
  return { id: contactId };
}

function newContact(
  db: ReadDatabase,
  fields: ParsedInput<'properties.saveContact'>['fields'],
): Omit<EmergencyContact, 'id'> {
  const { propertyId, name, phone } = fields;
  if (propertyId === undefined) throw new OperationError('invalid-input', { field: 'propertyId' });
  if (name === undefined) throw new OperationError('invalid-input', { field: 'name' });
  if (phone === undefined) throw new OperationError('invalid-input', { field: 'phone' });
  const last = listContacts(db, propertyId).at(-1)?.position ?? -1;
  return { kind: 'other', note: null, position: last + 1, ...fields, propertyId, name, phone };
}

/** Restores contacts. */
export function restoreContacts(context: DeskContext, ids: readonly string[]): void {
  const rows = rowsToRestore(context.db, 'emergencyContact', ids);
  for (const row of rows) requireParent(context.db, 'property', row.propertyId, 'propertyId');
  context.write(
    deletionEdits(
      'emergencyContact',
      rows.map((row) => row.id),
      false,
    ),
  );
}
