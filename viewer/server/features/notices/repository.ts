import { and, eq, inArray } from 'drizzle-orm';
import type { Notice } from '../../../../shared/features/notices/model.ts';
import { displayName } from '../../../../shared/features/people/model.ts';
import type { Company } from '../../context.ts';
import { entityTables } from '../../db/entity-tables.ts';

/** Names of the authors of notices, by author id; two queries however many there are. */
export async function readAuthorNames(
  company: Company,
  notices: readonly Pick<Notice, 'authorKind' | 'authorId'>[],
): Promise<ReadonlyMap<string, string>> {
  const idsOf = (kind: Notice['authorKind']) => [
    ...new Set(notices.flatMap((notice) => (notice.authorKind === kind ? [notice.authorId] : []))),
  ];
  const [staffIds, accountIds] = [idsOf('staff'), idsOf('resident')];
  const { account, person, staff } = entityTables;
  const org = company.organisationId;
  const colleagues =
    staffIds.length === 0
      ? []
      : await company.tx
          .select({ id: staff.id, name: staff.name })
          .from(staff)
          .where(and(eq(staff.organisationId, org), inArray(staff.id, staffIds)));
  const residents =
    accountIds.length === 0
      ? []
      : await company.tx
          .select({ id: account.id, person })
          .from(account)
          .innerJoin(person, and(eq(person.organisationId, org), eq(person.id, account.personId)))
          .where(and(eq(account.organisationId, org), inArray(account.id, accountIds)));
  return new Map([
    ...colleagues.map((row): [string, string] => [row.id, row.name]),
    ...residents.map((row): [string, string] => [row.id, displayName(row.person)]),
  ]);
}
