import { and, eq, inArray } from 'drizzle-orm';
import { opensPortal } from '../../../shared/features/accounts/access.ts';
import type { Account } from '../../../shared/features/accounts/model.ts';
import type { AccessDay, Member, MembershipSpan, Standing } from '../../../shared/features/people/access.ts';
import { standing } from '../../../shared/features/people/access.ts';
import type { Person } from '../../../shared/features/people/model.ts';
import { isOpen } from '../../../shared/features/properties/access.ts';
import { defaultPortalSetting, type PortalSetting, type Property } from '../../../shared/features/properties/model.ts';
import { berlinDate } from '../../../shared/lib/dates.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { Company, RequestContext } from '../context.ts';
import { entityTables } from '../db/entity-tables.ts';

/** A person of the caller in one company, with the account that opens it. */
export interface VisitorPerson {
  readonly account: Account;
  readonly person: Person;
  /** At all properties of the company, past and future ones included. */
  readonly memberships: readonly MembershipSpan[];
}

/**
 * The caller in one company. A login may have several accounts there (for oneself and for one's firm): what any of their
 * persons sees, the caller sees.
 */
export interface Visitor {
  readonly organisationId: string;
  readonly organisationName: string;
  readonly day: AccessDay;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly persons: readonly VisitorPerson[];
}

/** A property as the caller stands to it. */
export interface Place {
  readonly property: Property;
  readonly setting: PortalSetting;
  /** The caller's persons with their memberships there. */
  readonly members: readonly Member[];
  /** All memberships of the caller there. */
  readonly memberships: readonly MembershipSpan[];
  readonly standing: Standing;
}

type Caller = Pick<RequestContext, 'caller' | 'company' | 'now'>;

/**
 * Runs `work` in one of the caller's companies. Throws `not-found` for any other company, exactly as for one that does
 * not exist, and for accounts that are not registered or disabled.
 */
export function enterCompany<T>(
  context: Caller,
  organisationId: string,
  work: (company: Company, visitor: Visitor) => Promise<T>,
): Promise<T> {
  const accountIds = callerAccounts(context.caller)
    .filter((account) => account.organisationId === organisationId)
    .map((account) => account.accountId);
  if (accountIds.length === 0) throw new OperationError('not-found');
  return context.company(organisationId, async (company) => {
    const visitor = await readVisitor(company, accountIds, context.now());
    if (visitor === null) throw new OperationError('not-found');
    return work(company, visitor);
  });
}

/** The companies a caller has accounts in; throws `not-signed-in` for whoever is no resident. */
function callerCompanies(caller: RequestContext['caller']): readonly string[] {
  return [...new Set(callerAccounts(caller).map((account) => account.organisationId))];
}

function callerAccounts(caller: RequestContext['caller']) {
  if (caller.kind !== 'resident') throw new OperationError('not-signed-in');
  return caller.accounts;
}

/** Runs `work` in every company of the caller, one after the other; companies that shut the account are left out. */
export async function inEveryCompany<T>(
  context: Caller,
  work: (company: Company, visitor: Visitor) => Promise<T>,
): Promise<readonly T[]> {
  const results: T[] = [];
  for (const organisationId of callerCompanies(context.caller)) {
    try {
      results.push(await enterCompany(context, organisationId, work));
    } catch (error) {
      if (!(error instanceof OperationError && error.code === 'not-found')) throw error;
    }
  }
  return results;
}

async function readVisitor(company: Company, accountIds: readonly string[], now: number): Promise<Visitor | null> {
  const { organisationId, tx } = company;
  const { account, person, organisation } = entityTables;
  const found = await tx
    .select({ account, person, organisation })
    .from(account)
    .innerJoin(person, and(eq(person.organisationId, organisationId), eq(person.id, account.personId)))
    .innerJoin(organisation, and(eq(organisation.organisationId, organisationId), eq(organisation.id, organisationId)))
    .where(
      and(
        eq(account.organisationId, organisationId),
        inArray(account.id, [...accountIds]),
        eq(account.deleted, false),
        eq(person.deleted, false),
      ),
    );
  const open = found.filter((row) => opensPortal(row.account));
  const [first] = open;
  if (first === undefined) return null;
  const memberships = await readMemberships(
    company,
    open.map((row) => row.person.id),
  );
  return {
    organisationId,
    organisationName: first.organisation.name,
    day: { today: berlinDate(now), formerMemberMonths: first.organisation.formerMemberMonths },
    now,
    persons: open.map((row) => ({
      account: row.account,
      person: row.person,
      memberships: memberships.filter((membership) => membership.personId === row.person.id),
    })),
  };
}

function readMemberships(company: Company, personIds: readonly string[]): Promise<readonly MembershipSpan[]> {
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
    .where(
      and(
        eq(membership.organisationId, company.organisationId),
        inArray(membership.personId, [...personIds]),
        eq(membership.deleted, false),
      ),
    );
}

/** The caller's persons with their memberships at one property. */
export function membersAt(visitor: Visitor, propertyId: string): readonly Member[] {
  return visitor.persons.map(({ person, memberships }) => ({
    personId: person.id,
    memberships: memberships.filter((membership) => membership.propertyId === propertyId),
  }));
}

/** Properties that are online, as the caller stands to them; others are left out. */
export async function readPlaces(
  company: Company,
  visitor: Visitor,
  propertyIds: readonly string[],
): Promise<readonly Place[]> {
  if (propertyIds.length === 0) return [];
  const { property, portalSetting } = entityTables;
  const found = await company.tx
    .select({ property, setting: portalSetting })
    .from(property)
    .leftJoin(
      portalSetting,
      and(
        eq(portalSetting.organisationId, company.organisationId),
        eq(portalSetting.id, property.id),
        eq(portalSetting.deleted, false),
      ),
    )
    .where(
      and(
        eq(property.organisationId, company.organisationId),
        inArray(property.id, [...propertyIds]),
        eq(property.deleted, false),
        eq(property.online, true),
      ),
    );
  return found
    .filter((row) => isOpen(row.property))
    .map((row) => {
      const members = membersAt(visitor, row.property.id);
      const memberships = members.flatMap((member) => member.memberships);
      return {
        property: row.property,
        setting: row.setting ?? { id: row.property.id, propertyId: row.property.id, ...mutableDefaults() },
        members,
        memberships,
        standing: standing(memberships, visitor.day),
      };
    });
}

/** One property; throws `not-found` where it does not exist, is deleted or is offline. */
export async function readPlace(company: Company, visitor: Visitor, propertyId: string): Promise<Place> {
  const [place] = await readPlaces(company, visitor, [propertyId]);
  if (place === undefined) throw new OperationError('not-found');
  return place;
}

function mutableDefaults(): Omit<PortalSetting, 'id' | 'propertyId'> {
  return {
    ...defaultPortalSetting,
    directoryGroups: [...defaultPortalSetting.directoryGroups],
    messageGroups: [...defaultPortalSetting.messageGroups],
  };
}
