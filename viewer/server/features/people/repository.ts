import { and, eq, gte, isNotNull, isNull, lte, or } from 'drizzle-orm';
import type { Account } from '../../../../shared/features/accounts/model.ts';
import type { Membership, Person } from '../../../../shared/features/people/model.ts';
import type { Company } from '../../context.ts';
import { entityTables } from '../../db/entity-tables.ts';

/** A current membership of a registered person. */
export interface RegisteredMember {
  readonly membership: Membership;
  readonly account: Account;
  readonly person: Person;
  readonly unitNumber: string | null;
}

/** Current memberships at a property whose persons are registered, in one query. */
export function readRegisteredMembers(
  company: Company,
  propertyId: string,
  today: string,
): Promise<readonly RegisteredMember[]> {
  const { account, membership, person, unit } = entityTables;
  const org = company.organisationId;
  return company.tx
    .select({ membership, account, person, unitNumber: unit.number })
    .from(membership)
    .innerJoin(account, and(eq(account.organisationId, org), eq(account.personId, membership.personId)))
    .innerJoin(person, and(eq(person.organisationId, org), eq(person.id, membership.personId)))
    .leftJoin(unit, and(eq(unit.organisationId, org), eq(unit.id, membership.unitId), eq(unit.deleted, false)))
    .where(
      and(
        eq(membership.organisationId, org),
        eq(membership.propertyId, propertyId),
        eq(membership.deleted, false),
        or(isNull(membership.from), lte(membership.from, today)),
        or(isNull(membership.to), gte(membership.to, today)),
        eq(account.deleted, false),
        isNotNull(account.registeredAt),
        isNull(account.disabledAt),
        eq(person.deleted, false),
      ),
    );
}
