import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import { displayName } from '../../../shared/features/people/model.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { type EntryFacts, entryFacts, isClosedSql, isNewSql } from '../../db/gather/activities.ts';
import { personOrder } from '../../db/gather/people.ts';
import { among, grouped, inOrder, ordered, searched, textOrder, windowOf } from '../../db/list.ts';

const { activity, activityPerson, entry, person, property, status, unit } = entityTables;

type Filter = ParsedInput<'activities.list'>['filter'];

/** Whose desk it is, and which status means that the company waits for somebody. */
export interface Viewpoint {
  readonly staffId: string;
  readonly waitingStatusId: string;
}

/** Letters of the newest entry that a list shows. */
const previewLength = 160;

/** A window of the activities of a filter, newest entry first. */
export function listActivities(
  db: ReadDatabase,
  input: ParsedInput<'activities.list'>,
  view: Viewpoint,
): Output<'activities.list'> {
  const facts = entryFacts(db);
  const where = and(
    eq(activity.deleted, false),
    filterSql(input.filter, facts, view),
    input.propertyId === undefined ? undefined : eq(activity.propertyId, input.propertyId),
    input.topicId === undefined ? undefined : eq(activity.topicId, input.topicId),
    input.statusId === undefined ? undefined : eq(activity.statusId, input.statusId),
    input.personId === undefined ? undefined : isLinked(input.personId),
    searchSql(input.query),
  );
  const sorts = {
    lastEntryAt: [sql`coalesce(${facts.newestStamp}, '')`],
    number: [activity.number],
    subject: [textOrder(activity.subject)],
    property: [textOrder(property.number), textOrder(unit.number)],
    status: [status.position],
    dueOn: [activity.dueOn],
  };
  const { total, ids } = windowOf(
    db
      .select({ id: activity.id })
      .from(activity)
      .leftJoin(status, eq(status.id, activity.statusId))
      .leftJoin(property, eq(property.id, activity.propertyId))
      .leftJoin(unit, eq(unit.id, activity.unitId))
      .leftJoin(facts, eq(facts.activityId, activity.id))
      .where(where)
      .orderBy(...ordered(input.sort, '-lastEntryAt', sorts, activity.id)),
    input,
  );
  return { total, rows: rowsOf(db, ids) };
}

function rowsOf(db: ReadDatabase, ids: readonly string[]): Output<'activities.list'>['rows'] {
  const facts = entryFacts(db, ids);
  const rows = db
    .select({
      id: activity.id,
      number: activity.number,
      subject: activity.subject,
      statusId: activity.statusId,
      topicId: activity.topicId,
      propertyId: activity.propertyId,
      unitId: activity.unitId,
      assigneeId: activity.assigneeId,
      dueOn: activity.dueOn,
      createdAt: activity.createdAt,
      openedBy: activity.openedBy,
      inPortal: facts.inPortal,
      entryCount: facts.count,
      isNew: isNewSql(facts),
      propertyNumber: property.number,
      unitNumber: unit.number,
    })
    .from(activity)
    .leftJoin(property, eq(property.id, activity.propertyId))
    .leftJoin(unit, eq(unit.id, activity.unitId))
    .leftJoin(facts, eq(facts.activityId, activity.id))
    .where(among(activity.id, ids))
    .all();
  const people = linkedNames(db, ids);
  const newest = newestEntries(db, ids);
  return inOrder(ids, rows).map(({ createdAt, openedBy, inPortal, entryCount, isNew, ...row }) => ({
    ...row,
    globe: openedBy === 'resident' || inPortal === 1,
    isNew: isNew === 1,
    people: [...(people.get(row.id) ?? [])],
    lastEntryAt: newest.get(row.id)?.createdAt ?? createdAt,
    preview: newest.get(row.id)?.preview ?? '',
    entryCount: entryCount ?? 0,
    provisional: row.number === null,
  }));
}

