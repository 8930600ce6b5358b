import { createHash } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { opensPortal } from '../../../shared/features/accounts/access.ts';
import { instantText } from '../../../shared/lib/dates.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { DeviceCaller, ResidentCaller, Viewer } from '../context.ts';
import { deviceTokenTable, loginAccountTable } from '../db/schema.ts';
import { accountTable } from '../features/accounts/table.ts';
import { personTable } from '../features/people/table.ts';
import { noteContact, versionHeader } from '../sync/contact.ts';

/** A login as its session proves it. */
export interface Login {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

/** Finds the login of a session cookie; may renew the cookie. */
export type FindLogin = (headers: Headers, setCookie: (value: string) => void) => Promise<Login | null>;

/** Who sent a request. */
export interface Callers {
  /** By `Authorization: Bearer`. @throws OperationError `device-revoked` for a device that was paired once */
  readonly device: (headers: Headers) => Promise<DeviceCaller | null>;
  /**
   * Whose token it is, where it was looked at within the last second. Only for operations that look at the device again
   * in their own transaction, and throw `device-revoked` there: what such a token may do is never remembered.
   */
  readonly remembered: (headers: Headers) => DeviceCaller | null;
  /** By the session cookie. */
  readonly resident: (headers: Headers, setCookie: (value: string) => void) => Promise<ResidentCaller | null>;
}

/** How long it is remembered whose token it is (milliseconds). */
const rememberFor = 1_000;
/** So many at most: beyond it all are forgotten. */
const rememberAtMost = 1_000;

/** SHA-256 of the token of a desk; null where there is none. */
function tokenHashOf(headers: Headers): string | null {
  const token = /^Bearer ([\w-]{40,200})$/.exec(headers.get('authorization') ?? '')?.[1];
  return token === undefined ? null : createHash('sha256').update(token).digest('hex');
}

/** Callers by what the database holds of tokens and sessions. */
export function createCallers(viewer: Viewer, findLogin: FindLogin): Callers {
  const known = new Map<string, { readonly caller: DeviceCaller; readonly at: number }>();
  return {
    remembered: (headers) => {
      const found = known.get(tokenHashOf(headers) ?? '');
      return found === undefined || performance.now() - found.at > rememberFor ? null : found.caller;
    },
    device: async (headers) => {
      const tokenHash = tokenHashOf(headers);
      if (tokenHash === null) return null;
      known.delete(tokenHash);
      const [row] = await viewer.global
        .select()
        .from(deviceTokenTable)
        .where(eq(deviceTokenTable.tokenHash, tokenHash));
      if (row === undefined) return null;
      await refuseEnded(viewer, row, headers);
      await noteContact(viewer, row, headers);
      const { organisationId, deviceId, staffId } = row;
      const caller: DeviceCaller = { kind: 'device', organisationId, deviceId, staffId };
      if (known.size >= rememberAtMost) known.clear();
      known.set(tokenHash, { caller, at: performance.now() });
      return caller;
    },
    resident: async (headers, setCookie) => {
      if (!headers.has('cookie')) return null;
      const login = await findLogin(headers, setCookie);
      if (login === null) return null;
      return {
        kind: 'resident',
        loginId: login.id,
        email: login.email,
        accounts: await openAccounts(viewer, login.id),
      };
    },
  };
}

/**
 * @throws OperationError `device-revoked`: with `destroyKey` the desk deletes its key and its data, with
 *   `reason: 'staff-inactive'` it may come back once the person is active again
 */
async function refuseEnded(viewer: Viewer, row: typeof deviceTokenTable.$inferSelect, headers: Headers): Promise<void> {
  if (row.revokedAt === null && row.suspendedAt === null) return;
  if (row.revokedAt === null) throw new OperationError('device-revoked', { reason: 'staff-inactive' });
  if (row.destroyAskedAt === null) throw new OperationError('device-revoked');
  // Desks before this header do not know what they are told.
  if (row.destroyToldAt === null && headers.has(versionHeader)) {
    await viewer.global
      .update(deviceTokenTable)
      .set({ destroyToldAt: instantText(viewer.now()) })
      .where(eq(deviceTokenTable.tokenHash, row.tokenHash));
  }
  throw new OperationError('device-revoked', { destroyKey: true });
}

/** The accounts a login opens now: registered, not disabled, the person still there. */
export async function openAccounts(viewer: Viewer, loginId: string): Promise<ResidentCaller['accounts']> {
  const links = await viewer.global.select().from(loginAccountTable).where(eq(loginAccountTable.loginId, loginId));
  const companies = [...new Set(links.map((link) => link.organisationId))];
  const accounts = companies.map((organisationId) =>
    viewer.company(organisationId, async ({ tx }) => {
      const own = links.filter((link) => link.organisationId === organisationId);
      const rows = await tx
        .select({ account: accountTable })
        .from(accountTable)
        .innerJoin(
          personTable,
          and(
            eq(personTable.organisationId, accountTable.organisationId),
            eq(personTable.id, accountTable.personId),
            eq(personTable.deleted, false),
          ),
        )
        .where(
          and(
            eq(accountTable.organisationId, organisationId),
            inArray(
              accountTable.id,
              own.map((link) => link.accountId),
            ),
            eq(accountTable.deleted, false),
          ),
        );
      return rows
        .filter(({ account }) => opensPortal(account))
        .map(({ account }) => ({ organisationId, accountId: account.id, personId: account.personId }));
    }),
  );
  return (await Promise.all(accounts)).flat();
}
