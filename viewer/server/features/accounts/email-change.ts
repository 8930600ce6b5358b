import { randomBytes } from 'node:crypto';
import { eq, or } from 'drizzle-orm';
import type { Output } from '../../../../shared/contract/registry.ts';
import { OperationError } from '../../../../shared/lib/errors.ts';
import type { RequestContext, Viewer } from '../../context.ts';
import { emailChangeTable, loginTable, verificationTable } from '../../db/auth-schema.ts';
import type { Login } from '../../http/callers.ts';
import { openAccounts } from '../../http/callers.ts';
import { hashSecret } from '../../sync/pairing.ts';

/** How long the links of a change are valid (milliseconds). */
const validity = 24 * 3600_000;

/** What a change of address leaves to jobs, committed with it. */
export interface EmailChangeJobs {
  /** Tells the companies the address with which a login signs in. */
  readonly spread: (db: Viewer['global'], loginId: string) => Promise<void>;
  /** Tells both addresses that it happened. */
  readonly told: (
    db: Viewer['global'],
    change: { readonly loginId: string; readonly oldEmail: string },
  ) => Promise<void>;
}

/**
 * Writes the wish down, instead of an earlier one, and makes the tokens of its two links. The tokens exist only in the
 * mails; a repeated try makes others, and the earlier ones end.
 */
export async function beginEmailChange(
  viewer: Pick<Viewer, 'global' | 'now'>,
  login: Login,
  newEmail: string,
): Promise<{ readonly oldToken: string; readonly newToken: string }> {
  const [oldToken, newToken] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
  const wish = {
    newEmail,
    oldTokenHash: hashSecret(oldToken),
    newTokenHash: hashSecret(newToken),
    oldConfirmedAt: null,
    newConfirmedAt: null,
    expiresAt: new Date(viewer.now() + validity),
  };
  await viewer.global
    .insert(emailChangeTable)
    .values({ loginId: login.id, ...wish })
    .onConflictDoUpdate({ target: emailChangeTable.loginId, set: wish });
  return { oldToken, newToken };
}

/** The address that a login wishes for and that is not confirmed yet; null where there is none. */
export async function wishedEmail(viewer: Pick<Viewer, 'global' | 'now'>, loginId: string): Promise<string | null> {
  const [wish] = await viewer.global.select().from(emailChangeTable).where(eq(emailChangeTable.loginId, loginId));
  return wish === undefined || wish.expiresAt.getTime() <= viewer.now() ? null : wish.newEmail;
}

/**
 * Takes one of the two links. With the second the login has the new address.
 * @throws OperationError `invitation-invalid` (unknown, replaced, over), `already-exists` where another login has the address
 */
export async function confirmEmailChange(
  context: Pick<RequestContext, 'global' | 'now'>,
  jobs: EmailChangeJobs,
  token: string,
): Promise<Output<'accounts.confirmEmailChange'>> {
  const hash = hashSecret(token);
  const now = new Date(context.now());
  return context.global.transaction(async (tx) => {
    const [wish] = await tx
      .select()
      .from(emailChangeTable)
      .where(or(eq(emailChangeTable.oldTokenHash, hash), eq(emailChangeTable.newTokenHash, hash)))
      .for('update');
    if (wish === undefined || wish.expiresAt <= now) throw new OperationError('invitation-invalid');
    const { loginId, newEmail } = wish;
    const confirmed = {
      oldConfirmedAt: wish.oldTokenHash === hash ? now : wish.oldConfirmedAt,
      newConfirmedAt: wish.newTokenHash === hash ? now : wish.newConfirmedAt,
    };
    if (confirmed.oldConfirmedAt === null || confirmed.newConfirmedAt === null) {
      await tx.update(emailChangeTable).set(confirmed).where(eq(emailChangeTable.loginId, loginId));
      return { changed: false, newEmail };
    }
    const [taken] = await tx.select({ id: loginTable.id }).from(loginTable).where(eq(loginTable.email, newEmail));
    if (taken !== undefined) throw new OperationError('already-exists', { field: 'email', label: newEmail });
    const [login] = await tx.select().from(loginTable).where(eq(loginTable.id, loginId)).for('update');
    if (login === undefined) throw new OperationError('invitation-invalid');
    await tx.update(loginTable).set({ email: newEmail, updatedAt: now }).where(eq(loginTable.id, loginId));
    await tx.delete(emailChangeTable).where(eq(emailChangeTable.loginId, loginId));
    // Links for a new password went to the address that is no longer theirs.
    await tx.delete(verificationTable).where(eq(verificationTable.value, loginId));
    await jobs.spread(tx, loginId);
    await jobs.told(tx, { loginId, oldEmail: login.email });
    return { changed: true, newEmail };
  });
}

/** Writes the address of a login into its accounts, in every company. Done twice it changes nothing. */
export async function spreadLoginEmail(viewer: Viewer, loginId: string): Promise<void> {
  const [login] = await viewer.global.select().from(loginTable).where(eq(loginTable.id, loginId));
  if (login === undefined) return;
  for (const { organisationId, accountId } of await openAccounts(viewer, loginId)) {
    await viewer.company(organisationId, ({ write }) =>
      write({ kind: 'server' }, [{ entity: 'account', id: accountId, set: { loginEmail: login.email } }]),
    );
  }
}
