import { and, eq } from 'drizzle-orm';
import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import { isCurrent } from '../../../shared/features/people/access.ts';
import { type Membership, sortName } from '../../../shared/features/people/model.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { deletionEdits, requireParent, rowsToRestore } from '../../db/gather/deletion.ts';
import { holdsOn } from '../../db/gather/members.ts';
import { personOrder, personTexts } from '../../db/gather/people.ts';
import { trimmed } from '../../db/input.ts';
import { among, inOrder, ordered, searched, textOrder, windowOf } from '../../db/list.ts';
import { liveRow, modelColumns } from '../../db/lookup.ts';
import type { DeskContext } from '../../service/context.ts';

const { membership, person, property, unit } = entityTables;

type ListInput = ParsedInput<'people.listMemberships'>;

/** A window of the memberships of a property, a unit, a person; those of deleted people and properties are left out. */
export function listMemberships(db: ReadDatabase, input: ListInput, today: string): Output<'people.listMemberships'> {
  const where = and(
    eq(membership.deleted, false),
    input.propertyId === undefined ? undefined : eq(membership.propertyId, input.propertyId),
    input.unitId === undefined ? undefined : eq(membership.unitId, input.unitId),
    input.personId === undefined ? undefined : eq(membership.personId, input.personId),
    input.on === undefined ? undefined : holdsOn(input.on),
    searched(input.query, ...personTexts, property.number, property.name, unit.number, membership.accountNumber),
  );
  const sorts = {
    person: personOrder,
    property: [textOrder(property.number), textOrder(unit.number)],
    unit: [textOrder(unit.number)],
    group: [membership.group],
    from: [membership.from],
    to: [membership.to],
  };
  const { total, ids } = windowOf(
    db
      .select({ id: membership.id })
      .from(membership)
      .innerJoin(person, and(eq(person.id, membership.personId), eq(person.deleted, false)))
      .innerJoin(property, and(eq(property.id, membership.propertyId), eq(property.deleted, false)))
      .leftJoin(unit, eq(unit.id, membership.unitId))
      .where(where)
      .orderBy(...ordered(input.sort, 'person', sorts, membership.id)),
    input,
  );
  const rows = db
    .select({
      ...modelColumns(membership),
      title: person.title,
      firstName: person.firstName,
      lastName: person.lastName,
      company: person.company,
      propertyNumber: property.number,
      propertyName: property.name,
      unitNumber: unit.number,
    })
    .from(membership)
    .innerJoin(person, eq(person.id, membership.personId))
    .innerJoin(property, eq(property.id, membership.propertyId))
    .leftJoin(unit, eq(unit.id, membership.unitId))
    .where(among(membership.id, ids))
    .all();
  return {
    total,
    rows: inOrder(ids, rows).map(({ title, firstName, lastName, company, ...row }) => ({
      ...row,
      personName: sortName({ title, firstName, lastName, company }),
      current: isCurrent(row, today),
    })),
  };
}

/**
 * Creates or changes a membership.
 * @throws OperationError `not-found` for a reference that leads nowhere; `invalid-input` with the field: a unit of another
 *   property, a period that ends before it begins
 */
export function saveMembership(
  context: DeskContext,
  { id, fields }: ParsedInput<'people.saveMembership'>,
): Output<'people.saveMembership'> {
  const { db } = context;
  const next = id === undefined ? newMembership(fields) : { ...liveRow(db, 'membership', id), ...fields };
  liveRow(db, 'person', next.personId, 'personId');
  liveRow(db, 'property', next.propertyId, 'propertyId');
  if (next.unitId !== null && liveRow(db, 'unit', next.unitId, 'unitId').propertyId !== next.propertyId) {
    throw new OperationError('invalid-input', { field: 'unitId' });
  }
  if (next.from !== null && next.to !== null && next.to < next.from) {
    throw new OperationError('invalid-input', { field: 'to' });
  }
  const membershipId = id ?? context.newId();
  context.write([{ entity: 'membership', id: membershipId, set: trimmed(id === undefined ? next : fields) }]);
  return { id: membershipId };
}

function newMembership(fields: ParsedInput<'people.saveMembership'>['fields']): Omit<Membership, 'id'> {
  const { personId, propertyId, group } = fields;
  if (personId === undefined) throw new OperationError('invalid-input', { field: 'personId' });
  if (propertyId === undefined) throw new OperationError('invalid-input', { field: 'propertyId' });
  if (group === undefined) throw new OperationError('invalid-input', { field: 'group' });
  return { unitId: null, from: null, to: null, accountNumber: null, ...fields, personId, propertyId, group };
}

/**
 * Restores memberships.
 * @throws OperationError `not-possible-now` while the person, property or unit is deleted
 */
export function restoreMemberships(context: DeskContext, ids: readonly string[]): void {
  const { db } = context;
  const rows = rowsToRestore(db, 'membership', ids);
  for (const row of rows) {
    requireParent(db, 'person', row.personId, 'personId');
    requireParent(db, 'property', row.propertyId, 'propertyId');
    if (row.unitId !== null) requireParent(db, 'unit', row.unitId, 'unitId');
  }
  context.write(
    deletionEdits(
      'membership',
      rows.map((row) => row.id),
      false,
    ),
  );
}
