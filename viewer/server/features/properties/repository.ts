import { and, asc, eq, inArray } from 'drizzle-orm';
import type { EmergencyContact, Unit } from '../../../../shared/features/properties/model.ts';
import type { Company } from '../../context.ts';
import { emergencyContactTable, unitTable } from './table.ts';

/** Units by id. */
export async function readUnits(
  company: Company,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Pick<Unit, 'id' | 'number' | 'location'>>> {
  if (ids.length === 0) return new Map();
  const rows = await company.tx
    .select({ id: unitTable.id, number: unitTable.number, location: unitTable.location })
    .from(unitTable)
    .where(
      and(
        eq(unitTable.organisationId, company.organisationId),
        inArray(unitTable.id, [...ids]),
        eq(unitTable.deleted, false),
      ),
    );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Emergency contacts of a property in their order. */
export function readContacts(
  company: Company,
  propertyId: string,
): Promise<Pick<EmergencyContact, 'id' | 'kind' | 'name' | 'phone' | 'note'>[]> {
  const table = emergencyContactTable;
  return company.tx
    .select({ id: table.id, kind: table.kind, name: table.name, phone: table.phone, note: table.note })
    .from(table)
    .where(
      and(eq(table.organisationId, company.organisationId), eq(table.propertyId, propertyId), eq(table.deleted, false)),
    )
    .orderBy(asc(table.position), asc(table.name), asc(table.id));
}
