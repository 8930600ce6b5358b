import { z } from 'zod';
import type { ErrorCode } from '../lib/errors.ts';
import type { Change, JsonValue } from './changes.ts';
import { findEntity } from './entities.ts';
import { deletedField, type EntityDefinition } from './entity.ts';
import { type RowState, sameValue, stampOf, touchedGroups } from './merge.ts';
import { notAfter } from './not-after.ts';

/** Why a change is refused; null where it is fine. */
export type Refusal = { readonly code: ErrorCode; readonly field?: string } | null;

/** UTF-16 halves without their other half: no text in UTF-8, so no database keeps them. */
export const loneSurrogates = /\p{Surrogate}/gu;

const partials = new Map<EntityDefinition, z.ZodObject>();

/** Checks the shape of a change: known entity and fields, valid values, whole merge groups. */
export function checkShape(change: Change): Refusal {
  const definition = findEntity(change.entity);
  if (definition === undefined) return { code: 'rejected-schema', field: change.entity };
  let schema = partials.get(definition);
  if (schema === undefined) {
    schema = z.strictObject({ ...definition.shape, [deletedField]: z.boolean() }).partial() as unknown as z.ZodObject;
    partials.set(definition, schema);
  }
  const parsed = schema.safeParse(change.set);
  if (!parsed.success) return { code: 'rejected-schema', field: String(parsed.error.issues[0]?.path[0] ?? '') };
  const broken = Object.keys(change.set).find((field) => holdsBrokenText(change.set[field] ?? null));
  if (broken !== undefined) return { code: 'rejected-schema', field: broken };
  for (const group of touchedGroups(definition, change)) {
    const missing = (definition.fieldsOf[group] ?? []).find((field) => !(field in change.set));
    if (missing !== undefined) return { code: 'rejected-schema', field: missing };
  }
  return Object.keys(change.set).length === 0 ? { code: 'rejected-schema' } : null;
}

function holdsBrokenText(value: JsonValue): boolean {
  if (typeof value === 'string') return value.search(loneSurrogates) >= 0;
  return Array.isArray(value) && value.some(holdsBrokenText);
}

/** Checks a change against the row: a new row must be whole, immutable groups keep their value. */
export function checkAgainstRow(definition: EntityDefinition, current: RowState | null, change: Change): Refusal {
  if (current === null) {
    // An older program does not name what came after it.
    const needed = Object.keys(definition.shape).filter((field) => definition.added[field] === undefined);
    const missing = needed.find((field) => !(field in change.set));
    return missing === undefined ? null : { code: 'rejected-reference', field: missing };
  }
  for (const group of touchedGroups(definition, change)) {
    if (!definition.immutable.has(group)) continue;
    const stamp = stampOf(current.clock, group);
    if (stamp === null || stamp.change === change.id) continue;
    const fields = definition.fieldsOf[group] ?? [];
    const set = notAfter(definition, change.set, stamp.hlc);
    if (fields.some((field) => !sameValue(current.fields[field] ?? null, set[field] ?? null))) {
      return { code: 'rejected-immutable', field: group };
    }
  }
  return null;
}
