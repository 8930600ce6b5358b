import { eq } from 'drizzle-orm';
import type { ParsedInput } from '../../../../shared/contract/registry.ts';
import { instantText } from '../../../../shared/lib/dates.ts';
import { OperationError } from '../../../../shared/lib/errors.ts';
import type { Company, RequestContext } from '../../context.ts';
import { credentialTable, loginTable } from '../../db/auth-schema.ts';
import { loginAccountTable } from '../../db/schema.ts';
import type { Login } from '../../http/callers.ts';
import type { Auth } from '../../plugins/auth/auth.ts';
import { assertStanding, findInvitation, type Invitation, takeInvitation } from './invitations.ts';
import { checkPassword } from './password.ts';

/**
 * Registers an invited person: makes the login or takes the signed-in one, links it, tells the desks, signs in.
 * @throws OperationError `invitation-…`, `password-too-weak`, `not-signed-in` where a login of that address exists and
 * this is not its session
 */
export async function acceptInvitation(
  context: RequestContext,
  auth: Auth,
  input: ParsedInput<'accounts.accept'>,
): Promise<Login> {
  const invitation = await findInvitation(context, input.token);
  const existing = await findLoginOf(context, invitation.email);
  if (existing !== null) {
    // The link alone never opens a login that exists: whoever reads the mailbox must also know its password.
    if (context.caller.kind !== 'resident' || context.caller.loginId !== existing.id) {
      throw new OperationError('not-signed-in');
    }
    await link(context, invitation, input, async () => existing);
    return existing;
  }
  const { password } = input;
  if (password === undefined) throw new OperationError('invalid-input', { paths: ['password'] });
  const email = invitation.email.toLowerCase();
  checkPassword(password, { email, name: invitation.personName });
  const passwordHash = await auth.hashPassword(password);
  const login = { id: context.newId(), email, name: invitation.personName };
  await link(context, invitation, input, (company) => createLogin(company, login, passwordHash, context.now()));
  const signedIn = await auth.signIn(context.request, email, password);
  if (signedIn === 'second-factor') throw new Error('A new login has no second factor');
  return signedIn;
}

/** The login of an address, in whatever spelling. */
export async function findLoginOf(context: Pick<RequestContext, 'global'>, email: string): Promise<Login | null> {
  const [row] = await context.global.select().from(loginTable).where(eq(loginTable.email, email.toLowerCase()));
  return row === undefined ? null : { id: row.id, email: row.email, name: row.name };
}

async function link(
  context: RequestContext,
  invitation: Invitation,
  input: ParsedInput<'accounts.accept'>,
  loginOf: (company: Company) => Promise<Login>,
): Promise<void> {
  const now = instantText(context.now());
  await context.company(invitation.organisationId, async (company) => {
    await takeInvitation(company, invitation, context.now());
    const login = await loginOf(company);
    const { organisationId, accountId } = invitation;
    await company.tx
      .insert(loginAccountTable)
      .values({ loginId: login.id, organisationId, accountId, createdAt: now })
      .onConflictDoNothing();
    const set = {
      registeredAt: now,
      loginEmail: login.email,
      lastSeenAt: now,
      showInDirectory: input.showInDirectory,
      language: input.language,
    };
    await company.write({ kind: 'server' }, [{ entity: 'account', id: accountId, set }]);
    await assertStanding(company, invitation);
  });
}

async function createLogin({ tx }: Company, login: Login, passwordHash: string, now: number): Promise<Login> {
  const at = { createdAt: new Date(now), updatedAt: new Date(now) };
  const made = await tx
    .insert(loginTable)
    // The link came by mail to this address, so the address is proven.
    .values({ ...login, emailVerified: true, image: null, ...at })
    .onConflictDoNothing()
    .returning({ id: loginTable.id });
  if (made.length === 0) throw new OperationError('not-signed-in');
  await tx.insert(credentialTable).values({
    id: login.id,
    userId: login.id,
    providerId: 'credential',
    accountId: login.id,
    password: passwordHash,
    ...at,
  });
  return login;
}
