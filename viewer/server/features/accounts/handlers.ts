import { OperationError } from '../../../../shared/lib/errors.ts';
import type { RequestContext, ViewerHandlers } from '../../context.ts';
import type { Login } from '../../http/callers.ts';
import type { Auth } from '../../plugins/auth.ts';
import { findInvitation } from './invitations.ts';
import { checkPassword } from './password.ts';
import { acceptInvitation, findLoginOf } from './register.ts';
import { describeSession } from './session.ts';
import { readSettings, saveSettings } from './settings.ts';

/** What the operations on accounts need beside the viewer. */
export interface AccountServices {
  readonly auth: Auth;
  /** Leaves the rest to a job, so that the answer takes the same time for every address. */
  readonly requestReset: (email: string) => Promise<void>;
}

/** The operations on accounts. */
export function accountsHandlers({ auth, requestReset }: AccountServices): ViewerHandlers<'accounts'> {
  return {
    'accounts.invitation': async (context, { token }) => {
      const { organisationName, personName, email, expiresAt } = await findInvitation(context, token);
      const loginExists = (await findLoginOf(context, email)) !== null;
      return { organisationName, personName, email, expiresAt, loginExists };
    },
    'accounts.accept': async (context, input) => describeSession(context, await acceptInvitation(context, auth, input)),
    'accounts.signIn': async (context, { email, password }) =>
      describeSession(context, await auth.signIn(context.request, email, password)),
    'accounts.signOut': async ({ request }) => {
      await auth.signOut(request);
      return {};
    },
    'accounts.requestReset': async (_context, { email }) => {
      await requestReset(email.trim().toLowerCase());
      return {};
    },
    'accounts.reset': async (_context, { token, password }) => {
      const owner = await auth.findReset(token);
      if (owner === null) throw new OperationError('invitation-invalid');
      checkPassword(password, owner);
      await auth.reset(token, password);
      return {};
    },
    'accounts.session': async (context) => describeSession(context, await loginOf(context, auth)),
    'accounts.changePassword': async (context, { current, password }) => {
      checkPassword(password, await loginOf(context, auth));
      await auth.changePassword(context.request, current, password);
      return {};
    },
    'accounts.settings': (context, { organisationId }) => readSettings(context, organisationId),
    'accounts.saveSettings': async (context, input) => {
      await saveSettings(context, input);
      return {};
    },
  };
}

async function loginOf({ request }: RequestContext, auth: Auth): Promise<Login> {
  const login = await auth.find(request.headers, request.setCookie);
  if (login === null) throw new OperationError('not-signed-in');
  return login;
}