function filterSql(filter: Filter, facts: EntryFacts, view: Viewpoint): SQL | undefined {
  const closed = isClosedSql(facts);
  switch (filter) {
    case 'new':
      return isNewSql(facts);
    case 'mine':
      return sql`(${activity.assigneeId} = ${view.staffId} and not ${closed})`;
    case 'waiting':
      return sql`(${activity.statusId} = ${view.waitingStatusId} and not ${closed})`;
    case 'open':
      return sql`not ${closed}`;
    case 'closed':
      return closed;
    case 'all':
      return undefined;
  }
}

function isLinked(personId: string): SQL {
  return sql`exists (select 1 from ${activityPerson} where ${activityPerson.activityId} = ${activity.id}
    and ${activityPerson.personId} = ${personId} and ${activityPerson.deleted} = 0)`;
}

/** All words in the facts of the activity and the names of its people, or all in the text of one entry. */
function searchSql(query: string): SQL | undefined {
  const names = sql`(select group_concat(concat_ws(' ', ${person.firstName}, ${person.lastName}, ${person.company}), ' ')
    from ${activityPerson} join ${person} on ${person.id} = ${activityPerson.personId}
    where ${activityPerson.activityId} = ${activity.id} and ${activityPerson.deleted} = 0)`;
  const inFacts = searched(
    query,
    activity.subject,
    activity.number,
    property.number,
    property.name,
    unit.number,
    names,
  );
  if (inFacts === undefined) return undefined;
  // Bodies are long and many: SQLite's own LIKE is ten times faster than folding each of them.
  const words = query.split(/\s+/).filter((word) => word !== '');
  const inBody = words.map((word) => sql`${entry.body} like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`);
  return sql`(${inFacts} or exists (select 1 from ${entry} where ${entry.activityId} = ${activity.id}
    and ${entry.deleted} = 0 and ${sql.join(inBody, sql` and `)}))`;
}

/** How many activities each filter holds. */
export function countActivities(db: ReadDatabase, view: Viewpoint): Output<'activities.counts'> {
  const facts = entryFacts(db);
  const total = (filter: Filter) => sql<number>`coalesce(sum(${filterSql(filter, facts, view) ?? sql`1`}), 0)`;
  const row = db
    .select({
      new: total('new'),
      mine: total('mine'),
      waiting: total('waiting'),
      open: total('open'),
      closed: total('closed'),
      all: total('all'),
    })
    .from(activity)
    .leftJoin(status, eq(status.id, activity.statusId))
    .leftJoin(facts, eq(facts.activityId, activity.id))
    .where(eq(activity.deleted, false))
    .get();
  return row ?? { new: 0, mine: 0, waiting: 0, open: 0, closed: 0, all: 0 };
}

function linkedNames(db: ReadDatabase, activityIds: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const rows = db
    .select({
      activityId: activityPerson.activityId,
      title: person.title,
      firstName: person.firstName,
      lastName: person.lastName,
      company: person.company,
    })
    .from(activityPerson)
    .innerJoin(person, eq(person.id, activityPerson.personId))
    .where(and(among(activityPerson.activityId, activityIds), eq(activityPerson.deleted, false)))
    .orderBy(...personOrder.map((expression) => asc(expression)), asc(person.id))
    .all();
  const groups = grouped(rows, (row) => row.activityId);
  return new Map([...groups].map(([id, people]) => [id, people.map(displayName)]));
}

/** SQLite takes the other columns of a group from the row that holds its `max`. */
function newestEntries(db: ReadDatabase, activityIds: readonly string[]) {
  const rows = db
    .select({
      activityId: entry.activityId,
      stamp: sql<string>`max(${entry.stamp})`,
      createdAt: entry.createdAt,
      // Folded white space may be much of it, so more is read than shown.
      body: sql<string>`substr(${entry.body}, 1, ${4 * previewLength})`,
    })
    .from(entry)
    .where(and(among(entry.activityId, activityIds), eq(entry.deleted, false)))
    .groupBy(entry.activityId)
    .all();
  return new Map(
    rows.map((row) => [row.activityId, { createdAt: row.createdAt, preview: firstWords(row.body, previewLength) }]),
  );
}

/** The first words on one line, cut between words where that is possible. */
function firstWords(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= length) return line;
  const cut = line.slice(0, length).replace(/[\ud800-\udbff]$/, '');
  const space = cut.lastIndexOf(' ');
  return `${(space > length / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
