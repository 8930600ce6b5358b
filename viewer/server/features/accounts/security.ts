import { instantText } from '../../../../shared/lib/dates.ts';
import { OperationError } from '../../../../shared/lib/errors.ts';
import type { RequestContext, ViewerHandlers } from '../../context.ts';
import type { Login } from '../../http/callers.ts';
import type { Auth } from '../../plugins/auth/auth.ts';
import type { SecurityEvent } from '../../plugins/jobs.ts';
import { browserName } from './browser-name.ts';
import { confirmEmailChange, type EmailChangeJobs, wishedEmail } from './email-change.ts';
import { describeSession } from './session.ts';

/** What the operations on the security of a login need beside the viewer. */
export interface SecurityServices {
  readonly auth: Auth;
  /** Leaves a mail to a job: what happened to the login, and in which browser. */
  readonly tellOwner: (loginId: string, event: SecurityEvent, userAgent: string) => Promise<void>;
  /** Leaves the two links to a job, so that the answer takes the same time for every address. */
  readonly requestEmailChange: (loginId: string, newEmail: string) => Promise<void>;
  readonly emailChanges: EmailChangeJobs;
}

type Operation =
  | 'proveSecondFactor'
  | 'security'
  | 'endSessions'
  | 'beginSecondFactor'
  | 'confirmSecondFactor'
  | 'renewRecoveryCodes'
  | 'endSecondFactor'
  | 'requestEmailChange'
  | 'confirmEmailChange';

/** The operations on second factors and sessions. */
export function securityHandlers(
  services: SecurityServices,
): Pick<ViewerHandlers<'accounts'>, `accounts.${Operation}`> {
  const { auth, tellOwner } = services;
  return {
    'accounts.proveSecondFactor': async (context, { code, remember }) => {
      const login = await auth.proveSecondFactor(context.request, code, remember);
      await noteBrowser(services, context, login);
      return describeSession(context, login);
    },
    'accounts.security': async (context) => {
      const { request } = context;
      const login = await signedIn(auth, request);
      const [recoveryCodesLeft, newEmail, sessions] = await Promise.all([
        auth.recoveryCodesLeft(login.id),
        wishedEmail(context, login.id),
        auth.sessions(request),
      ]);
      return {
        secondFactor: recoveryCodesLeft !== null,
        recoveryCodesLeft,
        newEmail,
        sessions: sessions.map(({ id, current, userAgent, createdAt, lastUsedAt }) => ({
          id,
          current,
          ...browserName(userAgent),
          createdAt: instantText(createdAt.getTime()),
          lastUsedAt: instantText(lastUsedAt.getTime()),
        })),
      };
    },
    'accounts.endSessions': async ({ request }, { id }) => {
      await auth.endSessions(request, id);
      return {};
    },
    'accounts.beginSecondFactor': async ({ request }, { password }) => {
      const { uri, secret, recoveryCodes } = await auth.beginSecondFactor(request, password);
      return { uri, secret, recoveryCodes: [...recoveryCodes] };
    },
    'accounts.confirmSecondFactor': async ({ request }, { code }) => {
      const login = await signedIn(auth, request);
      await auth.confirmSecondFactor(request, code);
      await tellOwner(login.id, 'second-factor-on', userAgentOf(request));
      return {};
    },
    'accounts.renewRecoveryCodes': async ({ request }, { password }) => ({
      recoveryCodes: [...(await auth.renewRecoveryCodes(request, password))],
    }),
    'accounts.endSecondFactor': async ({ request }, { password }) => {
      const login = await signedIn(auth, request);
      await auth.endSecondFactor(request, password);
      await tellOwner(login.id, 'second-factor-off', userAgentOf(request));
      return {};
    },
    'accounts.requestEmailChange': async ({ request }, { email, password }) => {
      const login = await auth.checkPassword(request, password);
      const newEmail = email.trim().toLowerCase();
      if (newEmail === login.email) throw new OperationError('invalid-input', { field: 'email' });
      await services.requestEmailChange(login.id, newEmail);
      return {};
    },
    'accounts.confirmEmailChange': (context, { token }) => confirmEmailChange(context, services.emailChanges, token),
  };
}

/** Remembers the browser of a sign-in; one that the login has not used before is told of by mail. */
export async function noteBrowser(
  { auth, tellOwner }: SecurityServices,
  { request }: Pick<RequestContext, 'request'>,
  login: Login,
): Promise<void> {
  if (await auth.recogniseBrowser(request, login.id)) return;
  await tellOwner(login.id, 'new-browser', userAgentOf(request));
}

/** The login of the session. @throws OperationError `not-signed-in` */
export async function signedIn(auth: Auth, request: RequestContext['request']): Promise<Login> {
  const login = await auth.find(request.headers, request.setCookie);
  if (login === null) throw new OperationError('not-signed-in');
  return login;
}

/** What the browser calls itself, at most as long as any real one. */
export function userAgentOf({ headers }: RequestContext['request']): string {
  return (headers.get('user-agent') ?? '').slice(0, 400);
}
