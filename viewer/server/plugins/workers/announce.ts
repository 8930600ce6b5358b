import type { Company } from '../../context.ts';
import type { JobData, JobTry } from '../jobs.ts';
import type { MailOutcome } from '../mail.ts';
import { renderLetter } from '../mails/layout.ts';
import { senderOf } from '../mails/letters.ts';
import { deliveryId, outcomeEdit, pendingEdit, readDeliveries } from './deliveries.ts';
import { type Addressee, type News, readAddressees, readNews, readOrganisation } from './news.ts';
import type { WorkerParts } from './parts.ts';

/** Persons in one transaction: a page of the change log must be able to hold what it writes. */
const chunkSize = 200;

/** Hours of the day at which a notice that begins later is told of, so that no mail goes out at midnight. */
const morning = 'T07:00:00.000Z';

/**
 * Works out who is told of something that became visible, writes the delivery ledger and enqueues a mail for each. Run
 * twice it tells nobody twice.
 */
export async function announce({ viewer, jobs }: WorkerParts, data: JobData['announce']): Promise<void> {
  const { organisationId, kind, subjectId, release, mailAt } = data;
  const addressees = await viewer.company(organisationId, async (company) => {
    const news = await readNews(company, kind, subjectId, viewer.now());
    if (news === null || news.release !== release) return [];
    if (news.visibleFrom !== null) {
      await jobs.send(company.tx, 'announce', data, new Date(`${news.visibleFrom}${morning}`));
      return [];
    }
    return readAddressees(company, news.personIds);
  });
  for (let start = 0; start < addressees.length; start += chunkSize) {
    const chunk = addressees.slice(start, start + chunkSize);
    await viewer.company(organisationId, async (company) => {
      const rows = chunk.map((addressee) => ({
        addressee,
        id: deliveryId(organisationId, kind, subjectId, addressee.personId),
      }));
      const known = await readDeliveries(
        company,
        rows.map((row) => row.id),
      );
      const untold = rows.filter(({ id }) => !isDone(known.get(id)?.state));
      for (const { id } of untold) {
        await jobs.send(company.tx, 'mail', { organisationId, deliveryId: id, release }, new Date(mailAt));
      }
      await company.write(
        { kind: 'server' },
        untold.map(({ id, addressee: { personId, address } }) =>
          pendingEdit(id, { kind, subjectId, personId, address }, viewer.now()),
        ),
      );
    });
  }
}

function isDone(state: string | undefined): boolean {
  return state === 'sent' || state === 'opened';
}

/** Sends one mail, if it still may be sent: who sees what is asked again. */
export async function sendNews(
  { viewer, mailer, publicUrl }: WorkerParts,
  data: JobData['mail'],
  attempt: JobTry,
): Promise<void> {
  const { organisationId, deliveryId: id } = data;
  const prepared = await viewer.company(organisationId, async (company) => {
    const delivery = (await readDeliveries(company, [id])).get(id);
    if (delivery === undefined || delivery.state !== 'pending' || delivery.kind === 'invitation') return null;
    const news = await readNews(company, delivery.kind, delivery.subjectId, viewer.now());
    // Unticked and ticked again: the job of the later release sends it, after its own wait.
    if (news !== null && news.release !== null && news.release !== data.release) return null;
    const [addressee] = news?.personIds.includes(delivery.personId)
      ? await readAddressees(company, [delivery.personId])
      : [];
    if (news === null || addressee === undefined) {
      await company.write({ kind: 'server' }, [outcomeEdit(id, 'cancelled', viewer.now())]);
      return null;
    }
    return compose(company, news, addressee, publicUrl());
  });
  if (prepared === null) return;
  const outcome = await attemptMail(() => mailer.send({ id, ...prepared }), attempt);
  await viewer.company(organisationId, ({ write }) =>
    write({ kind: 'server' }, [
      outcome.state === 'sent'
        ? outcomeEdit(id, 'sent', viewer.now())
        : outcomeEdit(id, 'failed', viewer.now(), outcome.problem),
    ]),
  );
}

async function compose(company: Company, news: News, addressee: Addressee, publicUrl: string) {
  const organisation = await readOrganisation(company);
  const { language, name, address } = addressee;
  const letter = news.letter({ language, name, sender: senderOf(organisation), url: `${publicUrl}${news.path}` });
  return {
    to: { name, address },
    senderName: organisation.name,
    replyTo: organisation.email,
    language,
    subject: letter.subject,
    ...renderLetter(letter),
  };
}

/** The last try turns a server that cannot be reached into an outcome that the desk shows. */
export async function attemptMail(send: () => Promise<MailOutcome>, attempt: JobTry): Promise<MailOutcome> {
  try {
    return await send();
  } catch (error) {
    if (!attempt.last) throw error;
    return { state: 'refused', problem: 'mail-server-unreachable' };
  }
}
