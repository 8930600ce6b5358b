import { and, asc, eq, sql } from 'drizzle-orm';
import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import { sortName } from '../../../shared/features/people/model.ts';
import type { Unit } from '../../../shared/features/properties/model.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { deletedWith, deletionEdits, liveIds, requireParent, rowsToRestore } from '../../db/gather/deletion.ts';
import { holdsOn } from '../../db/gather/members.ts';
import { personOrder, personTexts } from '../../db/gather/people.ts';
import { trimmed } from '../../db/input.ts';
import { among, grouped, inOrder, ordered, searched, textOrder, windowOf } from '../../db/list.ts';
import { liveRow, liveRows, modelColumns } from '../../db/lookup.ts';
import type { DeskContext } from '../../service/context.ts';

const { membership, person, property, unit, unitRent } = entityTables;

/** A window of the units with who lives or owns there today. Found by their own texts and by their people's. */
export function listUnits(
  db: ReadDatabase,
  input: ParsedInput<'properties.listUnits'>,
  today: string,
): Output<'properties.listUnits'> {
  const occupantTexts = sql`(select group_concat(concat_ws(' ', ${sql.join([...personTexts], sql`, `)}), ' ')
    from ${membership} join ${person} on ${person.id} = ${membership.personId} and ${person.deleted} = 0
    where ${membership.unitId} = ${unit.id} and ${holdsOn(today)})`;
  const where = and(
    eq(unit.deleted, false),
    input.propertyId === undefined ? undefined : eq(unit.propertyId, input.propertyId),
    searched(input.query, unit.number, unit.location, property.number, property.name, occupantTexts),
  );
  const sorts = {
    number: [textOrder(unit.number)],
    property: [textOrder(property.number), textOrder(unit.number)],
    location: [textOrder(unit.location)],
    usage: [unit.usage],
    areaHundredths: [unit.areaHundredths],
    roomsTenths: [unit.roomsTenths],
  };
  const { total, ids } = windowOf(
    db
      .select({ id: unit.id })
      .from(unit)
      .innerJoin(property, and(eq(property.id, unit.propertyId), eq(property.deleted, false)))
      .where(where)
      .orderBy(...ordered(input.sort, 'property', sorts, unit.id)),
    input,
  );
  const rows = db.select(modelColumns(unit)).from(unit).where(among(unit.id, ids)).all();
  const occupants = occupantsOf(db, ids, today);
  return { total, rows: inOrder(ids, rows).map((row) => ({ ...row, occupants: [...(occupants.get(row.id) ?? [])] })) };
}

function occupantsOf(db: ReadDatabase, unitIds: readonly string[], today: string) {
  const rows = db
    .select({
      unitId: sql<string>`${membership.unitId}`,
      personId: membership.personId,
      group: membership.group,
      title: person.title,
      firstName: person.firstName,
      lastName: person.lastName,
      company: person.company,
    })
    .from(membership)
    .innerJoin(person, and(eq(person.id, membership.personId), eq(person.deleted, false)))
    .where(and(among(membership.unitId, unitIds), holdsOn(today)))
    .orderBy(...personOrder.map((expression) => asc(expression)), asc(membership.id))
    .all();
  const groups = grouped(rows, (row) => row.unitId);
  return new Map(
    [...groups].map(([id, people]) => [
      id,
      people.map((row) => ({ personId: row.personId, name: sortName(row), group: row.group })),
    ]),
  );
}

/** Creates or changes a unit. A unit stays with its property: its memberships and ledger belong there. */
export function saveUnit(
  context: DeskContext,
  { id, fields }: ParsedInput<'properties.saveUnit'>,
): Output<'properties.saveUnit'> {
  const current = id === undefined ? null : liveRow(context.db, 'unit', id);
  const next = current === null ? newUnit(fields) : { ...current, ...fields };
  const unitId = id ?? context.newId();
  if (current !== null && next.propertyId !== current.propertyId) {
    throw new OperationError('invalid-input', { field: 'propertyId' });
  }
  liveRow(context.db, 'property', next.propertyId, 'propertyId');
  if ((next.shareNumerator === null) !== (next.shareDenominator === null)) {
    throw new OperationError('invalid-input', {
      field: next.shareNumerator === null ? 'shareNumerator' : 'shareDenominator',
    });
  }
  const set = trimmed(current === null ? newUnit(fields) : fields);
  if (set.number !== undefined) refuseTakenNumber(context.db, next.propertyId, set.number, unitId);
  context.write([{ entity: 'unit', id: unitId, set }]);
  return { id: unitId };
}

function newUnit(fields: ParsedInput<'properties.saveUnit'>['fields']): Omit<Unit, 'id'> {
  const { propertyId, number } = fields;
  if (propertyId === undefined) throw new OperationError('invalid-input', { field: 'propertyId' });
  if (number === undefined) throw new OperationError('invalid-input', { field: 'number' });
  return {
    location: null,
    usage: 'flat',
    areaHundredths: null,
    roomsTenths: null,
    shareNumerator: null,
    shareDenominator: null,
    ...fields,
    propertyId,
    number,
  };
}

function refuseTakenNumber(db: ReadDatabase, propertyId: string, number: string, exceptId: string): void {
  const found = db
    .select({ id: unit.id })
    .from(unit)
    .where(
      and(
        eq(unit.propertyId, propertyId),
        eq(unit.deleted, false),
        sql`fold(${unit.number}) = fold(${number}) and ${unit.id} <> ${exceptId}`,
      ),
    )
    .get();
  if (found !== undefined) throw new OperationError('already-exists', { field: 'number', number });
}

/** Deletes units with their memberships and target rents. */
export function removeUnits(context: DeskContext, ids: readonly string[]): void {
  const { db } = context;
  liveRows(db, 'unit', ids);
  context.write([
    ...deletionEdits('unit', ids, true),
    ...deletionEdits('membership', liveIds(db, 'membership', among(membership.unitId, ids)), true),
    ...deletionEdits('unitRent', liveIds(db, 'unitRent', among(unitRent.unitId, ids)), true),
  ]);
}

/**
 * Restores units with what was deleted with them.
 * @throws OperationError `not-possible-now` while their property is deleted, `already-exists` where the number is taken again
 */
export function restoreUnits(context: DeskContext, ids: readonly string[]): void {
  const { db } = context;
  const edits = rowsToRestore(db, 'unit', ids).flatMap((row) => {
    requireParent(db, 'property', row.propertyId, 'propertyId');
    refuseTakenNumber(db, row.propertyId, row.number, row.id);
    return [
      ...deletionEdits('unit', [row.id], false),
      ...deletionEdits('membership', deletedWith(db, 'membership', eq(membership.unitId, row.id), row), false),
      ...deletionEdits('unitRent', deletedWith(db, 'unitRent', eq(unitRent.unitId, row.id), row), false),
    ];
  });
  context.write(edits);
}
