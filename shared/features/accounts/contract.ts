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
      password: z.string().max(200).optional(),
      showInDirectory: z.boolean(),
      language: z.enum(['de', 'en']),
    }),
    output: sessionInfo,
    audience: 'anonymous',
    http: { method: 'POST', path: '/api/portal/invitations/:token' },
  },
  signIn: {
    summary: 'Signs in with e-mail and password.',
    input: z.strictObject({ email: z.string().max(254), password: z.string().max(200) }),
    output: sessionInfo,
    audience: 'anonymous',
    http: { method: 'POST', path: '/api/portal/sign-in' },
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
    input: z.strictObject({ token, password: z.string().max(200) }),
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
    input: z.strictObject({ current: z.string().max(200), password: z.string().max(200) }),
    output: nothing,
    audience: 'resident',
    http: { method: 'PUT', path: '/api/portal/password' },
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
