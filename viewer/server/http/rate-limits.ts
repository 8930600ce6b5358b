import { createHash } from 'node:crypto';
import { lt, sql } from 'drizzle-orm';
import type { HttpOperationName } from '../../../shared/contract/registry.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { RequestContext, Viewer } from '../context.ts';
import { rateLimitTable } from '../db/auth-schema.ts';

interface Limit {
  /** Tries in the window. */
  readonly max: number;
  readonly seconds: number;
  /** Whose tries are counted together. */
  readonly of: (context: RequestContext, input: Readonly<Record<string, unknown>>) => string;
  /** Success forgets the tries: somebody who knows the password is no guesser. */
  readonly forgiving?: true;
}

const address: Limit['of'] = (context) => context.request.ip;
const email: Limit['of'] = (_context, input) => String(input.email).trim().toLowerCase();
const login: Limit['of'] = ({ caller }) => (caller.kind === 'resident' ? caller.loginId : '');
const organisation: Limit['of'] = ({ caller }) => (caller.kind === 'device' ? caller.organisationId : '');
const device: Limit['of'] = ({ caller }) => (caller.kind === 'device' ? caller.deviceId : '');

const quarter = 15 * 60;
const hour = 60 * 60;

/**
 * Tries per address and per account. The account as a whole has a wide limit, address and account together a narrow
 * one, so that nobody is locked out by a stranger's guesses.
 */
const limits: { readonly [N in HttpOperationName]?: readonly Limit[] } = {
  'accounts.signIn': [
    { max: 100, seconds: quarter, of: address },
    { max: 100, seconds: hour, of: email },
    {
      max: 10,
      seconds: quarter,
      of: (context, input) => `${address(context, input)} ${email(context, input)}`,
      forgiving: true,
    },
  ],
  // The library ends a sign-in after five wrong codes, and locks a login that many were tried on.
  'accounts.proveSecondFactor': [{ max: 60, seconds: quarter, of: address }],
  'accounts.beginSecondFactor': [{ max: 10, seconds: quarter, of: login }],
  'accounts.confirmSecondFactor': [{ max: 20, seconds: quarter, of: login }],
  'accounts.renewRecoveryCodes': [{ max: 10, seconds: quarter, of: login }],
  'accounts.endSecondFactor': [{ max: 10, seconds: quarter, of: login }],
  'accounts.requestEmailChange': [{ max: 5, seconds: hour, of: login }],
  'accounts.confirmEmailChange': [{ max: 30, seconds: hour, of: address }],
  'accounts.requestReset': [
    { max: 20, seconds: hour, of: address },
    { max: 3, seconds: quarter, of: email },
  ],
  'accounts.reset': [{ max: 30, seconds: hour, of: address }],
  'accounts.invitation': [{ max: 120, seconds: hour, of: address }],
  'accounts.accept': [{ max: 60, seconds: hour, of: address }],
  'accounts.changePassword': [{ max: 10, seconds: quarter, of: login }],
  // Far beyond what a person writes: each message is mail to others, and files that are kept.
  'activities.open': [{ max: 100, seconds: hour, of: login }],
  'activities.reply': [{ max: 200, seconds: hour, of: login }],
  // A code has 31^8 values: were ten open at any time, all the addresses of the world together would find one in two
  // thousand years.
  'sync.checksums': [{ max: 60, seconds: hour, of: device }],
  'sync.pair': [
    { max: 20, seconds: quarter, of: address },
    { max: 1000, seconds: quarter, of: () => 'everybody' },
  ],
  // Copies are rare, and each leaves a device behind.
  'sync.fork': [{ max: 20, seconds: hour, of: organisation }],
  'sync.createPairingCode': [{ max: 30, seconds: hour, of: device }],
};

/** What the limits of a try need afterwards. */
export interface Attempt {
  readonly succeeded: () => Promise<void>;
}

/**
 * Counts a try of an operation.
 * @throws OperationError `too-many-requests` with the seconds to wait
 */
export async function countAttempt(
  name: HttpOperationName,
  context: RequestContext,
  input: Readonly<Record<string, unknown>>,
): Promise<Attempt> {
  const own = (limits[name] ?? []).map((limit, index) => {
    const text = `${name} ${index} ${limit.of(context, input)}`;
    return { ...limit, key: createHash('sha256').update(text).digest('base64url') };
  });
  for (const { key, max, seconds } of own) await take(context, key, max, seconds);
  return {
    succeeded: async () => {
      for (const { key, forgiving } of own) {
        if (forgiving) await context.global.delete(rateLimitTable).where(sql`${rateLimitTable.key} = ${key}`);
      }
    },
  };
}

async function take(viewer: Viewer, key: string, max: number, seconds: number): Promise<void> {
  const now = new Date(viewer.now());
  const end = new Date(viewer.now() + seconds * 1000);
  const over = sql`${rateLimitTable.windowEndsAt} <= ${now.toISOString()}::timestamptz`;
  const [row] = await viewer.global
    .insert(rateLimitTable)
    .values({ key, windowEndsAt: end, count: 1 })
    .onConflictDoUpdate({
      target: rateLimitTable.key,
      set: {
        count: sql`CASE WHEN ${over} THEN 1 ELSE ${rateLimitTable.count} + 1 END`,
        windowEndsAt: sql`CASE WHEN ${over} THEN ${end.toISOString()}::timestamptz ELSE ${rateLimitTable.windowEndsAt} END`,
      },
    })
    .returning();
  if (row === undefined || row.count <= max) return;
  const wait = Math.max(1, Math.ceil((row.windowEndsAt.getTime() - now.getTime()) / 1000));
  throw new OperationError('too-many-requests', { seconds: wait });
}

/** Forgets windows that are over. */
export async function forgetOldAttempts(viewer: Viewer): Promise<void> {
  await viewer.global.delete(rateLimitTable).where(lt(rateLimitTable.windowEndsAt, new Date(viewer.now())));
}
