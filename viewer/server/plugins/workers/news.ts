import { and, eq, inArray } from 'drizzle-orm';
import { opensPortal } from '../../../../shared/features/accounts/access.ts';
import { type ActivityStanding, entryReaders } from '../../../../shared/features/activities/access.ts';
import { documentReaders } from '../../../../shared/features/documents/access.ts';
import { noticeReaders } from '../../../../shared/features/notices/access.ts';
import { type AccessDay, type MembershipSpan, membersOf } from '../../../../shared/features/people/access.ts';
import { displayName } from '../../../../shared/features/people/model.ts';
import type { Property } from '../../../../shared/features/properties/model.ts';
import type { Organisation } from '../../../../shared/features/settings/model.ts';
import { berlinDate } from '../../../../shared/lib/dates.ts';
import type { Company } from '../../context.ts';
import { entityTables } from '../../db/entity-tables.ts';
import type { NewsKind } from '../jobs.ts';
import type { Letter } from '../mails/layout.ts';
import { documentLetter, entryLetter, type Frame, noticeLetter } from '../mails/letters.ts';
import { releaseOf } from '../notifications.ts';

/** Something that became visible, and whom it concerns now. */
export interface News {
  /** Persons who see it, its author left out. */
  readonly personIds: readonly string[];
  /** Of an entry: the release that stands now. */
  readonly release: string | null;
  /** Of a notice that begins later: its first day. */
  readonly visibleFrom: string | null;
  /** Path in the portal. */
  readonly path: string;
  readonly letter: (frame: Frame) => Letter;
}

/** A registered person who can be written to. */
export interface Addressee {
  readonly personId: string;
  readonly name: string;
  readonly address: string;
  readonly language: 'de' | 'en';
}

/** What is known now of a subject; null where it is gone. */
export function readNews(company: Company, kind: NewsKind, subjectId: string, now: number): Promise<News | null> {
  switch (kind) {
    case 'notice':
      return readNotice(company, subjectId, now);
    case 'document':
      return readDocument(company, subjectId, now);
    case 'entry':
      return readEntry(company, subjectId, now);
  }
}

/** The company itself. */
export async function readOrganisation({ tx, organisationId }: Company): Promise<Organisation> {
  const { organisation } = entityTables;
  const [row] = await tx.select().from(organisation).where(eq(organisation.organisationId, organisationId));
  if (row === undefined) throw new Error('Company without a row');
  return row;
}

/** Those of the persons who have an account that is open and an address. */
export async function readAddressees(company: Company, personIds: readonly string[]): Promise<readonly Addressee[]> {
  if (personIds.length === 0) return [];
  const { account, person } = entityTables;
  const rows = await company.tx
    .select({ account, person })
    .from(account)
    .innerJoin(person, and(eq(person.organisationId, company.organisationId), eq(person.id, account.personId)))
    .where(
      and(
        eq(account.organisationId, company.organisationId),
        inArray(account.personId, [...personIds]),
        eq(account.deleted, false),
        eq(person.deleted, false),
      ),
    );
  const addressees = new Map<string, Addressee>();
  for (const row of rows) {
    const address = row.account.loginEmail;
    if (!opensPortal(row.account) || address === null) continue;
    const { language } = row.account;
    addressees.set(row.person.id, { personId: row.person.id, name: displayName(row.person), address, language });
  }
  return [...addressees.values()];
}

async function readNotice(company: Company, id: string, now: number): Promise<News | null> {
  const { notice } = entityTables;
  const [row] = await company.tx
    .select()
    .from(notice)
    .where(and(eq(notice.organisationId, company.organisationId), eq(notice.id, id), eq(notice.deleted, false)));
  if (row === undefined) return null;
  const property = await readProperty(company, row.propertyId);
  if (property === null) return null;
  const today = berlinDate(now);
  const memberships = await readMemberships(company, eq(entityTables.membership.propertyId, property.id));
  const authorId = row.authorKind === 'resident' ? await readPersonOf(company, row.authorId) : null;
  return {
    personIds: noticeReaders(row, property, memberships, today).filter((personId) => personId !== authorId),
    release: null,
    visibleFrom: row.visibleFrom !== null && row.visibleFrom > today ? row.visibleFrom : null,
    path: `/organisations/${company.organisationId}/properties/${property.id}/notices#${id}`,
    letter: (frame) => noticeLetter(frame, { title: row.title, property: property.name }),
  };
}

