import { z } from 'zod';
import { defineOperations, idsInput, listFields, nothing, page } from '../../contract/define.ts';
import { email, id, instant, requiredLine } from '../../lib/schemas.ts';
import { rowSchema } from '../../sync/entity.ts';
import { accountStates } from '../people/contract.ts';
import { groupKey } from '../properties/model.ts';
import { accountEntity, invitationChannels } from './model.ts';

export const accountRow = rowSchema(accountEntity);

const accountListRow = accountRow.extend({
  state: z.enum(accountStates),
  personName: z.string(),
  places: z.array(
    z.strictObject({ propertyId: id, propertyNumber: z.string(), unitNumber: z.string().nullable(), group: groupKey }),
  ),
  /** The invitation still waits for the sync. */
  pending: z.boolean(),
});

const token = z.string().min(16).max(200);

/** The signed-in person: one login, the accounts it opens. */
export const sessionInfo = z.strictObject({
  loginId: z.string(),
  email: z.string(),
  name: z.string(),
  language: z.enum(['de', 'en']),
  accounts: z.array(
    z.strictObject({ organisationId: id, organisationName: z.string(), accountId: id, personName: z.string() }),
  ),
});
export type SessionInfo = z.infer<typeof sessionInfo>;

/** The password was right, and the login also asks for a code of its app. */
export const secondFactorWanted = z.strictObject({ secondFactor: z.literal('wanted') });

const password = z.string().max(200);
/** Six digits of the app, or a recovery code. */
const code = requiredLine(40);
const recoveryCodes = z.array(z.string());

/** A browser in which a login is signed in. */
const browserSession = z.strictObject({
  id: z.string(),
  /** The one that asks. */
  current: z.boolean(),
  /** Such as `Firefox` and `Windows`; empty where the browser does not say. */
  browser: z.string(),
  system: z.string(),
  createdAt: instant,
  lastUsedAt: instant,
});

