import { and, eq, sql } from 'drizzle-orm';
import type { Obstacle } from '../../../shared/features/sync/journal-contract.ts';
import type { Conflict } from '../../../shared/features/sync/model.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { JsonValue } from '../../../shared/sync/changes.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import { type EntityName, findEntity } from '../../../shared/sync/entities.ts';
import { deletedField, type EntityDefinition } from '../../../shared/sync/entity.ts';
import { isMasked } from '../../../shared/sync/redact.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { newestResidentStamp } from '../../db/gather/activities.ts';
import { storedRow } from '../../db/lookup.ts';
import { outboxTable } from '../../db/schema.ts';
import type { DeskContext } from '../../service/context.ts';
import { requireManager } from '../../service/rights.ts';
import { refusedWith } from './deeds.ts';
import { jsonObject } from './journal.ts';

const { erasure } = entityTables;

type Fields = Readonly<Record<string, JsonValue>>;
type RowName = { readonly entity: EntityName; readonly id: string };

/** How a value that lost is written again; or why it cannot be. */
export type Restoring =
  | { readonly obstacle: Obstacle }
  | {
      readonly obstacle: null;
      /** Empty for a refused deed, which is written again as a whole (`refused`). */
      readonly edits: readonly Edit[];
      readonly refused: readonly string[];
      /** Deleted rows without which nobody would see the value. */
      readonly alsoRestores: readonly RowName[];
    };

/** Rows that a row hangs at, by the field that names them. */
const parents: Readonly<Partial<Record<EntityName, readonly (readonly [string, EntityName])[]>>> = {
  unit: [['propertyId', 'property']],
  unitRent: [['unitId', 'unit']],
  portalSetting: [['propertyId', 'property']],
  emergencyContact: [['propertyId', 'property']],
  membership: [
    ['personId', 'person'],
    ['propertyId', 'property'],
    ['unitId', 'unit'],
  ],
  account: [['personId', 'person']],
  notice: [['propertyId', 'property']],
  document: [['propertyId', 'property']],
  activityPerson: [
    ['activityId', 'activity'],
    ['personId', 'person'],
  ],
  entry: [['activityId', 'activity']],
};

/** What restoring the entry would write, and what stands against it. Writes nothing. */
export function planRestoring(context: DeskContext, conflict: Conflict): Restoring {
  const { db } = context;
  if (conflict.resolvedAt !== null) return { obstacle: 'settled' };
  if (isErased(db, conflict)) return { obstacle: 'erased' };
  if (conflict.kind === 'clock-clamped') return { obstacle: 'nothing-lost' };
  if (conflict.kind === 'rejected') {
    const refused = refusedWith(db, [conflict.lostChangeId]);
    return refused.length === 0
      ? { obstacle: 'refused-elsewhere' }
      : { obstacle: null, edits: [], refused, alsoRestores: [] };
  }
  const definition = findEntity(conflict.entity);
  const told = jsonObject(conflict.lostValue);
  if (definition === undefined || told === null) return { obstacle: 'unknown-here' };
  if ('tooLong' in told) return { obstacle: 'too-long' };
  const entity = definition.name as EntityName;
  const row = storedRow(db, entity, conflict.entityId);
  const obstacle = obstacleOf(context, definition, told, row !== null);
  if (obstacle !== null) return { obstacle };
  const lost = unmasked(db, conflict, told);
  if (lost === null) return { obstacle: 'masked' };
  const wanted = Object.entries(lost).filter(
    ([field]) => row === null || !definition.serverOnly.has(definition.groupOf[field] ?? ''),
  );
  const set = { ...Object.fromEntries(wanted), ...seenBy(db, conflict) };
  const comesBack = row?.deleted === true && set.deleted !== true;
  const above = deletedAbove(db, entity, { ...(row ?? {}), ...set } as Fields);
  return {
    obstacle: null,
    refused: [],
    // Known by its deletion alone, the row is what the entry is about, and coming back is what is asked for.
    alsoRestores: [
      ...(comesBack && conflict.kind !== 'edited-and-deleted' ? [{ entity, id: conflict.entityId }] : []),
      ...above,
    ],
    edits: [
      ...above.map((parent): Edit => ({ ...parent, set: { [deletedField]: false } }) as Edit),
      // The journal holds any entity's fields; the writer checks them against its model.
      { entity, id: conflict.entityId, set: comesBack ? { ...set, [deletedField]: false } : set } as Edit,
    ],
  };
}

