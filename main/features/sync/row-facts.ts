import { sql } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import type { RowFacts } from '../../../shared/features/sync/journal-contract.ts';
import { type EntityName, entityNames } from '../../../shared/sync/entities.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';

/**
 * What people call any row, where it belongs and where it is seen. In SQL, so that lists of any length can search by it:
 * every function takes the SQL of an id and answers SQL.
 */
type Expression = (id: string) => string;

interface Facts {
  readonly name: Expression;
  /** The house it belongs to. */
  readonly property?: Expression;
  /** The row on whose page it is seen. */
  readonly opens?: readonly [NonNullable<RowFacts['opens']>['entity'], Expression];
}

const itself: Expression = (id) => id;
const nameless: Expression = () => "''";
const column =
  (table: string, expression: string): Expression =>
  (id) =>
    `(select ${expression} from ${table} where ${table}.id = ${id})`;
/** What the expression says of the row that a column refers to. */
const through =
  (table: string, reference: string, further: Expression): Expression =>
  (id) =>
    further(column(table, reference)(id));

const given = "coalesce(first_name, '') = '' and coalesce(last_name, '') = '' and coalesce(company, '') <> ''";
const wholeName = "concat_ws(' ', nullif(title, ''), nullif(first_name, ''), nullif(last_name, ''))";
const personName = column('person', `case when ${given} then company else ${wholeName} end`);
const propertyName = column('property', "number || ' ' || name");
const unitProperty = column('unit', 'property_id');
const unitName: Expression = (id) =>
  `coalesce(${column('property', 'number')(unitProperty(id))}, '') || '/' || ${column('unit', 'number')(id)}`;
const subject = column('activity', 'subject');
const activityProperty = column('activity', 'property_id');

/** What is said of the document, the notice or the entry that a file hangs at. */
const parent =
  (ofDocument: Expression, ofNotice: Expression, ofEntry: Expression): Expression =>
  (id) => {
    const parentId = column('attachment', 'parent_id')(id);
    return `(case ${column('attachment', 'parent')(id)} when 'document' then ${ofDocument(parentId)}
      when 'notice' then ${ofNotice(parentId)} else ${ofEntry(parentId)} end)`;
  };

const facts: Readonly<Record<EntityName, Facts>> = {
  organisation: { name: column('organisation', 'name') },
  staff: { name: column('staff', 'name') },
  device: { name: column('device', 'name') },
  group: { name: column('resident_group', 'label') },
  property: { name: propertyName, property: itself, opens: ['property', itself] },
  unit: { name: unitName, property: unitProperty, opens: ['property', unitProperty] },
  unitRent: {
    name: through('unit_rent', 'unit_id', unitName),
    property: through('unit_rent', 'unit_id', unitProperty),
    opens: ['property', through('unit_rent', 'unit_id', unitProperty)],
  },
  portalSetting: { name: propertyName, property: itself, opens: ['property', itself] },
  emergencyContact: {
    name: column('emergency_contact', 'name'),
    property: column('emergency_contact', 'property_id'),
    opens: ['property', column('emergency_contact', 'property_id')],
  },
  person: { name: personName, opens: ['person', itself] },
  membership: {
    name: through('membership', 'person_id', personName),
    property: column('membership', 'property_id'),
    opens: ['person', column('membership', 'person_id')],
  },
  account: {
    name: through('account', 'person_id', personName),
    opens: ['person', column('account', 'person_id')],
  },
  notice: { name: column('notice', 'title'), property: column('notice', 'property_id'), opens: ['notice', itself] },
  document: {
    name: column('document', 'title'),
    property: column('document', 'property_id'),
    opens: ['document', itself],
  },
  documentCategory: { name: column('document_category', 'name') },
  attachment: {
    name: column('attachment', 'file_name'),
    property: parent(
      column('document', 'property_id'),
      column('notice', 'property_id'),
      through('entry', 'activity_id', activityProperty),
    ),
  },
  blob: { name: nameless },
  topic: { name: column('topic', 'name') },
  status: { name: column('status', 'name') },
  activity: { name: subject, property: activityProperty, opens: ['activity', itself] },
  activityPerson: {
    name: through('activity_person', 'activity_id', subject),
    property: through('activity_person', 'activity_id', activityProperty),
    opens: ['activity', column('activity_person', 'activity_id')],
  },
  entry: {
    name: through('entry', 'activity_id', subject),
    property: through('entry', 'activity_id', activityProperty),
    opens: ['activity', column('entry', 'activity_id')],
  },
  delivery: { name: nameless },
  conflict: { name: nameless },
  importRun: { name: nameless },
  erasure: { name: nameless },
};

function byEntity(entity: string, expression: (name: EntityName) => string | null): string {
  const cases = entityNames.flatMap((name) => {
    const said = expression(name);
    return said === null ? [] : [`when '${name}' then ${said}`];
  });
  return `(case ${entity} ${cases.join(' ')} end)`;
}

/** SQL of the name of a row that two columns name; null where it is not here. */
export function nameSql(entity: string, id: string): string {
  return byEntity(entity, (name) => facts[name].name(id));
}

/** SQL of the id of the house that a row belongs to. */
export function propertySql(entity: string, id: string): string {
  return byEntity(entity, (name) => facts[name].property?.(id) ?? null);
}

const presence = byEntity('w.entity', (name) => {
  const table = `"${getTableConfig(entityTables[name]).name}"`;
  return `(select deleted from ${table} where ${table}.id = w.id)`;
});
const openedId = byEntity('w.entity', (name) => facts[name].opens?.[1]('w.id') ?? null);
const house = `(select p.number || ' ' || p.name from property p where p.id = ${propertySql('w.entity', 'w.id')})`;

const query = `select w.entity as entity, w.id as id, ${nameSql('w.entity', 'w.id')} as name,
  ${propertySql('w.entity', 'w.id')} as propertyId, ${house} as place, ${presence} as deleted, ${openedId} as openedId
  from (select value ->> 0 as entity, value ->> 1 as id from json_each(`;

interface Row {
  readonly entity: string;
  readonly id: string;
  readonly name: string | null;
  readonly propertyId: string | null;
  readonly place: string | null;
  readonly deleted: number | null;
  readonly openedId: string | null;
}

/** Facts of rows by entity and id, in the order asked; an entity that this version does not know is "missing". */
export function rowFacts(
  db: ReadDatabase,
  rows: readonly { readonly entity: string; readonly id: string }[],
): readonly RowFacts[] {
  if (rows.length === 0) return [];
  const pairs = JSON.stringify(rows.map(({ entity, id }) => [entity, id]));
  const found = db.all<Row>(sql`${sql.raw(query)}${pairs})) w`);
  return found.map((row) => {
    const opened = Object.hasOwn(facts, row.entity) ? facts[row.entity as EntityName].opens?.[0] : undefined;
    const presence = row.deleted === null ? 'missing' : row.deleted === 1 ? 'deleted' : 'live';
    return {
      entity: row.entity,
      id: row.id,
      name: row.name ?? '',
      propertyId: row.propertyId,
      place: row.place ?? '',
      presence,
      opens:
        opened === undefined || row.openedId === null || presence !== 'live'
          ? null
          : { entity: opened, id: row.openedId },
    };
  });
}
