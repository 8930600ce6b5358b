import { and, eq } from 'drizzle-orm';
import type { Viewer } from '../../context.ts';
import { loginTable } from '../../db/auth-schema.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { beginEmailChange } from '../../features/accounts/email-change.ts';
import { type Login, openAccounts } from '../../http/callers.ts';
import type { JobData, JobTry } from '../jobs.ts';
import { type Letter, renderLetter } from '../mails/layout.ts';
import { type Frame, productSender, resetLetter } from '../mails/letters.ts';
import { emailChangeLetter, securityLetter } from '../mails/security-letter.ts';
import { attemptMail } from './announce.ts';
import type { WorkerParts } from './parts.ts';

/** Sends a link for a new password, if a login has that address; nobody is told whether one has. */
export async function sendReset(parts: WorkerParts, { email }: JobData['reset'], attempt: JobTry): Promise<void> {
  const made = await parts.auth.createResetToken(email);
  if (made === null) return;
  const frame = await frameFor(parts, made.login, `${parts.publicUrl()}/passwort/${made.token}`);
  await sendToLogin(parts, made.login, resetLetter(frame), attempt);
}

/** Sends the two links of a change of address, one to each; both are needed. */
export async function sendEmailChange(
  parts: WorkerParts,
  { loginId, newEmail }: JobData['emailChange'],
  attempt: JobTry,
): Promise<void> {
  const login = await findLogin(parts.viewer, loginId);
  if (login === null) return;
  const { oldToken, newToken } = await beginEmailChange(parts.viewer, login, newEmail);
  const linkOf = (token: string) => frameFor(parts, login, `${parts.publicUrl()}/adresse/${token}`);
  const facts = { oldEmail: login.email, newEmail };
  await sendToLogin(parts, login, emailChangeLetter(await linkOf(oldToken), facts), attempt);
  await sendToLogin(parts, { ...login, email: newEmail }, emailChangeLetter(await linkOf(newToken), facts), attempt);
}

/** Tells the owner of a login what happened to it: whoever did not do it can still act. */
export async function tellOwner(
  parts: WorkerParts,
  { loginId, event, address, browser, system, at }: JobData['security'],
  attempt: JobTry,
): Promise<void> {
  const login = await findLogin(parts.viewer, loginId);
  if (login === null) return;
  const frame = await frameFor(parts, login, `${parts.publicUrl()}/passwort-vergessen`);
  const letter = securityLetter(frame, { event, browser, system, at });
  await sendToLogin(parts, { ...login, email: address ?? login.email }, letter, attempt);
}

async function findLogin({ global }: Pick<Viewer, 'global'>, loginId: string): Promise<Login | null> {
  const [row] = await global.select().from(loginTable).where(eq(loginTable.id, loginId));
  return row === undefined ? null : { id: row.id, email: row.email, name: row.name };
}

async function frameFor({ viewer }: WorkerParts, login: Login, url: string): Promise<Frame> {
  return { language: await languageOf(viewer, login.id), name: login.name, sender: productSender, url };
}

async function sendToLogin(
  { viewer, mailer }: WorkerParts,
  login: Login,
  letter: Letter,
  attempt: JobTry,
): Promise<void> {
  const { language, subject } = letter;
  const outcome = await attemptMail(
    () =>
      mailer.send({
        id: viewer.newId(),
        to: { name: login.name, address: login.email },
        senderName: productSender[0] ?? '',
        replyTo: null,
        language,
        subject,
        ...renderLetter(letter),
      }),
    attempt,
  );
  if (outcome.state !== 'sent') viewer.log.warn({ problem: outcome.problem }, 'a mail to a login was not sent');
}

async function languageOf(viewer: Viewer, loginId: string): Promise<'de' | 'en'> {
  const [first] = await openAccounts(viewer, loginId);
  if (first === undefined) return 'de';
  const { account } = entityTables;
  return viewer.company(first.organisationId, async ({ tx }) => {
    const [row] = await tx
      .select({ language: account.language })
      .from(account)
      .where(and(eq(account.organisationId, first.organisationId), eq(account.id, first.accountId)));
    return row?.language ?? 'de';
  });
}
