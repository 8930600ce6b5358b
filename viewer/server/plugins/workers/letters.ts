import { and, eq } from 'drizzle-orm';
import { displayName } from '../../../../shared/features/people/model.ts';
import { instantText } from '../../../../shared/lib/dates.ts';
import type { Company, Viewer } from '../../context.ts';
import { loginTable } from '../../db/auth-schema.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { createInvitationToken } from '../../features/accounts/invitations.ts';
import { type Login, openAccounts } from '../../http/callers.ts';
import type { JobData, JobTry } from '../jobs.ts';
import { type Letter, renderLetter } from '../mails/layout.ts';
import { type Frame, invitationLetter, productSender, resetLetter, senderOf } from '../mails/letters.ts';
import { securityLetter } from '../mails/security-letter.ts';
import { attemptMail } from './announce.ts';
import { deliveryId, outcomeEdit, pendingEdit } from './deliveries.ts';
import { readOrganisation } from './news.ts';
import type { WorkerParts } from './parts.ts';

/**
 * Sends an invitation with a new link. The link exists only in the mail; a repeated try makes another one, and both
 * open the invitation, once.
 */
export async function invite(
  { viewer, mailer, publicUrl }: WorkerParts,
  { organisationId, accountId, invitedAt }: JobData['invite'],
  attempt: JobTry,
): Promise<void> {
  const id = deliveryId(organisationId, 'invitation', accountId, invitedAt);
  const prepared = await viewer.company(organisationId, async (company) => {
    const row = await readInvited(company, accountId);
    if (row === undefined || row.account.invitedAt !== invitedAt) return null;
    const { account, person } = row;
    const address = account.email;
    if (account.disabledAt !== null || account.registeredAt !== null || address === null) return null;
    const token = await createInvitationToken(company, account);
    const subject = { kind: 'invitation', subjectId: accountId, personId: person.id, address } as const;
    await company.write({ kind: 'server' }, [pendingEdit(id, subject, viewer.now())]);
    const organisation = await readOrganisation(company);
    const { language } = account;
    const name = displayName(person);
    const url = `${publicUrl()}/einladung/${token}`;
    const letter = invitationLetter({ language, name, sender: senderOf(organisation), url }, account);
    return {
      to: { name, address },
      senderName: organisation.name,
      replyTo: organisation.email,
      language,
      subject: letter.subject,
      ...renderLetter(letter),
    };
  });
  if (prepared === null) return;
  const outcome = await attemptMail(() => mailer.send({ id, ...prepared }), attempt);
  const sent = outcome.state === 'sent';
  const problem = sent ? null : outcome.problem;
  const invitationSentAt = sent ? instantText(viewer.now()) : null;
  await viewer.company(organisationId, ({ write }) =>
    write({ kind: 'server' }, [
      { entity: 'account', id: accountId, set: { invitationSentAt, problem } },
      outcomeEdit(id, sent ? 'sent' : 'failed', viewer.now(), problem),
    ]),
  );
}

async function readInvited({ tx, organisationId }: Company, accountId: string) {
  const { account, person } = entityTables;
  const [row] = await tx
    .select({ account, person })
    .from(account)
    .innerJoin(person, and(eq(person.organisationId, organisationId), eq(person.id, account.personId)))
    .where(
      and(
        eq(account.organisationId, organisationId),
        eq(account.id, accountId),
        eq(account.deleted, false),
        eq(person.deleted, false),
      ),
    );
  return row;
}

/** Sends a link for a new password, if a login has that address; nobody is told whether one has. */
export async function sendReset(parts: WorkerParts, { email }: JobData['reset'], attempt: JobTry): Promise<void> {
  const made = await parts.auth.createResetToken(email);
  if (made === null) return;
  const frame = await frameFor(parts, made.login, `${parts.publicUrl()}/passwort/${made.token}`);
  await sendToLogin(parts, made.login, resetLetter(frame), attempt);
}

/** Tells the owner of a login what happened to it: whoever did not do it can still act. */
export async function tellOwner(
  parts: WorkerParts,
  { loginId, event, browser, system, at }: JobData['security'],
  attempt: JobTry,
): Promise<void> {
  const [login] = await parts.viewer.global.select().from(loginTable).where(eq(loginTable.id, loginId));
  if (login === undefined) return;
  const frame = await frameFor(parts, login, `${parts.publicUrl()}/passwort-vergessen`);
  await sendToLogin(parts, login, securityLetter(frame, { event, browser, system, at }), attempt);
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
