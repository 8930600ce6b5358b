import { hash, verify } from '@node-rs/argon2';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { isAPIError } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { eq } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { type ErrorCode, OperationError } from '../../../../shared/lib/errors.ts';
import type { ViewerLog } from '../../context.ts';
import {
  credentialTable,
  loginTable,
  secondFactorTable,
  sessionTable,
  verificationTable,
} from '../../db/auth-schema.ts';

/** Days a session lasts after its last use. */
const sessionDays = 30;
/** Seconds a reset link is valid. */
export const resetSeconds = 60 * 60;
/** Days a browser is not asked for a code again, where somebody wished so. */
const trustedDays = 30;

/** OWASP's parameters for argon2id: 19 MiB, two passes. */
const argon2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Longer passwords only make hashing slow. */
export const maxPasswordLength = 200;

/** What a request brings and takes: its cookies. */
export interface Cookies {
  readonly headers: Headers;
  readonly setCookie: (value: string) => void;
}

export interface AuthOptions {
  readonly db: NodePgDatabase;
  readonly secret: string;
  /** Over https the cookie is `Secure` and named so that plain http cannot set it. */
  readonly secure: boolean;
  readonly log: ViewerLog;
}

/** The hash under which a password is kept. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, argon2);
}

/** The library with our settings: sessions in cookies, passwords with argon2id, codes of an app, in the schema `auth`. */
export function createLibrary({ db, secret, secure, log }: AuthOptions) {
  return betterAuth({
    appName: 'Treppenhaus',
    baseURL: secure ? 'https://viewer.invalid' : 'http://viewer.invalid',
    secret,
    telemetry: { enabled: false },
    database: drizzleAdapter(db, {
      provider: 'pg',
      transaction: true,
      schema: {
        user: loginTable,
        session: sessionTable,
        account: credentialTable,
        verification: verificationTable,
        twoFactor: secondFactorTable,
      },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 1,
      maxPasswordLength,
      resetPasswordTokenExpiresIn: resetSeconds,
      revokeSessionsOnPasswordReset: true,
      password: {
        hash: hashPassword,
        verify: ({ hash: known, password }) => verify(known, password),
      },
      onPasswordReset: async ({ user }) => {
        await db.delete(verificationTable).where(eq(verificationTable.value, user.id));
      },
    },
    session: { expiresIn: sessionDays * 24 * 3600, updateAge: 24 * 3600 },
    verification: { storeIdentifier: 'hashed' },
    plugins: [twoFactor({ issuer: 'Treppenhaus', trustDeviceMaxAge: trustedDays * 24 * 3600 })],
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'treppenhaus',
      useSecureCookies: secure,
      // Where residents sit is nobody's business.
      ipAddress: { disableIpTracking: true },
    },
    logger: { log: (level, message) => (level === 'error' ? log.error({}, message) : undefined) },
  });
}

/** The library as `createLibrary` makes it. */
export type Library = ReturnType<typeof createLibrary>;

/** Hands the cookies of an answer of the library to whoever asked. */
export function hand({ setCookie }: Cookies, headers: Headers): void {
  for (const cookie of headers.getSetCookie()) setCookie(cookie);
}

/** Refusals of the library become one code; anything else is a programming error. */
export async function expecting<T>(code: ErrorCode, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isAPIError(error) && error.statusCode < 500) throw new OperationError(code);
    throw error;
  }
}
