import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { loginTable, verificationTable } from '../../db/auth-schema.ts';
import type { Login } from '../../http/callers.ts';
import {
  type AuthOptions,
  type Cookies,
  createLibrary,
  expecting,
  hand,
  hashPassword,
  resetSeconds,
} from './library.ts';
import { type AccountSecurity, createSecurity } from './security.ts';

/** Logins, sessions and passwords. No operation of the library is served; these functions are the only way to it. */
export interface Auth extends AccountSecurity {
  readonly find: (headers: Headers, setCookie: (value: string) => void) => Promise<Login | null>;
  /**
   * `second-factor`: the password was right, and `proveSecondFactor` has to follow with the cookie that was set.
   * @throws OperationError `wrong-credentials` for every reason, after the same time
   */
  readonly signIn: (cookies: Cookies, email: string, password: string) => Promise<Login | 'second-factor'>;
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

/** Sessions in cookies, passwords and second factors, kept in the schema `auth`. */
export function createAuth(options: AuthOptions): Auth {
  const { db } = options;
  const library = createLibrary(options);
  return {
    ...createSecurity(library, db, options.secure),
    find: async (headers, setCookie) => {
      const { response, headers: answer } = await library.api.getSession({ headers, returnHeaders: true });
      hand({ headers, setCookie }, answer);
      return response === null ? null : loginOf(response.user);
    },
    signIn: async (cookies, email, password) => {
      const body = { email: email.trim(), password };
      const { response, headers } = await expecting('wrong-credentials', () =>
        library.api.signInEmail({ body, headers: cookies.headers, returnHeaders: true }),
      );
      hand(cookies, headers);
      return 'user' in response ? loginOf(response.user) : 'second-factor';
    },
    signOut: async (cookies) => {
      const { headers } = await library.api.signOut({ headers: cookies.headers, returnHeaders: true });
      hand(cookies, headers);
    },
    changePassword: async (cookies, current, password) => {
      const body = { currentPassword: current, newPassword: password, revokeOtherSessions: true };
      const { response, headers } = await expecting('wrong-credentials', () =>
        library.api.changePassword({ body, headers: cookies.headers, returnHeaders: true }),
      );
      // Open links, and browsers that are not asked for a code, belong to the password that is over.
      await db.delete(verificationTable).where(eq(verificationTable.value, response.user.id));
      hand(cookies, headers);
    },
    createResetToken: async (email) => {
      const [user] = await db.select().from(loginTable).where(eq(loginTable.email, email.trim().toLowerCase()));
      if (user === undefined) return null;
      const token = randomBytes(32).toString('base64url');
      const { internalAdapter } = await library.$context;
      const expiresAt = new Date(Date.now() + resetSeconds * 1000);
      await internalAdapter.createVerificationValue({ identifier: resetIdentifier(token), value: user.id, expiresAt });
      return { token, login: loginOf(user) };
    },
    findReset: async (token) => {
      const { internalAdapter } = await library.$context;
      const known = await internalAdapter.findVerificationValue(resetIdentifier(token));
      if (known === null || known.expiresAt < new Date()) return null;
      const user = await internalAdapter.findUserById(known.value);
      return user === null ? null : loginOf(user);
    },
    reset: async (token, password) => {
      await expecting('invitation-invalid', () =>
        library.api.resetPassword({ body: { token, newPassword: password } }),
      );
    },
    hashPassword,
  };
}

function loginOf(user: { id: string; email: string; name: string }): Login {
  return { id: user.id, email: user.email, name: user.name };
}

/** Where the library looks for a reset link's token. */
function resetIdentifier(token: string): string {
  return `reset-password:${token}`;
}
