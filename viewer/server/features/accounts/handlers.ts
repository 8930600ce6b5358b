import { OperationError } from '../../../../shared/lib/errors.ts';
import type { ViewerHandlers } from '../../context.ts';
import { findInvitation } from './invitations.ts';
import { checkPassword } from './password.ts';
import { acceptInvitation, findLoginOf } from './register.ts';
import { noteBrowser, type SecurityServices, securityHandlers, signedIn, userAgentOf } from './security.ts';
import { describeSession } from './session.ts';
import { readSettings, saveSettings } from './settings.ts';

/** What the operations on accounts need beside the viewer. */
export interface AccountServices extends SecurityServices {
  /** Leaves the rest to a job, so that the answer takes the same time for every address. */
  readonly requestReset: (email: string) => Promise<void>;
}

/** The operations on accounts. */
export function accountsHandlers(services: AccountServices): ViewerHandlers<'accounts'> {
  const { auth, requestReset, tellOwner } = services;
  return {
    ...securityHandlers(services),
    'accounts.invitation': async (context, { token }) => {
      const { organisationName, personName, email, expiresAt } = await findInvitation(context, token);
      const loginExists = (await findLoginOf(context, email)) !== null;
      return { organisationName, personName, email, expiresAt, loginExists };
    },
    'accounts.accept': async (context, input) => {
      const login = await acceptInvitation(context, auth, input);
      // Whoever registers knows where.
      await auth.recogniseBrowser(context.request, login.id);
      return describeSession(context, login);
    },
    'accounts.signIn': async (context, { email, password }) => {
      const login = await auth.signIn(context.request, email, password);
      if (login === 'second-factor') return { secondFactor: 'wanted' };
      await noteBrowser(services, context, login);
      return describeSession(context, login);
    },
    'accounts.signOut': async ({ request }) => {
      await auth.signOut(request);
      return {};
    },
    'accounts.requestReset': async (_context, { email }) => {
      await requestReset(email.trim().toLowerCase());
      return {};
    },
    'accounts.reset': async ({ request }, { token, password }) => {
      const owner = await auth.findReset(token);
      if (owner === null) throw new OperationError('invitation-invalid');
      checkPassword(password, owner);
      await auth.reset(token, password);
      await tellOwner(owner.id, 'password-changed', userAgentOf(request));
      return {};
    },
    'accounts.session': async (context) => describeSession(context, await signedIn(auth, context.request)),
    'accounts.changePassword': async ({ request }, { current, password }) => {
      const login = await signedIn(auth, request);
      checkPassword(password, login);
      await auth.changePassword(request, current, password);
      await tellOwner(login.id, 'password-changed', userAgentOf(request));
      return {};
    },
    'accounts.settings': (context, { organisationId }) => readSettings(context, organisationId),
    'accounts.saveSettings': async (context, input) => {
      await saveSettings(context, input);
      return {};
    },
  };
}
