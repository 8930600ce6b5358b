import type { Change, JsonValue } from './changes.ts';
import type { Hlc } from './clock.ts';
import type { EntityName, EntityRow } from './entities.ts';
import { deletedField, type EntityDefinition } from './entity.ts';
import { baseFor, type RowState, sameValue } from './merge.ts';
import { loneSurrogates } from './validate.ts';

/**
 * A wish to change one row: only the fields that change; a new row names all of them. Both sides turn edits into
 * changes (whole merge groups, base, clock) inside the transaction that reads the row.
 */
export type Edit = {
  readonly [N in EntityName]: {
    readonly entity: N;
    readonly id: string;
    readonly set: Partial<Omit<EntityRow<N>, 'id'>> & { readonly deleted?: boolean };
  };
}[EntityName];

/** What turning an edit into a change needs. */
interface Stamping {
  readonly id: string;
  readonly hlc: Hlc;
}

/**
 * Half an emoji, as a cut or a paste leaves it, cannot be kept in PostgreSQL: the sign for "unreadable" stands there
 * instead, the rest of the text stays.
 */
function wellFormed(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.replace(loneSurrogates, '\ufffd');
  return Array.isArray(value) ? value.map(wellFormed) : value;
}

/**
 * The change an edit makes of a row as it is (null: not there yet): whole merge groups, only those that differ, and the
 * base the editor saw. Null when nothing differs, so that repeating an import or a click writes nothing.
 */
export function changeFromEdit(
  definition: EntityDefinition,
  current: RowState | null,
  edit: Pick<Edit, 'entity' | 'id'> & { readonly set: object },
  stamping: Stamping,
): Change | null {
  const wish = edit.set as Readonly<Record<string, JsonValue | undefined>>;
  const set: Record<string, JsonValue> = {};
  for (const [group, fields] of Object.entries(definition.fieldsOf)) {
    const touched = fields.some((field) => wish[field] !== undefined);
    if (!touched && current !== null) continue;
    // Of a row that is there, the fields of the group that nobody named travel as they are, empty ones too.
    const fresh = group === deletedField ? false : undefined;
    const value = fields.map((field): readonly [string, JsonValue | undefined] => {
      const wanted = wish[field];
      return [field, wanted !== undefined ? wanted : current === null ? fresh : (current.fields[field] ?? null)];
    });
    const same = value.every(
      ([field, next]) => current !== null && sameValue(current.fields[field] ?? null, next ?? null),
    );
    if (same) continue;
    for (const [field, next] of value) {
      if (next !== undefined) set[field] = wellFormed(next);
    }
  }
  if (Object.keys(set).length === 0) return null;
  return {
    id: stamping.id,
    entity: edit.entity,
    entityId: edit.id,
    set,
    base: baseFor(definition, current?.clock ?? null, set),
    hlc: stamping.hlc,
  };
}