/** The error in which a refused restoring ends. */
export function obstacleError(conflict: Conflict, obstacle: Obstacle): OperationError {
  if (obstacle === 'managers-only') return new OperationError('rejected-role');
  return new OperationError('not-possible-now', { field: conflict.group, reason: obstacle });
}

function obstacleOf(
  context: DeskContext,
  definition: EntityDefinition,
  lost: Fields,
  exists: boolean,
): Obstacle | null {
  const groups = Object.keys(lost).map((field) => definition.groupOf[field]);
  if (groups.length === 0 || groups.some((group) => group === undefined)) return 'unknown-here';
  if (definition.writers === 'server') return 'server-only';
  if (definition.writers === 'manager' && !isManager(context)) return 'managers-only';
  if (!exists) {
    // A new row names all its fields.
    return Object.keys(definition.shape).every((field) => field in lost) ? null : 'incomplete';
  }
  if (groups.every((group) => definition.serverOnly.has(group ?? ''))) return 'server-only';
  return groups.some((group) => definition.immutable.has(group ?? '')) ? 'immutable' : null;
}

function isErased(db: ReadDatabase, { entity, entityId }: Conflict): boolean {
  const named = and(eq(erasure.entity, entity), eq(erasure.entityId, entityId), eq(erasure.deleted, false));
  return db.select({ id: erasure.id }).from(erasure).where(named).get() !== undefined;
}

function isManager(context: DeskContext): boolean {
  try {
    requireManager(context);
    return true;
  } catch (error) {
    if (error instanceof OperationError) return false;
    throw error;
  }
}

/** The value with its secrets, which only the desk that wrote them has, in its queue; null on any other desk. */
function unmasked(db: ReadDatabase, conflict: Conflict, told: Fields): Fields | null {
  if (!Object.values(told).some(isMasked)) return told;
  const rows = db
    .select({ changes: outboxTable.changes })
    .from(outboxTable)
    .where(sql`instr(${outboxTable.changes}, ${conflict.lostChangeId}) > 0`)
    .all();
  const written = rows.flatMap(({ changes }) => changes).find((change) => change.id === conflict.lostChangeId);
  if (written === undefined) return null;
  const whole = Object.entries(told).map(([field, value]): [string, JsonValue | undefined] => [
    field,
    isMasked(value) ? written.set[field] : value,
  ]);
  return whole.some(([, value]) => value === undefined) ? null : (Object.fromEntries(whole) as Fields);
}

/** What whoever restores has seen beyond the value: the deletion, the messages before which a close did not stand. */
function seenBy(db: ReadDatabase, conflict: Conflict): Readonly<Record<string, JsonValue>> {
  if (conflict.kind === 'edited-and-deleted') return { [deletedField]: false };
  if (conflict.kind !== 'close-unseen') return {};
  const stamp = newestResidentStamp(db, conflict.entityId);
  return { statusSeen: stamp, handledThrough: stamp };
}

/** Deleted rows that a row with these fields hangs at, the highest first. */
function deletedAbove(db: ReadDatabase, entity: EntityName, fields: Fields): readonly RowName[] {
  const found = new Map<string, RowName>();
  for (const [field, parent] of parents[entity] ?? []) {
    const id = fields[field];
    const row = typeof id === 'string' ? storedRow(db, parent, id) : null;
    if (row === null || !row.deleted) continue;
    const name = { entity: parent, id: row.id };
    for (const above of [...deletedAbove(db, parent, row as unknown as Fields), name]) {
      found.set(`${above.entity} ${above.id}`, above);
    }
  }
  return [...found.values()];
}
