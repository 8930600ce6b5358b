import { and, count, countDistinct, eq, sql } from 'drizzle-orm';
import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import { defaultPortalSetting, type PortalSetting } from '../../../shared/features/properties/model.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { entryFacts, isClosedSql } from '../../db/gather/activities.ts';
import { holdsOn } from '../../db/gather/members.ts';
import { among, inOrder, ordered, searched, textOrder, windowOf } from '../../db/list.ts';
import { plain, storedRow } from '../../db/lookup.ts';

const { account, activity, document, membership, notice, person, property, status, unit } = entityTables;

/** A window of the properties with the numbers of their units and current members. */
export function listProperties(
  db: ReadDatabase,
  input: ParsedInput<'properties.list'>,
  today: string,
): Output<'properties.list'> {
  const where = and(
    eq(property.deleted, false),
    searched(
      input.query,
      property.number,
      property.name,
      property.street,
      property.houseNumber,
      property.postalCode,
      property.city,
    ),
  );
  const sorts = {
    number: [textOrder(property.number)],
    name: [textOrder(property.name)],
    kind: [property.kind],
    address: [textOrder(property.street), textOrder(property.houseNumber)],
    city: [textOrder(property.city)],
    online: [property.online],
    unitCount: [sql`(select count(*) from ${unit} where ${unit.propertyId} = ${property.id} and ${unit.deleted} = 0)`],
    personCount: [
      sql`(select count(distinct ${membership.personId}) from ${membership}
        join ${person} on ${person.id} = ${membership.personId} and ${person.deleted} = 0
        where ${membership.propertyId} = ${property.id} and ${holdsOn(today)})`,
    ],
  };
  const { total, ids } = windowOf(
    db
      .select({ id: property.id })
      .from(property)
      .where(where)
      .orderBy(...ordered(input.sort, 'number', sorts, property.id)),
    input,
  );
  const rows = db
    .select({
      id: property.id,
      number: property.number,
      name: property.name,
      kind: property.kind,
      street: property.street,
      houseNumber: property.houseNumber,
      postalCode: property.postalCode,
      city: property.city,
      online: property.online,
      photo: property.photo,
    })
    .from(property)
    .where(among(property.id, ids))
    .all();
  const units = unitCounts(db, ids);
  const people = memberCounts(db, ids, today);
  return {
    total,
    rows: inOrder(ids, rows).map((row) => ({
      ...row,
      unitCount: units.get(row.id) ?? 0,
      personCount: people.get(row.id) ?? 0,
    })),
  };
}

function unitCounts(db: ReadDatabase, propertyIds: readonly string[]): ReadonlyMap<string, number> {
  const rows = db
    .select({ id: unit.propertyId, total: count() })
    .from(unit)
    .where(and(among(unit.propertyId, propertyIds), eq(unit.deleted, false)))
    .groupBy(unit.propertyId)
    .all();
  return new Map(rows.map((row) => [row.id, row.total]));
}

/** Property → people who belong to it on that day. */
function memberCounts(db: ReadDatabase, propertyIds: readonly string[], today: string): ReadonlyMap<string, number> {
  const rows = db
    .select({ id: membership.propertyId, total: countDistinct(membership.personId) })
    .from(membership)
    .innerJoin(person, and(eq(person.id, membership.personId), eq(person.deleted, false)))
    .where(and(among(membership.propertyId, propertyIds), holdsOn(today)))
    .groupBy(membership.propertyId)
    .all();
  return new Map(rows.map((row) => [row.id, row.total]));
}

/** What hangs on a property, as the tabs of its page count it. */
export function propertyCounts(db: ReadDatabase, id: string, today: string): Output<'properties.get'>['counts'] {
  const total = (row: { readonly total: number } | undefined) => row?.total ?? 0;
  const atProperty = db.select({ id: activity.id }).from(activity).where(eq(activity.propertyId, id)).all();
  const facts = entryFacts(
    db,
    atProperty.map((row) => row.id),
  );
  return {
    units: unitCounts(db, [id]).get(id) ?? 0,
    people: memberCounts(db, [id], today).get(id) ?? 0,
    documents: total(
      db
        .select({ total: count() })
        .from(document)
        .where(and(eq(document.propertyId, id), eq(document.deleted, false)))
        .get(),
    ),
    notices: total(
      db
        .select({ total: count() })
        .from(notice)
        .where(and(eq(notice.propertyId, id), eq(notice.deleted, false)))
        .get(),
    ),
    openActivities: total(
      db
        .select({ total: count() })
        .from(activity)
        .leftJoin(status, eq(status.id, activity.statusId))
        .leftJoin(facts, eq(facts.activityId, activity.id))
        .where(and(eq(activity.propertyId, id), eq(activity.deleted, false), sql`not ${isClosedSql(facts)}`))
        .get(),
    ),
    accounts: total(
      db
        .select({ total: countDistinct(account.id) })
        .from(account)
        .innerJoin(person, and(eq(person.id, account.personId), eq(person.deleted, false)))
        .innerJoin(membership, eq(membership.personId, account.personId))
        .where(and(eq(membership.propertyId, id), holdsOn(today), eq(account.deleted, false)))
        .get(),
    ),
  };
}

/** The portal settings of a property; the defaults where nobody has set any. */
export function portalSettingOf(db: ReadDatabase, propertyId: string): PortalSetting {
  const row = storedRow(db, 'portalSetting', propertyId);
  return row === null ? defaultSettings(propertyId) : plain(row);
}

/** What a property starts with; the row's id is the property's. */
export function defaultSettings(propertyId: string): PortalSetting {
  return {
    id: propertyId,
    propertyId,
    ...defaultPortalSetting,
    directoryGroups: [...defaultPortalSetting.directoryGroups],
    messageGroups: [...defaultPortalSetting.messageGroups],
  };
}

/** Whether another property has this number, whatever its case. */
export function isPropertyNumberTaken(db: ReadDatabase, number: string, exceptId: string): boolean {
  const found = db
    .select({ id: property.id })
    .from(property)
    .where(
      and(
        eq(property.deleted, false),
        sql`fold(${property.number}) = fold(${number}) and ${property.id} <> ${exceptId}`,
      ),
    )
    .get();
  return found !== undefined;
}
