import { createHash, randomBytes, randomInt } from 'node:crypto';
import { and, eq, gt, isNull, ne } from 'drizzle-orm';
import type { Input, Output } from '../../../shared/contract/registry.ts';
import { instantText } from '../../../shared/lib/dates.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { Transaction, Viewer } from '../context.ts';
import { isAmong } from '../db/bulk.ts';
import { changeLogTable, deviceTokenTable, organisationHeadTable, pairingCodeTable } from '../db/schema.ts';
import { together } from '../db/together.ts';
import { organisationTable, staffTable } from '../features/settings/table.ts';

/** Minutes a pairing code is valid. */
const codeMinutes = 15;
/** No 0/O, 1/I/L: people read the code to each other on the phone. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const codeLength = 8;

/** SHA-256 of a secret, hex: what the database keeps of tokens and codes. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/**
 * Makes a single-use code. With a company it admits a desk of that member of staff; without one it lets the viewer
 * adopt the company of the desk that redeems it.
 */
export async function createPairingCode(
  viewer: Pick<Viewer, 'global' | 'now'>,
  owner: { readonly organisationId: string; readonly staffId: string } | null,
): Promise<{ readonly code: string; readonly expiresAt: string }> {
  const letters = Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join('');
  const expiresAt = instantText(viewer.now() + codeMinutes * 60_000);
  await viewer.global.insert(pairingCodeTable).values({
    codeHash: hashSecret(letters),
    organisationId: owner?.organisationId ?? null,
    staffId: owner?.staffId ?? null,
    expiresAt,
    usedAt: null,
  });
  return { code: `${letters.slice(0, 4)}-${letters.slice(4)}`, expiresAt };
}

/** Redeems a code: the desk becomes a device of the company. @throws OperationError `pairing-code-invalid` for every reason. */
export async function redeemPairingCode(viewer: Viewer, input: Input<'sync.pair'>): Promise<Output<'sync.pair'>> {
  const now = instantText(viewer.now());
  const codeHash = hashSecret(input.code.toUpperCase().replace(/[^0-9A-Z]/g, ''));
  const [code] = await viewer.global
    .select()
    .from(pairingCodeTable)
    .where(
      and(
        eq(pairingCodeTable.codeHash, codeHash),
        isNull(pairingCodeTable.usedAt),
        gt(pairingCodeTable.expiresAt, now),
      ),
    );
  if (code === undefined) throw new OperationError('pairing-code-invalid');
  const adopted = input.organisation;
  const organisationId = code.organisationId ?? adopted?.id;
  const staffId = code.staffId ?? adopted?.staffId;
  if (organisationId === undefined || staffId === undefined)
    throw new OperationError('pairing-code-invalid', { reason: 'no-company' });
  if (adopted !== null && adopted.id !== organisationId)
    throw new OperationError('conflict', { reason: 'other-company' });
  // Who was deactivated or deleted since the code was made gets no device any more.
  if (code.organisationId !== null && (await roleOf(viewer, organisationId, staffId, staffId)) === null)
    throw new OperationError('pairing-code-invalid');
  const deviceId = viewer.newId();
  const token = randomBytes(32).toString('base64url');
  return viewer.company(organisationId, async ({ tx, write }) => {
    // Taking the code is the first write: of two desks with the same code one finds it used.
    const taken = await tx
      .update(pairingCodeTable)
      .set({ usedAt: now })
      .where(and(eq(pairingCodeTable.codeHash, codeHash), isNull(pairingCodeTable.usedAt)))
      .returning({ codeHash: pairingCodeTable.codeHash });
    if (taken.length === 0) throw new OperationError('pairing-code-invalid');
    if (code.organisationId === null) {
      const adopting = await tx
        .insert(organisationHeadTable)
        .values({ organisationId, epoch: viewer.newId(), head: 0, lastActivityNumber: 0 })
        .onConflictDoNothing()
        .returning({ organisationId: organisationHeadTable.organisationId });
      if (adopting.length === 0) await takeOverEmpty(tx, organisationId, now);
    }
    await tx.insert(deviceTokenTable).values({
      tokenHash: hashSecret(token),
      organisationId,
      deviceId,
      staffId,
      createdAt: now,
      revokedAt: null,
      lastContactAt: now,
      appVersion: input.appVersion,
      reportedAt: now,
    });
    await write({ kind: 'server' }, [
      {
        entity: 'device',
        id: deviceId,
        set: {
          name: input.deviceName,
          staffId,
          appVersion: input.appVersion,
          pairedAt: now,
          lastContactAt: now,
          revokedAt: null,
        },
      },
    ]);
    const [head] = await tx
      .select()
      .from(organisationHeadTable)
      .where(eq(organisationHeadTable.organisationId, organisationId));
    const [organisation] = await tx
      .select({ name: organisationTable.name })
      .from(organisationTable)
      .where(eq(organisationTable.organisationId, organisationId));
    if (head === undefined) throw new OperationError('pairing-code-invalid');
    return {
      epoch: head.epoch,
      head: head.head,
      organisationId,
      organisationName: organisation?.name ?? adopted?.name ?? '',
      deviceId,
      staffId,
      token,
    };
  });
}

