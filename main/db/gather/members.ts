import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import type { GroupKey } from '../../../shared/features/properties/model.ts';
import type { ReadDatabase } from '../database.ts';
import { entityTables } from '../entity-tables.ts';
import { among, grouped, textOrder } from '../list.ts';

const { membership, person, property, unit } = entityTables;

/** A current membership in short. */
export interface Place {
  readonly propertyId: string;
  readonly propertyNumber: string;
  readonly unitNumber: string | null;
  readonly group: GroupKey;
}

/** Memberships that hold on a day (inclusive) and are not deleted. */
export function holdsOn(day: string): SQL {
  return sql`(${membership.deleted} = 0
    and (${membership.from} is null or ${membership.from} <= ${day})
    and (${membership.to} is null or ${membership.to} >= ${day}))`;
}

/** Where people belong on a day: person → places, by property and unit. Deleted properties are left out. */
export function placesOn(
  db: ReadDatabase,
  personIds: readonly string[],
  day: string,
): ReadonlyMap<string, readonly Place[]> {
  const rows = db
    .select({
      personId: membership.personId,
      propertyId: membership.propertyId,
      propertyNumber: property.number,
      unitNumber: unit.number,
      group: membership.group,
    })
    .from(membership)
    .innerJoin(property, and(eq(property.id, membership.propertyId), eq(property.deleted, false)))
    .leftJoin(unit, eq(unit.id, membership.unitId))
    .where(and(among(membership.personId, personIds), holdsOn(day)))
    .orderBy(asc(textOrder(property.number)), asc(textOrder(unit.number)), asc(membership.id))
    .all();
  const places = grouped(rows, (row) => row.personId);
  return new Map([...places].map(([id, list]) => [id, list.map(({ personId: _personId, ...place }) => place)]));
}

/** Whether the person of the query belongs somewhere on a day: to a property, in a group; undefined where neither is asked. */
export function belongsTo(
  { propertyId, group }: { readonly propertyId?: string | undefined; readonly group?: GroupKey | undefined },
  day: string,
): SQL | undefined {
  if (propertyId === undefined && group === undefined) return undefined;
  const conditions = and(
    eq(membership.personId, person.id),
    holdsOn(day),
    propertyId === undefined ? undefined : eq(membership.propertyId, propertyId),
    group === undefined ? undefined : eq(membership.group, group),
  );
  return sql`exists (select 1 from ${membership}
    join ${property} on ${property.id} = ${membership.propertyId} and ${property.deleted} = 0
    where ${conditions})`;
}