async function readDocument(company: Company, id: string, now: number): Promise<News | null> {
  const { document } = entityTables;
  const [row] = await company.tx
    .select()
    .from(document)
    .where(and(eq(document.organisationId, company.organisationId), eq(document.id, id), eq(document.deleted, false)));
  if (row === undefined) return null;
  const property = await readProperty(company, row.propertyId);
  if (property === null) return null;
  const memberships = await readMemberships(company, eq(entityTables.membership.propertyId, property.id));
  return {
    personIds: documentReaders(row, property, memberships, await readDay(company, now)),
    release: null,
    visibleFrom: null,
    path: `/organisations/${company.organisationId}/properties/${property.id}/documents#${id}`,
    letter: (frame) => documentLetter(frame, { title: row.title, property: property.name }),
  };
}

async function readEntry(company: Company, id: string, now: number): Promise<News | null> {
  const { activity, entry } = entityTables;
  const org = company.organisationId;
  const [row] = await company.tx
    .select({ entry, activity })
    .from(entry)
    .innerJoin(activity, and(eq(activity.organisationId, org), eq(activity.id, entry.activityId)))
    .where(and(eq(entry.organisationId, org), eq(entry.id, id), eq(entry.deleted, false), eq(activity.deleted, false)));
  if (row === undefined) return null;
  const { number, subject, propertyId } = row.activity;
  const property = propertyId === null ? null : await readProperty(company, propertyId);
  if (number === null || (propertyId !== null && property === null)) return null;
  const people = await readStandings(company, row.activity.id, propertyId);
  const authorId = row.entry.authorKind === 'resident' ? row.entry.authorId : null;
  const readers = entryReaders(row.entry, row.activity, property, people, await readDay(company, now));
  return {
    // Their own entry they see in any case; told are the others, and only of what is released.
    personIds: row.entry.released ? readers.filter((personId) => personId !== authorId) : [],
    release: row.entry.released ? releaseOf(row.entry.clock) : null,
    visibleFrom: null,
    path: `/organisations/${org}/activities/${row.activity.id}`,
    letter: (frame) => entryLetter(frame, { number, subject, author: row.entry.authorName }),
  };
}

async function readStandings(
  company: Company,
  activityId: string,
  propertyId: string | null,
): Promise<readonly ActivityStanding[]> {
  const { activityPerson, membership } = entityTables;
  const links = await company.tx
    .select({ personId: activityPerson.personId })
    .from(activityPerson)
    .where(
      and(
        eq(activityPerson.organisationId, company.organisationId),
        eq(activityPerson.activityId, activityId),
        eq(activityPerson.deleted, false),
      ),
    );
  const personIds = links.map((link) => link.personId);
  if (personIds.length === 0) return [];
  const all = await readMemberships(company, inArray(membership.personId, personIds));
  const counted = propertyId === null ? all : all.filter((span) => span.propertyId === propertyId);
  const byPerson = new Map(membersOf(counted).map((member) => [member.personId, member.memberships]));
  return personIds.map((personId) => ({ personId, linked: true, memberships: byPerson.get(personId) ?? [] }));
}

async function readProperty(company: Company, id: string): Promise<Property | null> {
  const { property } = entityTables;
  const [row] = await company.tx
    .select()
    .from(property)
    .where(and(eq(property.organisationId, company.organisationId), eq(property.id, id), eq(property.deleted, false)));
  return row ?? null;
}

async function readPersonOf(company: Company, accountId: string): Promise<string | null> {
  const { account } = entityTables;
  const [row] = await company.tx
    .select({ personId: account.personId })
    .from(account)
    .where(and(eq(account.organisationId, company.organisationId), eq(account.id, accountId)));
  return row?.personId ?? null;
}

function readMemberships(company: Company, which: ReturnType<typeof eq>): Promise<readonly MembershipSpan[]> {
  const { membership } = entityTables;
  return company.tx
    .select({
      personId: membership.personId,
      propertyId: membership.propertyId,
      unitId: membership.unitId,
      group: membership.group,
      from: membership.from,
      to: membership.to,
    })
    .from(membership)
    .where(and(eq(membership.organisationId, company.organisationId), eq(membership.deleted, false), which));
}

async function readDay(company: Company, now: number): Promise<AccessDay> {
  const { formerMemberMonths } = await readOrganisation(company);
  return { today: berlinDate(now), formerMemberMonths };
}
