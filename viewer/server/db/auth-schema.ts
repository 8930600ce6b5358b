import { boolean, index, integer, primaryKey, text, timestamp, unique } from 'drizzle-orm/pg-core';
import { authSchema } from './schema.ts';

/**
 * Logins, over all companies. The names of the columns' keys are those that better-auth asks for; a login is its
 * `user`, a credential its `account`, since an account is something else here.
 */
export const loginTable = authSchema.table('login', {
  id: text('id').primaryKey(),
  /** How the person was called when the login was made. */
  name: text('name').notNull(),
  /** Lower case, so that two spellings of one address are one login. */
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull(),
  image: text('image'),
  twoFactorEnabled: boolean('two_factor_enabled').notNull().default(false),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
});

export const sessionTable = authSchema.table(
  'session',
  {
    id: text('id').primaryKey(),
    /** Worth nothing without the viewer's secret: the cookie carries its signature too. */
    token: text('token').notNull().unique(),
    userId: text('login_id')
      .notNull()
      .references(() => loginTable.id, { onDelete: 'cascade' }),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('session_login_id').on(table.userId)],
);

/** A way to prove a login: a password (argon2id), later a company's OpenID provider. */
export const credentialTable = authSchema.table(
  'credential',
  {
    id: text('id').primaryKey(),
    userId: text('login_id')
      .notNull()
      .references(() => loginTable.id, { onDelete: 'cascade' }),
    providerId: text('provider_id').notNull(),
    accountId: text('account_id').notNull(),
    password: text('password'),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: timestamp('access_token_expires_at', { withTimezone: true }),
    refreshTokenExpiresAt: timestamp('refresh_token_expires_at', { withTimezone: true }),
    scope: text('scope'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    unique('credential_provider_account').on(table.providerId, table.accountId),
    index('credential_login_id').on(table.userId),
  ],
);

/** The second factor of a login: the secret of its app and its recovery codes, encrypted with the viewer's secret. */
export const secondFactorTable = authSchema.table(
  'second_factor',
  {
    id: text('id').primaryKey(),
    userId: text('login_id')
      .notNull()
      .unique()
      .references(() => loginTable.id, { onDelete: 'cascade' }),
    secret: text('secret').notNull(),
    backupCodes: text('recovery_codes').notNull(),
    /** Not before the first code was right. */
    verified: boolean('verified').notNull(),
    failedVerificationCount: integer('failed_count').notNull().default(0),
    lockedUntil: timestamp('locked_until', { withTimezone: true }),
  },
  (table) => [index('second_factor_secret').on(table.secret)],
);

/** Browsers in which a login has signed in before, by the hash of a cookie: another one is told of by mail. */
export const knownBrowserTable = authSchema.table(
  'known_browser',
  {
    loginId: text('login_id')
      .notNull()
      .references(() => loginTable.id, { onDelete: 'cascade' }),
    browserHash: text('browser_hash').notNull(),
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.loginId, table.browserHash] }),
    index('known_browser_last_used_at').on(table.lastUsedAt),
  ],
);

/** A login's wish for another address, until both addresses have confirmed it; a newer wish replaces it. */
export const emailChangeTable = authSchema.table(
  'email_change',
  {
    loginId: text('login_id')
      .primaryKey()
      .references(() => loginTable.id, { onDelete: 'cascade' }),
    newEmail: text('new_email').notNull(),
    /** SHA-256 of the links' tokens. */
    oldTokenHash: text('old_token_hash').notNull().unique(),
    newTokenHash: text('new_token_hash').notNull().unique(),
    oldConfirmedAt: timestamp('old_confirmed_at', { withTimezone: true }),
    newConfirmedAt: timestamp('new_confirmed_at', { withTimezone: true }),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('email_change_expires_at').on(table.expiresAt)],
);

/** Reset links: the identifier is hashed. */
export const verificationTable = authSchema.table(
  'verification',
  {
    id: text('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('verification_identifier').on(table.identifier)],
);

/** Tries per window, shared by all viewer processes. The key is a hash: it keeps no address. */
export const rateLimitTable = authSchema.table(
  'rate_limit',
  {
    key: text('key').primaryKey(),
    windowEndsAt: timestamp('window_ends_at', { withTimezone: true }).notNull(),
    count: integer('count').notNull(),
  },
  (table) => [index('rate_limit_window_ends_at').on(table.windowEndsAt)],
);
