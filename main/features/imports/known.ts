import { eq } from 'drizzle-orm';
import type { JsonValue } from '../../../shared/sync/changes.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import { sameValue } from '../../../shared/sync/merge.ts';
import { entityTables } from '../../db/entity-tables.ts';
import type { DeskContext } from '../../service/context.ts';

/** What the import may refer to: the rows of this desk, and those the import itself adds before. */
export interface Known {
  readonly property: (number: string) => string | null;
  readonly unit: (propertyId: string, number: string) => string | null;
  readonly person: (number: string) => string | null;
  readonly membership: (key: MembershipKey) => string | null;
  readonly unitRent: (unitId: string) => string | null;
  /** Notes a row that the import adds. */
  readonly remember: (
    kind: 'property' | 'unit' | 'person' | 'membership' | 'unitRent',
    key: string,
    id: string,
  ) => void;
  readonly naturalId: DeskContext['naturalId'];
  /** Whether the edit changes anything. */
  readonly differs: (edit: Edit) => boolean;
}

export interface MembershipKey {
  readonly propertyId: string;
  readonly unitId: string | null;
  readonly personId: string;
  readonly group: string;
  readonly from: string | null;
}

/** The key under which a membership is found again. */
export function membershipKey({ propertyId, unitId, personId, group, from }: MembershipKey): string {
  return [propertyId, unitId ?? '', personId, group, from ?? ''].join(' ');
}

/** Reads what the desk has: live rows by their natural keys, all rows by id for the comparison. */
export function readKnown({ db, naturalId }: Pick<DeskContext, 'db' | 'naturalId'>): Known {
  const { property, unit, person, membership, unitRent } = entityTables;
  const stored = new Map<string, Readonly<Record<string, unknown>>>();
  const keep = <R extends { readonly id: string; readonly deleted: boolean }>(
    entity: string,
    rows: readonly R[],
  ): readonly R[] => {
    for (const row of rows) stored.set(`${entity} ${row.id}`, row);
    return rows.filter((row) => !row.deleted);
  };
  const index = <R extends { readonly id: string }>(
    rows: readonly R[],
    key: (row: R) => string | null,
  ): Map<string, string> =>
    new Map(rows.flatMap((row) => (key(row) === null ? [] : [[key(row) ?? '', row.id] as const])));
  const maps = {
    property: index(keep('property', db.select().from(property).all()), (row) => row.number),
    unit: index(keep('unit', db.select().from(unit).all()), (row) => `${row.propertyId} ${row.number}`),
    person: index(keep('person', db.select().from(person).all()), (row) => row.number),
    membership: index(keep('membership', db.select().from(membership).all()), membershipKey),
    unitRent: index(keep('unitRent', db.select().from(unitRent).where(eq(unitRent.deleted, false)).all()), (row) =>
      row.from === null && row.to === null ? row.unitId : null,
    ),
  };
  return {
    naturalId,
    property: (number) => maps.property.get(number) ?? null,
    unit: (propertyId, number) => maps.unit.get(`${propertyId} ${number}`) ?? null,
    person: (number) => maps.person.get(number) ?? null,
    membership: (key) => maps.membership.get(membershipKey(key)) ?? null,
    unitRent: (unitId) => maps.unitRent.get(unitId) ?? null,
    remember: (kind, key, id) => void maps[kind].set(key, id),
    differs: (edit) => {
      const row = stored.get(`${edit.entity} ${edit.id}`);
      if (row === undefined) return true;
      return Object.entries(edit.set).some(
        ([field, value]) => !sameValue((row[field] ?? null) as JsonValue, value as JsonValue),
      );
    },
  };
}
