import { and, asc, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import {
  type ActivityStanding,
  isActivityOpen,
  isOwnEntry,
  mayReply,
  visibleEntries,
} from '../../../shared/features/activities/access.ts';
import type { Activity, Entry, Status } from '../../../shared/features/activities/model.ts';
import type { Property } from '../../../shared/features/properties/model.ts';
import type { Company } from '../context.ts';
import { entityTables } from '../db/entity-tables.ts';
import { changeLogTable, seenTable } from '../db/schema.ts';
import { membersAt, type Place, readPlaces, type Visitor } from './visitor.ts';

/** An activity in a list, as the caller sees it. */
export interface ConversationSummary {
  readonly activity: Activity & { readonly number: number };
  readonly last: Pick<Entry, 'id' | 'body' | 'createdAt' | 'stamp'>;
  /** An entry of somebody else became visible after the caller had looked at the conversation. */
  readonly unread: boolean;
}

/** An activity with what the caller sees of it. */
export interface Conversation {
  readonly activity: Activity & { readonly number: number };
  readonly status: Status | null;
  readonly entries: readonly Entry[];
  /** The caller's persons, with their links. */
  readonly standings: readonly ActivityStanding[];
  /** Those of them that may answer. */
  readonly writers: readonly string[];
}

interface SummaryRow extends Record<string, unknown> {
  readonly personId: string;
  readonly activityId: string;
  readonly entryId: string;
  readonly body: string;
  readonly createdAt: string;
  readonly stamp: string;
  readonly unread: boolean;
}

/**
 * Every activity of the company that is open to the caller, or the one of that id: per person, what they are linked to or
 * wrote in, a fixed number of queries.
 * The entries are filtered in SQL, as `seesEntry` has it, so that notes and unreleased entries never leave the database.
 */
export async function readSummaries(
  company: Company,
  visitor: Visitor,
  activityId?: string,
): Promise<readonly ConversationSummary[]> {
  const rows = await company.tx.execute<SummaryRow>(summaryQuery(company, visitor, activityId));
  if (rows.rows.length === 0) return [];
  const activities = await readActivities(
    company,
    rows.rows.map((row) => row.activityId),
  );
  const places = await readPlacesOf(company, visitor, [...activities.values()]);
  const summaries = new Map<string, ConversationSummary>();
  for (const row of rows.rows) {
    const activity = activities.get(row.activityId);
    if (activity === undefined || !isOpenTo(visitor, activity, places, row.personId)) continue;
    const known = summaries.get(activity.id);
    const last = { id: row.entryId, body: row.body, createdAt: row.createdAt, stamp: row.stamp };
    summaries.set(activity.id, {
      activity,
      last: known !== undefined && isAfter(known.last, last) ? known.last : last,
      unread: row.unread || (known?.unread ?? false),
    });
  }
  return [...summaries.values()].sort((a, b) => (isAfter(a.last, b.last) ? -1 : 1));
}

/** One activity as the caller sees it, or of it that entry alone; null where it does not exist for them. */
export async function readConversation(
  company: Company,
  visitor: Visitor,
  activityId: string,
  entryId?: string,
): Promise<Conversation | null> {
  const activity = (await readActivities(company, [activityId])).get(activityId);
  if (activity === undefined) return null;
  const places = await readPlacesOf(company, visitor, [activity]);
  const property = propertyOf(activity, places);
  if (property === undefined) return null;
  const standings = await readStandings(company, visitor, activity);
  const { entry, status } = entityTables;
  const rows: readonly Entry[] = await company.tx
    .select()
    .from(entry)
    .where(
      and(
        eq(entry.organisationId, company.organisationId),
        eq(entry.activityId, activityId),
        entryId === undefined ? undefined : eq(entry.id, entryId),
        entryFilter(standings),
      ),
    )
    .orderBy(asc(entry.stamp), asc(entry.id));
  const seen = new Set(
    standings.flatMap((person) => visibleEntries(activity, property, rows, person, visitor.day) ?? []),
  );
  const entries = rows.filter((row) => seen.has(row));
  if (entries.length === 0) return null;
  const [found] = await company.tx
    .select()
    .from(status)
    .where(and(eq(status.organisationId, company.organisationId), eq(status.id, activity.statusId)));
  const setting = places.get(activity.propertyId ?? '')?.setting ?? null;
  const writers = standings
    .filter((person) => isActivityOpen(activity, property, person.memberships, visitor.day))
    .filter((person) => mayReply(setting, person, visitor.day))
    .map((person) => person.personId);
  return { activity, status: found ?? null, entries, standings, writers };
}

/** Whether one of the caller's persons wrote the entry. */
export function isOwn(visitor: Visitor, entry: Pick<Entry, 'authorKind' | 'authorId'>): boolean {
  return visitor.persons.some(({ person }) => isOwnEntry(entry, person.id));
}

function isAfter(a: Pick<Entry, 'id' | 'stamp'>, b: Pick<Entry, 'id' | 'stamp'>): boolean {
  return a.stamp > b.stamp || (a.stamp === b.stamp && a.id > b.id);
}

/** Not deleted, and `seesEntry` for one of the persons. */
function entryFilter(standings: readonly ActivityStanding[]): SQL | undefined {
  const { entry } = entityTables;
  const own = and(
    eq(entry.authorKind, 'resident'),
    inArray(
      entry.authorId,
      standings.map((person) => person.personId),
    ),
  );
  const linked = standings.some((person) => person.linked);
  const released = and(eq(entry.released, true), sql`${entry.kind} <> 'note'`);
  return and(eq(entry.deleted, false), linked ? or(own, released) : own);
}

function summaryQuery(company: Company, visitor: Visitor, activityId: string | undefined): SQL {
  const { activity, activityPerson, entry } = entityTables;
  const org = company.organisationId;
  const personIds = sql.param(visitor.persons.map(({ person }) => person.id));
  const accountIds = sql.param(visitor.persons.map(({ account }) => account.id));
  const only = activityId === undefined ? sql`` : sql`where activity_id = ${activityId}`;
  return sql`
    with mine as (
      select ${activityPerson.personId} as person_id, ${activityPerson.activityId} as activity_id, true as linked
      from ${activityPerson}
      where ${activityPerson.organisationId} = ${org} and ${activityPerson.personId} = any(${personIds}::uuid[])
        and not ${activityPerson.deleted}
      union all
      select distinct ${entry.authorId}, ${entry.activityId}, false
      from ${entry}
      where ${entry.organisationId} = ${org} and ${entry.authorId} = any(${personIds}::uuid[])
        and ${entry.authorKind} = 'resident' and not ${entry.deleted}
    ), person_activity as (
      select person_id, activity_id, bool_or(linked) as linked from mine ${only} group by person_id, activity_id
    ), looked as (
      select ${seenTable.subject} as subject, max(${seenTable.seenAt}) as seen_at
      from ${seenTable}
      where ${seenTable.organisationId} = ${org} and ${seenTable.accountId} = any(${accountIds}::uuid[])
        and ${seenTable.subject} like 'activity:%'
      group by ${seenTable.subject}
    ), visible as (
      select p.person_id, e.*,
        e.author_kind = 'resident' and e.author_id = any(${personIds}::uuid[]) as own,
        looked.seen_at
      from person_activity p
      join ${activity} a on a.organisation_id = ${org} and a.id = p.activity_id and not a.deleted and a.number is not null
      join ${entry} e on e.organisation_id = ${org} and e.activity_id = a.id and not e.deleted
        and ((e.author_kind = 'resident' and e.author_id = p.person_id)
          or (p.linked and e.released and e.kind <> 'note'))
      left join looked on looked.subject = 'activity:' || p.activity_id
    )
    select distinct on (person_id, activity_id)
      person_id as "personId", activity_id as "activityId", id as "entryId", body, created_at as "createdAt", stamp,
      bool_or(not own and (seen_at is null or exists (${releasedAfter(org)}))) over (partition by person_id, activity_id) as unread
    from visible
    order by person_id, activity_id, stamp desc, id desc`;
}

/**
 * The release of the entry arrived here after the caller had looked. The entry's own times are the desk's: an answer
 * written offline may carry a time before that look.
 */
function releasedAfter(organisationId: string): SQL {
  return sql`
    select 1 from ${changeLogTable} c
    where c.organisation_id = ${organisationId} and c.entity = 'entry' and c.entity_id = visible.id
      and c.received_at > visible.seen_at and c.change -> 'set' ->> 'released' = 'true'`;
}

async function readActivities(
  company: Company,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Activity & { readonly number: number }>> {
  const { activity } = entityTables;
  const rows = await company.tx
    .select()
    .from(activity)
    .where(
      and(
        eq(activity.organisationId, company.organisationId),
        inArray(activity.id, [...new Set(ids)]),
        eq(activity.deleted, false),
      ),
    );
  return new Map(rows.flatMap((row) => (row.number === null ? [] : [[row.id, { ...row, number: row.number }]])));
}

async function readPlacesOf(
  company: Company,
  visitor: Visitor,
  activities: readonly Activity[],
): Promise<ReadonlyMap<string, Place>> {
  const ids = activities.flatMap((activity) => (activity.propertyId === null ? [] : [activity.propertyId]));
  const places = await readPlaces(company, visitor, [...new Set(ids)]);
  return new Map(places.map((place) => [place.property.id, place]));
}

/** The property of an activity; null where it has none, undefined where it is offline or deleted. */
function propertyOf(activity: Activity, places: ReadonlyMap<string, Place>): Property | null | undefined {
  return activity.propertyId === null ? null : places.get(activity.propertyId)?.property;
}

function isOpenTo(visitor: Visitor, activity: Activity, places: ReadonlyMap<string, Place>, personId: string): boolean {
  const property = propertyOf(activity, places);
  if (property === undefined) return false;
  const memberships = membershipsFor(visitor, activity).get(personId) ?? [];
  return isActivityOpen(activity, property, memberships, visitor.day);
}

/** Memberships that count for an activity, by person: those at its property, without one all of them. */
function membershipsFor(visitor: Visitor, activity: Pick<Activity, 'propertyId'>) {
  const members =
    activity.propertyId === null
      ? visitor.persons.map(({ person, memberships }) => ({ personId: person.id, memberships }))
      : membersAt(visitor, activity.propertyId);
  return new Map(members.map((member) => [member.personId, member.memberships]));
}

async function readStandings(
  company: Company,
  visitor: Visitor,
  activity: Activity,
): Promise<readonly ActivityStanding[]> {
  const { activityPerson } = entityTables;
  const links = await company.tx
    .select({ personId: activityPerson.personId })
    .from(activityPerson)
    .where(
      and(
        eq(activityPerson.organisationId, company.organisationId),
        eq(activityPerson.activityId, activity.id),
        inArray(
          activityPerson.personId,
          visitor.persons.map(({ person }) => person.id),
        ),
        eq(activityPerson.deleted, false),
      ),
    );
  const linked = new Set(links.map((link) => link.personId));
  return [...membershipsFor(visitor, activity)].map(([personId, memberships]) => ({
    personId,
    linked: linked.has(personId),
    memberships,
  }));
}
