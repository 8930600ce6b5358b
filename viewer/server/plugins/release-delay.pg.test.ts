import { afterAll, beforeAll, expect, test } from 'vitest';
import { foundCompany, type TestCompany } from '../../../tests/setup/company.ts';
import { type Mailbox, startMailbox } from '../../../tests/setup/mailbox.ts';
import { startTestViewer, type TestViewer } from '../../../tests/setup/viewer.ts';
import { entityTables } from '../db/entity-tables.ts';

let mailbox: Mailbox;
let viewer: TestViewer;
let company: TestCompany;
let email: string;
let activityId: string;
beforeAll(async () => {
  mailbox = await startMailbox();
  viewer = await startTestViewer({ SMTP_URL: mailbox.url, RELEASE_DELAY_SECONDS: '5' });
  company = await foundCompany(viewer.viewer);
  email = 'rosa@example.de';
  const personId = await company.add('person', { lastName: 'Rosa', email });
  await company.add('account', { personId, email, loginEmail: email, registeredAt: '2026-01-02T00:00:00.000Z' });
  activityId = await company.add('activity', { statusId: company.statusId });
  await company.add('activityPerson', { activityId, personId });
});
afterAll(async () => {
  await viewer.stop();
  await mailbox.stop();
});

function release(id: string, released: boolean): Promise<void> {
  return company.set({ entity: 'entry', id, set: { released, releasedAt: new Date().toISOString() } });
}

async function stateOf(id: string): Promise<string | undefined> {
  const { delivery } = entityTables;
  const rows = await viewer.viewer.company(company.organisationId, ({ tx }) => tx.select().from(delivery));
  return rows.find((row) => row.subjectId === id)?.state;
}

const patience = { timeout: 20_000, interval: 50 };

test('unticking before the mail goes out cancels it; ticking again later sends one', async () => {
  const id = await company.add('entry', { activityId });
  await release(id, true);
  await expect.poll(() => stateOf(id), patience).toBe('pending');
  await release(id, false);
  await expect.poll(() => stateOf(id), patience).toBe('cancelled');
  expect(mailbox.mails).toEqual([]);
  await release(id, true);
  await mailbox.take(email);
  await expect.poll(() => stateOf(id), patience).toBe('sent');
});

test('ticked, unticked and ticked again within the wait is one mail, after the last tick', async () => {
  const before = mailbox.mails.length;
  const id = await company.add('entry', { activityId });
  await release(id, true);
  await release(id, false);
  await release(id, true);
  await mailbox.take(email);
  await expect.poll(() => stateOf(id), patience).toBe('sent');
  // A later release of the same entry tells nobody again; when its mail is due, the ones before were, too.
  await release(id, false);
  await release(id, true);
  const marker = await company.add('entry', { activityId });
  await release(marker, true);
  await mailbox.take(email);
  await expect.poll(() => stateOf(marker), patience).toBe('sent');
  expect(mailbox.mails.length - before).toBe(2);
});