/**
 * A code for a new company never opens one that is here already: ids are no secrets. Only where nothing was ever written
 * (the answer to the first pairing was lost, and the desk comes again) it does, and whoever was paired before is out.
 */
async function takeOverEmpty(tx: Transaction, organisationId: string, now: string): Promise<void> {
  // Waits for a push that founds the company at the same moment.
  await tx
    .select({ head: organisationHeadTable.head })
    .from(organisationHeadTable)
    .where(eq(organisationHeadTable.organisationId, organisationId))
    .for('update');
  const [written] = await tx
    .select({ seq: changeLogTable.seq })
    .from(changeLogTable)
    .where(and(eq(changeLogTable.organisationId, organisationId), ne(changeLogTable.entity, 'device')))
    .limit(1);
  if (written !== undefined) throw new OperationError('conflict', { reason: 'company-known' });
  await tx
    .update(deviceTokenTable)
    .set({ revokedAt: now })
    .where(and(eq(deviceTokenTable.organisationId, organisationId), isNull(deviceTokenTable.revokedAt)));
}

type Role = 'manager' | 'clerk' | null;

/** What one member of staff may write; see `readRoles`. */
export async function roleOf(
  viewer: Pick<Viewer, 'company'>,
  organisationId: string,
  staffId: string,
  pairedFor: string,
): Promise<Role> {
  return viewer.company(organisationId, async ({ tx }) => {
    const role = await readRoles(tx, organisationId, [staffId], pairedFor);
    return role(staffId);
  });
}

/**
 * What members of staff may write, by one statement: null for whoever is unknown or not active. Whoever founds the
 * company by pairing its first desk writes before anybody is known.
 */
export async function readRoles(
  tx: Transaction,
  organisationId: string,
  staffIds: readonly string[],
  pairedFor: string,
): Promise<(staffId: string) => Role> {
  const [found, anybody] = await together(
    tx
      .select({ id: staffTable.id, active: staffTable.active, deleted: staffTable.deleted, role: staffTable.role })
      .from(staffTable)
      .where(and(eq(staffTable.organisationId, organisationId), isAmong(staffTable.id, staffIds)))
      .execute(),
    tx
      .select({ id: staffTable.id })
      .from(staffTable)
      .where(eq(staffTable.organisationId, organisationId))
      .limit(1)
      .execute(),
  );
  const members = new Map(found.map((member) => [member.id, member]));
  return (staffId) => {
    const member = members.get(staffId);
    if (member !== undefined) return member.active && !member.deleted ? member.role : null;
    return anybody.length === 0 && staffId === pairedFor ? 'manager' : null;
  };
}
