import { and, eq, inArray } from 'drizzle-orm';
import type { SessionInfo } from '../../../../shared/features/accounts/contract.ts';
import { displayName } from '../../../../shared/features/people/model.ts';
import { instantText } from '../../../../shared/lib/dates.ts';
import type { ResidentCaller, Viewer } from '../../context.ts';
import { entityTables } from '../../db/entity-tables.ts';
import type { Login } from '../../http/callers.ts';
import { openAccounts } from '../../http/callers.ts';

const { account: accountTable, organisation: organisationTable, person: personTable } = entityTables;

/** A visit is written down once in this long (milliseconds): the desk asks who never signed in, not who reads when. */
const visitInterval = 24 * 3600_000;

/** Who is signed in and what that opens; notes the visit. */
export async function describeSession(viewer: Viewer, login: Login): Promise<SessionInfo> {
  const open = await openAccounts(viewer, login.id);
  const companies = [...new Set(open.map((account) => account.organisationId))];
  const described = await Promise.all(companies.map((organisationId) => visit(viewer, organisationId, open)));
  const accounts = described.flat();
  return {
    loginId: login.id,
    email: login.email,
    name: login.name,
    language: accounts[0]?.language ?? 'de',
    accounts: accounts.map(({ language: _, ...account }) => account),
  };
}

async function visit(viewer: Viewer, organisationId: string, open: ResidentCaller['accounts']) {
  const ids = open.filter((account) => account.organisationId === organisationId).map((account) => account.accountId);
  return viewer.company(organisationId, async ({ tx, write }) => {
    const rows = await tx
      .select({ account: accountTable, person: personTable, organisationName: organisationTable.name })
      .from(accountTable)
      .innerJoin(
        personTable,
        and(eq(personTable.organisationId, organisationId), eq(personTable.id, accountTable.personId)),
      )
      .innerJoin(organisationTable, eq(organisationTable.organisationId, organisationId))
      .where(and(eq(accountTable.organisationId, organisationId), inArray(accountTable.id, ids)));
    const before = instantText(viewer.now() - visitInterval);
    const stale = rows.filter(({ account }) => account.lastSeenAt === null || account.lastSeenAt <= before);
    if (stale.length > 0) {
      const set = { lastSeenAt: instantText(viewer.now()) };
      await write(
        { kind: 'server' },
        stale.map(({ account }) => ({ entity: 'account', id: account.id, set })),
      );
    }
    return rows.map(({ account, person, organisationName }) => ({
      organisationId,
      organisationName,
      accountId: account.id,
      personName: displayName(person),
      language: account.language,
    }));
  });
}
