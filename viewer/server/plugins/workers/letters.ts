import { and, eq } from 'drizzle-orm';
import { displayName } from '../../../../shared/features/people/model.ts';
import { instantText } from '../../../../shared/lib/dates.ts';
import type { Company } from '../../context.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { createInvitationToken } from '../../features/accounts/invitations.ts';
import type { JobData, JobTry } from '../jobs.ts';
import { renderLetter } from '../mails/layout.ts';
import { invitationLetter, senderOf } from '../mails/letters.ts';
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
