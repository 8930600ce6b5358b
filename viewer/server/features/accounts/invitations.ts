import { randomBytes } from 'node:crypto';
import { and, eq, isNull, ne } from 'drizzle-orm';
import type { Account } from '../../../../shared/features/accounts/model.ts';
import { displayName } from '../../../../shared/features/people/model.ts';
import { instantText } from '../../../../shared/lib/dates.ts';
import { OperationError } from '../../../../shared/lib/errors.ts';
import type { Company, Viewer } from '../../context.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { invitationTokenTable } from '../../db/schema.ts';
import { hashSecret } from '../../sync/pairing.ts';

const { account: accountTable, organisation: organisationTable, person: personTable } = entityTables;

/** An invitation that can be accepted now. */
export interface Invitation {
  readonly organisationId: string;
  readonly organisationName: string;
  readonly accountId: string;
  /** `account.invitedAt` of this invitation. */
  readonly invitedAt: string;
  readonly personName: string;
  /** As the company wrote it. */
  readonly email: string;
  readonly expiresAt: string;
}

/**
 * Makes the token of an invitation's link and voids those of earlier invitations. One invitation may have several links:
 * a mail that is sent twice, because nobody knows whether the first one left, opens with either. Only hashes stay here.
 * @returns 32 random bytes in base64url
 */
export async function createInvitationToken(
  { organisationId, tx }: Pick<Company, 'organisationId' | 'tx'>,
  account: Pick<Account, 'id' | 'invitedAt' | 'expiresAt'>,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await tx
    .delete(invitationTokenTable)
    .where(
      and(
        eq(invitationTokenTable.organisationId, organisationId),
        eq(invitationTokenTable.accountId, account.id),
        ne(invitationTokenTable.invitedAt, account.invitedAt),
        isNull(invitationTokenTable.usedAt),
      ),
    );
  await tx.insert(invitationTokenTable).values({
    tokenHash: hashSecret(token),
    organisationId,
    accountId: account.id,
    invitedAt: account.invitedAt,
    expiresAt: account.expiresAt,
    usedAt: null,
  });
  return token;
}

/**
 * The invitation behind a link.
 * @throws OperationError `invitation-invalid` (unknown, renewed, taken back), `invitation-used`, `invitation-expired`
 */
export async function findInvitation(viewer: Viewer, token: string): Promise<Invitation> {
  const [link] = await viewer.global
    .select()
    .from(invitationTokenTable)
    .where(eq(invitationTokenTable.tokenHash, hashSecret(token)));
  if (link === undefined) throw new OperationError('invitation-invalid');
  const { organisationId } = link;
  const row = await viewer.company(organisationId, ({ tx }) => readInvited({ organisationId, tx }, link.accountId));
  const renewed = row?.account.invitedAt !== link.invitedAt;
  if (row === undefined || row.account.disabledAt !== null || row.account.email === null) {
    throw new OperationError('invitation-invalid');
  }
  if (link.usedAt !== null || row.account.registeredAt !== null) throw new OperationError('invitation-used');
  if (renewed) throw new OperationError('invitation-invalid');
  const now = instantText(viewer.now());
  if (link.expiresAt <= now || row.account.expiresAt <= now) throw new OperationError('invitation-expired');
  return {
    organisationId,
    organisationName: row.organisationName,
    accountId: link.accountId,
    invitedAt: link.invitedAt,
    personName: displayName(row.person),
    email: row.account.email,
    expiresAt: row.account.expiresAt,
  };
}

/**
 * Takes all links of the invitation, so that of two people with them one finds them used. The first write of the
 * transaction that registers.
 */
export async function takeInvitation(
  { tx }: Pick<Company, 'tx'>,
  { organisationId, accountId, invitedAt }: Invitation,
  now: number,
): Promise<void> {
  const taken = await tx
    .update(invitationTokenTable)
    .set({ usedAt: instantText(now) })
    .where(
      and(
        eq(invitationTokenTable.organisationId, organisationId),
        eq(invitationTokenTable.accountId, accountId),
        eq(invitationTokenTable.invitedAt, invitedAt),
        isNull(invitationTokenTable.usedAt),
      ),
    )
    .returning({ accountId: invitationTokenTable.accountId });
  if (taken.length === 0) throw new OperationError('invitation-used');
}

/**
 * Whether the invitation still stands, asked once the company's row lock is held: no desk can take it back any more.
 * @throws OperationError `invitation-invalid`
 */
export async function assertStanding(company: Pick<Company, 'organisationId' | 'tx'>, invitation: Invitation) {
  const row = await readInvited(company, invitation.accountId);
  if (row === undefined || row.account.disabledAt !== null || row.account.invitedAt !== invitation.invitedAt) {
    throw new OperationError('invitation-invalid');
  }
}

async function readInvited({ organisationId, tx }: Pick<Company, 'organisationId' | 'tx'>, accountId: string) {
  const [row] = await tx
    .select({ account: accountTable, person: personTable, organisationName: organisationTable.name })
    .from(accountTable)
    .innerJoin(
      personTable,
      and(eq(personTable.organisationId, organisationId), eq(personTable.id, accountTable.personId)),
    )
    .innerJoin(organisationTable, eq(organisationTable.organisationId, organisationId))
    .where(
      and(
        eq(accountTable.organisationId, organisationId),
        eq(accountTable.id, accountId),
        eq(accountTable.deleted, false),
        eq(personTable.deleted, false),
      ),
    );
  return row;
}
