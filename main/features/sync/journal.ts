import { and, type Column, desc, eq, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import type { VersionAuthor } from '../../../shared/features/sync/journal-contract.ts';
import type { Conflict } from '../../../shared/features/sync/model.ts';
import type { JsonValue } from '../../../shared/sync/changes.ts';
import { type EntityName, findEntity } from '../../../shared/sync/entities.ts';
import { redact } from '../../../shared/sync/redact.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { among, inOrder, ordered, searched, textOrder, windowOf } from '../../db/list.ts';
import { liveRow, modelColumns } from '../../db/lookup.ts';
import { nameSql, propertySql, rowFacts } from './row-facts.ts';

const { conflict } = entityTables;

const name = sql.raw(nameSql('conflict.entity', 'conflict.entity_id'));
const property = sql.raw(propertySql('conflict.entity', 'conflict.entity_id'));

/** A window of the journal, newest first unless asked otherwise. */
export function listConflicts(db: ReadDatabase, wanted: ParsedInput<'sync.conflicts'>): Output<'sync.conflicts'> {
  const query = db
    .select({ id: conflict.id })
    .from(conflict)
    .where(
      and(
        eq(conflict.deleted, false),
        wanted.state === 'open' ? isNull(conflict.resolvedAt) : undefined,
        wanted.state === 'settled' ? isNotNull(conflict.resolvedAt) : undefined,
        wanted.kind === null ? undefined : eq(conflict.kind, wanted.kind),
        wanted.by === null
          ? undefined
          : or(writtenBy(conflict.lostBy, wanted.by), writtenBy(conflict.keptBy, wanted.by)),
        wanted.propertyId === null ? undefined : sql`${property} = ${wanted.propertyId}`,
        searched(wanted.query, name, conflict.lostValue, conflict.keptValue),
      ),
    )
    .orderBy(
      ...ordered(
        wanted.sort,
        '-createdAt',
        { createdAt: [conflict.createdAt], kind: [conflict.kind], name: [textOrder(name)] },
        conflict.id,
      ),
    );
  const { total, ids } = windowOf(query, wanted);
  const { lostValue: _lost, keptValue: _kept, ...columns } = modelColumns(conflict);
  const rows = db
    .select({ ...columns, fields: differing(conflict.lostValue, conflict.keptValue) })
    .from(conflict)
    .where(among(conflict.id, ids))
    .orderBy(desc(conflict.id))
    .all();
  const shown = inOrder(ids, rows);
  const known = rowFacts(
    db,
    shown.map((row) => ({ entity: row.entity, id: row.entityId })),
  );
  const author = authorsOf(
    db,
    shown.flatMap((row) => [row.lostBy, row.keptBy]),
  );
  return {
    total,
    rows: shown.flatMap(({ fields, ...row }, index) => {
      const facts = known[index];
      return facts === undefined ? [] : [{ ...factsOf(row), row: facts, ...author(row), fields: JSON.parse(fields) }];
    }),
  };
}

/** One entry with both values, secrets masked. @throws OperationError `not-found` */
export function readConflict(
  db: ReadDatabase,
  id: string,
): { readonly entry: Conflict; readonly shown: Omit<Output<'sync.conflict'>, 'obstacle' | 'alsoRestores'> } {
  const entry = liveRow(db, 'conflict', id);
  const [row] = rowFacts(db, [{ entity: entry.entity, id: entry.entityId }]);
  if (row === undefined) throw new Error('Facts of a row are missing');
  const author = authorsOf(db, [entry.lostBy, entry.keptBy]);
  const [lost, kept] = [shownValue(entry, entry.lostValue), shownValue(entry, entry.keptValue)];
  return { entry, shown: { ...factsOf(entry), row, ...author(entry), lost, kept, names: namesIn(db, [lost, kept]) } };
}

/** Which rows the fields name that hold ids. */
const referred: Readonly<Record<string, EntityName>> = {
  propertyId: 'property',
  unitId: 'unit',
  personId: 'person',
  audiencePersonIds: 'person',
  activityId: 'activity',
  topicId: 'topic',
  topicIds: 'topic',
  statusId: 'status',
  assigneeId: 'staff',
  staffId: 'staff',
  categoryId: 'documentCategory',
};

function namesIn(db: ReadDatabase, values: readonly Readonly<Record<string, JsonValue>>[]): Record<string, string> {
  const rows = values.flatMap((value) =>
    Object.entries(value).flatMap(([field, content]) => {
      const entity = referred[field];
      const ids = Array.isArray(content) ? content : [content];
      return entity === undefined
        ? []
        : ids.filter((one) => typeof one === 'string').map((one) => ({ entity, id: one }));
    }),
  );
  return Object.fromEntries(rowFacts(db, rows).flatMap(({ id, name: said }) => (said === '' ? [] : [[id, said]])));
}

/** Entries of before there were masks hold secrets in clear; facts about a clock are no fields of the row. */
function shownValue(entry: Conflict, value: string): Record<string, JsonValue> {
  const parsed = jsonObject(value) ?? {};
  if (entry.kind === 'clock-clamped') return { ...parsed };
  const definition = findEntity(entry.entity);
  return definition === undefined ? { ...parsed } : redact(definition, parsed);
}

/** The fields of a value of the journal; null where it is of a version that this one does not understand. */
export function jsonObject(value: string): Readonly<Record<string, JsonValue>> | null {
  try {
    const parsed: unknown = JSON.parse(value);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  } catch {
    // Not ours to understand.
  }
  return null;
}

function factsOf(row: Omit<Conflict, 'lostValue' | 'keptValue'>) {
  const { id, kind, group, lostAt, keptAt, code, createdAt, resolvedAt } = row;
  return { id, kind, group, lostAt, keptAt, code, createdAt, resolvedAt };
}

/** The fields whose values differ; those that are alike only travelled with them. */
function differing(value: Column, other: Column): SQL<string> {
  return sql<string>`case when json_valid(${value}) and json_valid(${other}) then
    (select json_group_array(l.key) from json_each(${value}) l where not exists
      (select 1 from json_each(${other}) k where k.key = l.key and k.value is l.value)) else '[]' end`;
}

function writtenBy(by: Column, who: string): SQL {
  const prefix = who === 'resident' ? 'account:' : `staff:${who}`;
  return sql`substr(${by}, 1, ${prefix.length}) = ${prefix}`;
}

/** `staff:<id>@<device>`, `account:<id>`, `server`; the device is missing in entries of version 0.1. */
function parts(by: string): { readonly kind: VersionAuthor['kind']; readonly id: string; readonly device: string } {
  const [kind = '', rest = ''] = by.split(':', 2);
  const [id = '', device = ''] = rest.split('@', 2);
  return { kind: kind === 'staff' || kind === 'account' ? kind : 'server', id, device };
}

/** Reads the names of authors and devices once for a page of entries. */
function authorsOf(db: ReadDatabase, bys: readonly string[]) {
  const all = [...new Set(bys)].map(parts);
  const rows = all.flatMap(({ kind, id, device }) => [
    ...(kind === 'server' ? [] : [{ entity: kind, id }]),
    ...(device === '' ? [] : [{ entity: 'device', id: device }]),
  ]);
  const names = new Map(rowFacts(db, rows).map((row) => [`${row.entity} ${row.id}`, row.name]));
  const named = (by: string): VersionAuthor => {
    const { kind, id, device } = parts(by);
    return { kind, name: names.get(`${kind} ${id}`) ?? '', device: names.get(`device ${device}`) ?? '' };
  };
  return (row: Pick<Conflict, 'lostBy' | 'keptBy'>) => ({ lostBy: named(row.lostBy), keptBy: named(row.keptBy) });
}
