import { and, eq, inArray } from 'drizzle-orm';
import type { Output, ParsedInput } from '../../../../shared/contract/registry.ts';
import { displayName } from '../../../../shared/features/people/model.ts';
import { OperationError } from '../../../../shared/lib/errors.ts';
import type { RequestContext } from '../../context.ts';
import { entityTables } from '../../db/entity-tables.ts';

const { account: accountTable, person: personTable } = entityTables;

/** The caller's settings in a company; `not-found` where no account opens it. */
export async function readSettings(
  context: RequestContext,
  organisationId: string,
): Promise<Output<'accounts.settings'>> {
  const ids = accountIds(context, organisationId);
  return context.company(organisationId, async ({ tx }) => {
    const [row] = await tx
      .select({ account: accountTable, person: personTable })
      .from(accountTable)
      .innerJoin(
        personTable,
        and(eq(personTable.organisationId, organisationId), eq(personTable.id, accountTable.personId)),
      )
      .where(and(eq(accountTable.organisationId, organisationId), inArray(accountTable.id, ids)))
      .orderBy(accountTable.id)
      .limit(1);
    if (row === undefined) throw new OperationError('not-found');
    const { showInDirectory, showPhone, showEmail, language } = row.account;
    const { person } = row;
    return {
      showInDirectory,
      showPhone,
      showEmail,
      language,
      name: displayName(person),
      phone: person.phone ?? person.mobile,
    };
  });
}

/** Saves them for every account the login has in that company: to the person who clicks, it is one setting. */
export async function saveSettings(
  context: RequestContext,
  { organisationId, ...set }: ParsedInput<'accounts.saveSettings'>,
): Promise<void> {
  const ids = accountIds(context, organisationId);
  await context.company(organisationId, async ({ write }) => {
    for (const id of ids) await write({ kind: 'account', accountId: id }, [{ entity: 'account', id, set }]);
  });
}

function accountIds({ caller }: RequestContext, organisationId: string): string[] {
  const accounts = caller.kind === 'resident' ? caller.accounts : [];
  const ids = accounts
    .filter((account) => account.organisationId === organisationId)
    .map((account) => account.accountId);
  if (ids.length === 0) throw new OperationError('not-found');
  return ids;
}
