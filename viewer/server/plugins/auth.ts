import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { isAPIError } from 'better-auth/api';
import { eq } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { ViewerLog } from '../context.ts';
import { credentialTable, loginTable, sessionTable, verificationTable } from '../db/auth-schema.ts';
import type { Login } from '../http/callers.ts';

/** Days a session lasts after its last use. */
const sessionDays = 30;
/** Seconds a reset link is valid. */
const resetSeconds = 60 * 60;

/** What a request brings and takes: its cookies. */
interface Cookies {
  readonly headers: Headers;
  readonly setCookie: (value: string) => void;
}

/** Logins, sessions and passwords. No operation of the library is served; these functions are the only way to it. */
export interface Auth {
  readonly find: (headers: Headers, setCookie: (value: string) => void) => Promise<Login | null>;
  /** @throws OperationError `wrong-credentials` for every reason, after the same time */
  readonly signIn: (cookies: Cookies, email: string, password: string) => Promise<Login>;
  readonly signOut: (cookies: Cookies) => Promise<void>;
  /** Ends the other sessions. @throws OperationError `wrong-credentials` where the current password is another */
  readonly changePassword: (cookies: Cookies, current: string, password: string) => Promise<void>;
  /** A link's token for the login of that address; null where there is none. */
  readonly createResetToken: (email: string) => Promise<{ readonly token: string; readonly login: Login } | null>;
  /** Whose password a link sets; null where it is none, or over. */
  readonly findReset: (token: string) => Promise<Login | null>;
  /** Ends all sessions and all other links. @throws OperationError `invitation-invalid` where the link is over or was used */
  readonly reset: (token: string, password: string) => Promise<void>;
  readonly hashPassword: (password: string) => Promise<string>;
}

/** OWASP's parameters for argon2id: 19 MiB, two passes. */
const argon2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Longer passwords only make hashing slow. */
export const maxPasswordLength = 200;

interface AuthOptions {
  readonly db: NodePgDatabase;
  readonly secret: string;
  /** Over https the cookie is `Secure` and named so that plain http cannot set it. */
  readonly secure: boolean;
  readonly log: ViewerLog;
}

/** Sessions in cookies and passwords with argon2id, kept in the schema `auth`. */
export function createAuth({ db, secret, secure, log }: AuthOptions): Auth {
  const auth = betterAuth({
    appName: 'Treppenhaus',
    baseURL: secure ? 'https://viewer.invalid' : 'http://viewer.invalid',
    secret,
    telemetry: { enabled: false },
    database: drizzleAdapter(db, {
      provider: 'pg',
      transaction: true,
      schema: { user: loginTable, session: sessionTable, account: credentialTable, verification: verificationTable },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 1,
      maxPasswordLength,
      resetPasswordTokenExpiresIn: resetSeconds,
      revokeSessionsOnPasswordReset: true,
      password: {
        hash: (password) => hash(password, argon2),
        verify: ({ hash: known, password }) => verify(known, password),
      },
      onPasswordReset: async ({ user }) => {
        await db.delete(verificationTable).where(eq(verificationTable.value, user.id));
      },
    },
    session: { expiresIn: sessionDays * 24 * 3600, updateAge: 24 * 3600 },
    verification: { storeIdentifier: 'hashed' },
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'treppenhaus',
      useSecureCookies: secure,
      // Where residents sit is nobody's business.
      ipAddress: { disableIpTracking: true },
    },
    logger: { log: (level, message) => (level === 'error' ? log.error({}, message) : undefined) },
  });

  const login = (user: { id: string; email: string; name: string }): Login => ({
    id: user.id,
    email: user.email,
    name: user.name,
  });
  const hand = ({ setCookie }: Cookies, headers: Headers): void => {
    for (const cookie of headers.getSetCookie()) setCookie(cookie);
  };

  return {
    find: async (headers, setCookie) => {
      const { response, headers: answer } = await auth.api.getSession({ headers, returnHeaders: true });
      hand({ headers, setCookie }, answer);
      return response === null ? null : login(response.user);
    },
    signIn: async (cookies, email, password) => {
      const body = { email: email.trim(), password };
      const { response, headers } = await expecting('wrong-credentials', () =>
        auth.api.signInEmail({ body, headers: cookies.headers, returnHeaders: true }),
      );
      hand(cookies, headers);
      return login(response.user);
    },
    signOut: async (cookies) => {
      const { headers } = await auth.api.signOut({ headers: cookies.headers, returnHeaders: true });
      hand(cookies, headers);
    },
    changePassword: async (cookies, current, password) => {
      const body = { currentPassword: current, newPassword: password, revokeOtherSessions: true };
      const { headers } = await expecting('wrong-credentials', () =>
        auth.api.changePassword({ body, headers: cookies.headers, returnHeaders: true }),
      );
      hand(cookies, headers);
    },
    createResetToken: async (email) => {
      const [user] = await db.select().from(loginTable).where(eq(loginTable.email, email.trim().toLowerCase()));
      if (user === undefined) return null;
      const token = randomBytes(32).toString('base64url');
      const { internalAdapter } = await auth.$context;
      const expiresAt = new Date(Date.now() + resetSeconds * 1000);
      await internalAdapter.createVerificationValue({ identifier: resetIdentifier(token), value: user.id, expiresAt });
      return { token, login: login(user) };
    },
    findReset: async (token) => {
      const { internalAdapter } = await auth.$context;
      const known = await internalAdapter.findVerificationValue(resetIdentifier(token));
      if (known === null || known.expiresAt < new Date()) return null;
      const user = await internalAdapter.findUserById(known.value);
      return user === null ? null : login(user);
    },
    reset: async (token, password) => {
      await expecting('invitation-invalid', () => auth.api.resetPassword({ body: { token, newPassword: password } }));
    },
    hashPassword: (password) => hash(password, argon2),
  };
}

/** Where the library looks for a reset link's token. */
function resetIdentifier(token: string): string {
  return `reset-password:${token}`;
}

/** Refusals of the library become one code; anything else is a programming error. */
async function expecting<T>(code: 'wrong-credentials' | 'invitation-invalid', work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isAPIError(error) && error.statusCode < 500) throw new OperationError(code);
    throw error;
  }
}
