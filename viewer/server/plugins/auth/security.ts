import { createHash, randomBytes } from 'node:crypto';
import { and, eq, gt, ne } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { OperationError } from '../../../../shared/lib/errors.ts';
import { knownBrowserTable, secondFactorTable, sessionTable } from '../../db/auth-schema.ts';
import type { Login } from '../../http/callers.ts';
import { type Cookies, expecting, hand, type Library } from './library.ts';

/** A browser in which a login is signed in. */
export interface BrowserSession {
  readonly id: string;
  readonly current: boolean;
  readonly userAgent: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
}

/** What an app needs, shown once. */
export interface SecondFactorStart {
  /** `otpauth://…`, for the QR code. */
  readonly uri: string;
  /** The same secret to type (base32). */
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

/** What protects a login beside its password. All ask for a session, or throw `not-signed-in`. */
export interface AccountSecurity {
  /** The second step of signing in. @throws OperationError `wrong-code`; after five of them the password is asked for again */
  readonly proveSecondFactor: (cookies: Cookies, code: string, remember: boolean) => Promise<Login>;
  readonly sessions: (cookies: Cookies) => Promise<readonly BrowserSession[]>;
  /** Ends one other session, or all but this one. */
  readonly endSessions: (cookies: Cookies, id: string | null) => Promise<void>;
  /** Null without a second factor. */
  readonly recoveryCodesLeft: (loginId: string) => Promise<number | null>;
  /** @throws OperationError `wrong-credentials` for another password, `already-exists` where there is one */
  readonly beginSecondFactor: (cookies: Cookies, password: string) => Promise<SecondFactorStart>;
  /** @throws OperationError `wrong-code` */
  readonly confirmSecondFactor: (cookies: Cookies, code: string) => Promise<void>;
  /** @throws OperationError `wrong-credentials` for another password or without a second factor */
  readonly renewRecoveryCodes: (cookies: Cookies, password: string) => Promise<readonly string[]>;
  /** @throws OperationError `wrong-credentials` */
  readonly endSecondFactor: (cookies: Cookies, password: string) => Promise<void>;
  /** Asks for the password of the session's login once more. @throws OperationError `wrong-credentials` */
  readonly checkPassword: (cookies: Cookies, password: string) => Promise<Login>;
  /** Remembers this browser by a cookie; tells whether the login has used it before. */
  readonly recogniseBrowser: (cookies: Cookies, loginId: string) => Promise<boolean>;
}

/** Days after which a browser that was not used is unknown again; no browser keeps a cookie longer. */
export const knownBrowserDays = 400;

/** Sessions, second factors and known browsers over the library and its tables. */
export function createSecurity(library: Library, db: NodePgDatabase, secure: boolean): AccountSecurity {
  const cookieName = `${secure ? '__Host-' : ''}treppenhaus.browser`;
  const current = async ({ headers }: Cookies) => {
    const found = await library.api.getSession({ headers });
    if (found === null) throw new OperationError('not-signed-in');
    return found;
  };
  const factorOf = async (loginId: string) => {
    const [row] = await db
      .select({ verified: secondFactorTable.verified })
      .from(secondFactorTable)
      .where(eq(secondFactorTable.userId, loginId));
    return row;
  };

  return {
    proveSecondFactor: async (cookies, code, remember) => {
      const body = { code: code.replaceAll(/\s/g, ''), trustDevice: remember };
      const verify = /^\d{6}$/.test(body.code) ? library.api.verifyTOTP : library.api.verifyBackupCode;
      const { response, headers } = await expecting('wrong-code', () =>
        verify({ body, headers: cookies.headers, returnHeaders: true }),
      );
      hand(cookies, headers);
      const { id, email, name } = response.user;
      return { id, email: email ?? '', name: name ?? '' };
    },
    sessions: async (cookies) => {
      const { session, user } = await current(cookies);
      const rows = await db
        .select()
        .from(sessionTable)
        .where(and(eq(sessionTable.userId, user.id), gt(sessionTable.expiresAt, new Date())));
      return rows
        .map(({ id, userAgent, createdAt, updatedAt }) => ({
          id,
          current: id === session.id,
          userAgent: userAgent ?? '',
          createdAt,
          lastUsedAt: updatedAt,
        }))
        .sort((a, b) => Number(b.current) - Number(a.current) || b.lastUsedAt.getTime() - a.lastUsedAt.getTime());
    },
    endSessions: async (cookies, id) => {
      const { session, user } = await current(cookies);
      const others = and(eq(sessionTable.userId, user.id), ne(sessionTable.id, session.id));
      await db.delete(sessionTable).where(id === null ? others : and(others, eq(sessionTable.id, id)));
    },
    recoveryCodesLeft: async (loginId) => {
      if ((await factorOf(loginId))?.verified !== true) return null;
      const { backupCodes } = await library.api.viewBackupCodes({ body: { userId: loginId } });
      return backupCodes.length;
    },
    beginSecondFactor: async (cookies, password) => {
      const { user } = await current(cookies);
      if ((await factorOf(user.id))?.verified === true) throw new OperationError('already-exists');
      const started = await expecting('wrong-credentials', () =>
        library.api.enableTwoFactor({ body: { password, method: 'totp' }, headers: cookies.headers }),
      );
      if (started.method !== 'totp') throw new Error('Asked for codes of an app');
      const secret = new URL(started.totpURI).searchParams.get('secret') ?? '';
      return { uri: started.totpURI, secret, recoveryCodes: started.backupCodes };
    },
    confirmSecondFactor: async (cookies, code) => {
      await current(cookies);
      const body = { code: code.replaceAll(/\s/g, '') };
      const { headers } = await expecting('wrong-code', () =>
        library.api.verifyTOTP({ body, headers: cookies.headers, returnHeaders: true }),
      );
      hand(cookies, headers);
    },
    renewRecoveryCodes: async (cookies, password) => {
      await current(cookies);
      const { backupCodes } = await expecting('wrong-credentials', () =>
        library.api.generateBackupCodes({ body: { password }, headers: cookies.headers }),
      );
      return backupCodes;
    },
    endSecondFactor: async (cookies, password) => {
      await current(cookies);
      const { headers } = await expecting('wrong-credentials', () =>
        library.api.disableTwoFactor({ body: { password }, headers: cookies.headers, returnHeaders: true }),
      );
      hand(cookies, headers);
    },
    checkPassword: async (cookies, password) => {
      const { user } = await current(cookies);
      await expecting('wrong-credentials', () =>
        library.api.verifyPassword({ body: { password }, headers: cookies.headers }),
      );
      return { id: user.id, email: user.email, name: user.name };
    },
    recogniseBrowser: async ({ headers, setCookie }, loginId) => {
      const found = new RegExp(`(?:^|; )${cookieName.replaceAll('.', '\\.')}=([\\w-]{43})(?:;|$)`);
      const known = found.exec(headers.get('cookie') ?? '')?.[1];
      const token = known ?? randomBytes(32).toString('base64url');
      const attributes = `Path=/; Max-Age=${knownBrowserDays * 86_400}; HttpOnly; SameSite=Lax`;
      setCookie(`${cookieName}=${token}; ${attributes}${secure ? '; Secure' : ''}`);
      // Bound to the login: what one person's cookie is says nothing about another's.
      const browserHash = createHash('sha256').update(`${loginId} ${token}`).digest('hex');
      const lastUsedAt = new Date();
      const updated = await db
        .update(knownBrowserTable)
        .set({ lastUsedAt })
        .where(and(eq(knownBrowserTable.loginId, loginId), eq(knownBrowserTable.browserHash, browserHash)))
        .returning({ loginId: knownBrowserTable.loginId });
      if (updated.length > 0) return true;
      await db.insert(knownBrowserTable).values({ loginId, browserHash, lastUsedAt }).onConflictDoNothing();
      return false;
    },
  };
}
