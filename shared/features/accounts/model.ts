import { z } from 'zod';
import { email, id, instant, line } from '../../lib/schemas.ts';
import { defineEntity, type RowOf } from '../../sync/entity.ts';

export const invitationChannels = ['mail', 'letter'] as const;

/** Days an invitation is valid. */
export const invitationDays = 30;

/**
 * Portalzugang: organisation × login × person. The desk invites and disables; the viewer alone says that somebody
 * registered. The login itself (e-mail, password, sessions) never leaves the viewer.
 */
export const accountEntity = defineEntity(
  'account',
  {
    personId: id,
    email: email.nullable(),
    channel: z.enum(invitationChannels),
    /** Of the latest invitation; a new value makes a new link and voids the old one. */
    invitedAt: instant,
    expiresAt: instant,
    /** The company took the invitation or the account back. */
    disabledAt: instant.nullable(),
    /** Facts of the viewer. */
    invitationSentAt: instant.nullable(),
    registeredAt: instant.nullable(),
    lastSeenAt: instant.nullable(),
    loginEmail: email.nullable(),
    /** What the resident consents to in the directory. */
    showInDirectory: z.boolean(),
    showPhone: z.boolean(),
    showEmail: z.boolean(),
    language: z.enum(['de', 'en']),
    problem: line(300).nullable(),
  },
  {
    groups: {
      invitation: ['email', 'channel', 'invitedAt', 'expiresAt'],
      registration: ['registeredAt', 'loginEmail'],
      sending: ['invitationSentAt', 'problem'],
      directory: ['showInDirectory', 'showPhone', 'showEmail'],
    },
    immutable: ['personId'],
    serverOnly: ['registration', 'sending', 'lastSeenAt', 'directory'],
  },
);
export type Account = RowOf<typeof accountEntity>;

export type AccountState = 'invited' | 'expired' | 'registered' | 'disabled';

/** What an account is at an instant. */
export function accountState(
  account: Pick<Account, 'disabledAt' | 'registeredAt' | 'expiresAt'>,
  now: string,
): AccountState {
  if (account.disabledAt !== null) return 'disabled';
  if (account.registeredAt !== null) return 'registered';
  return account.expiresAt <= now ? 'expired' : 'invited';
}