export const accountsOperations = defineOperations({
  list: {
    summary: 'Accounts and invitations; `none` lists people without an account.',
    input: z.strictObject({ propertyId: id.optional(), state: z.enum(accountStates).optional(), ...listFields }),
    output: page(accountListRow),
    audience: 'staff',
    desk: true,
  },
  invite: {
    summary: 'Invites persons; those without an e-mail address or with an account are told apart, not invited.',
    input: z.strictObject({ personIds: z.array(id).min(1).max(10_000), channel: z.enum(invitationChannels) }),
    output: z.strictObject({
      invited: z.int(),
      withoutEmail: z.array(z.string()),
      alreadyInvited: z.array(z.string()),
    }),
    audience: 'staff',
    desk: true,
  },
  renew: {
    summary: 'A new link, valid 30 days; the old one ends.',
    input: idsInput,
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  disable: {
    summary: 'Revokes invitations and closes accounts of this company.',
    input: idsInput,
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  enable: { summary: 'Undoes `disable`.', input: idsInput, output: nothing, audience: 'staff', desk: true },
  invitation: {
    summary: 'What an invitation link is for.',
    input: z.strictObject({ token }),
    output: z.strictObject({
      organisationName: z.string(),
      personName: z.string(),
      email: z.string(),
      expiresAt: instant,
      /** A login with this address exists: sign in to link. */
      loginExists: z.boolean(),
    }),
    audience: 'anonymous',
    http: { method: 'GET', path: '/api/portal/invitations/:token' },
  },
  accept: {
    summary:
      'Registers: sets the password and the first settings, signs in. With a login of that address, the session of that login is needed instead of a password.',
    input: z.strictObject({
      token,
      password: password.optional(),
      showInDirectory: z.boolean(),
      language: z.enum(['de', 'en']),
    }),
    output: sessionInfo,
    audience: 'anonymous',
    http: { method: 'POST', path: '/api/portal/invitations/:token' },
  },
  signIn: {
    summary: 'Signs in with e-mail and password; a login with a second factor is asked for its code then.',
    input: z.strictObject({ email: z.string().max(254), password }),
    output: z.union([sessionInfo, secondFactorWanted]),
    audience: 'anonymous',
    http: { method: 'POST', path: '/api/portal/sign-in' },
  },
  proveSecondFactor: {
    summary: 'The code that follows the password; `remember`: this browser is not asked again for 30 days.',
    input: z.strictObject({ code, remember: z.boolean() }),
    output: sessionInfo,
    audience: 'anonymous',
    http: { method: 'POST', path: '/api/portal/sign-in/second-factor' },
  },
  signOut: {
    summary: 'Ends this session.',
    input: nothing,
    output: nothing,
    audience: 'resident',
    http: { method: 'POST', path: '/api/portal/sign-out' },
  },
  requestReset: {
    summary: 'Sends a reset link, if the address is known; the answer does not tell.',
    input: z.strictObject({ email }),
    output: nothing,
    audience: 'anonymous',
    http: { method: 'POST', path: '/api/portal/password-reset' },
  },
  reset: {
    summary: 'Sets a new password with a reset link.',
    input: z.strictObject({ token, password }),
    output: nothing,
    audience: 'anonymous',
    http: { method: 'PUT', path: '/api/portal/password-reset' },
  },
  session: {
    summary: 'Who is signed in.',
    input: nothing,
    output: sessionInfo,
    audience: 'resident',
    http: { method: 'GET', path: '/api/portal/session' },
  },
  changePassword: {
    summary: 'Changes the password; other sessions end.',
    input: z.strictObject({ current: password, password }),
    output: nothing,
    audience: 'resident',
    http: { method: 'PUT', path: '/api/portal/password' },
  },
  security: {
    summary: 'How the login is protected, and where it is signed in.',
    input: nothing,
    output: z.strictObject({
      secondFactor: z.boolean(),
      /** Null without a second factor. */
      recoveryCodesLeft: z.int().nullable(),
      /** The address that both links still have to confirm. */
      newEmail: z.string().nullable(),
      sessions: z.array(browserSession),
    }),
    audience: 'resident',
    http: { method: 'GET', path: '/api/portal/security' },
  },
  endSessions: {
    summary: 'Signs out in other browsers: in one, or (`id` null) in all but this one.',
    input: z.strictObject({ id: z.string().max(100).nullable() }),
    output: nothing,
    audience: 'resident',
    http: { method: 'POST', path: '/api/portal/sessions/end' },
  },
  beginSecondFactor: {
    summary: 'Makes the secret of an app and the recovery codes; nothing is asked for before a code was confirmed.',
    input: z.strictObject({ password }),
    output: z.strictObject({ uri: z.string(), secret: z.string(), recoveryCodes }),
    audience: 'resident',
    http: { method: 'POST', path: '/api/portal/second-factor' },
  },
  confirmSecondFactor: {
    summary: 'From now on the login asks for a code of the app.',
    input: z.strictObject({ code }),
    output: nothing,
    audience: 'resident',
    http: { method: 'PUT', path: '/api/portal/second-factor' },
  },
  renewRecoveryCodes: {
    summary: 'New recovery codes; the old ones end.',
    input: z.strictObject({ password }),
    output: z.strictObject({ recoveryCodes }),
    audience: 'resident',
    http: { method: 'POST', path: '/api/portal/second-factor/recovery-codes' },
  },
  endSecondFactor: {
    summary: 'The password alone is enough again.',
    input: z.strictObject({ password }),
    output: nothing,
    audience: 'resident',
    http: { method: 'POST', path: '/api/portal/second-factor/end' },
  },
  requestEmailChange: {
    summary:
      'Sends a link to the present and to the new address; the answer does not tell whether the new one is taken.',
    input: z.strictObject({ email, password }),
    output: nothing,
    audience: 'resident',
    http: { method: 'POST', path: '/api/portal/email' },
  },
  confirmEmailChange: {
    summary: 'Confirms it with one of the two links; `changed` once both addresses have.',
    input: z.strictObject({ token }),
    output: z.strictObject({ changed: z.boolean(), newEmail: z.string() }),
    audience: 'anonymous',
    http: { method: 'PUT', path: '/api/portal/email' },
  },
  settings: {
    summary: 'The signed-in person’s settings in one company.',
    input: z.strictObject({ organisationId: id }),
    output: accountRow
      .pick({ showInDirectory: true, showPhone: true, showEmail: true, language: true })
      .extend({ name: requiredLine(), phone: z.string().nullable() }),
    audience: 'resident',
    http: { method: 'GET', path: '/api/portal/organisations/:organisationId/settings' },
  },
  saveSettings: {
    summary: 'Changes them.',
    input: z.strictObject({
      organisationId: id,
      showInDirectory: z.boolean(),
      showPhone: z.boolean(),
      showEmail: z.boolean(),
      language: z.enum(['de', 'en']),
    }),
    output: nothing,
    audience: 'resident',
    http: { method: 'PUT', path: '/api/portal/organisations/:organisationId/settings' },
  },
});
