import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Delivery } from '../../../shared/features/activities/model.ts';
import { foundCompany, type TestCompany } from '../../../tests/setup/company.ts';
import { type Mailbox, startMailbox } from '../../../tests/setup/mailbox.ts';
import { startTestViewer, type TestViewer } from '../../../tests/setup/viewer.ts';
import { entityTables } from '../db/entity-tables.ts';

const day = 24 * 3600_000;

let mailbox: Mailbox;
let viewer: TestViewer;
let company: TestCompany;
let propertyId: string;
beforeAll(async () => {
  mailbox = await startMailbox();
  viewer = await startTestViewer({ SMTP_URL: mailbox.url, PUBLIC_URL: 'https://portal.example.de' });
  company = await foundCompany(viewer.viewer);
  propertyId = await company.add('property', {});
});
afterAll(async () => {
  await viewer.stop();
  await mailbox.stop();
});

let counter = 0;

/** A registered member of the house, without the way through an invitation. */
async function resident(group: 'tenant' | 'owner' = 'tenant', fields: { readonly language?: 'de' | 'en' } = {}) {
  counter += 1;
  const email = `resident${counter}@example.de`;
  const personId = await company.add('person', { firstName: 'Rosa', lastName: `Nr${counter}`, email });
  await company.add('membership', { personId, propertyId, group });
  const accountId = await company.add('account', {
    personId,
    email,
    loginEmail: email,
    registeredAt: '2026-01-02T00:00:00.000Z',
    ...fields,
  });
  return { personId, accountId, email };
}

/** A house without anybody, so that a test knows everybody who is told. */
async function emptyHouse(): Promise<void> {
  propertyId = await company.add('property', {});
}

async function deliveriesOf(subjectId: string): Promise<readonly Delivery[]> {
  const { delivery } = entityTables;
  const rows = await viewer.viewer.company(company.organisationId, ({ tx }) => tx.select().from(delivery));
  return rows.filter((row) => row.subjectId === subjectId);
}

async function states(subjectId: string): Promise<readonly string[]> {
  return (await deliveriesOf(subjectId)).map((row) => row.state).sort();
}

/** Until nothing is left to do: what was not sent by then never is. */
async function settled(): Promise<void> {
  const client = new pg.Client({ connectionString: viewer.databaseUrl });
  await client.connect();
  const open = async () =>
    (await client.query("SELECT 1 FROM jobs.job WHERE state < 'completed' AND name <> 'housekeeping'")).rowCount;
  await expect.poll(open, { timeout: 20_000, interval: 200 }).toBe(0);
  await client.end();
}

function sentTo(email: string) {
  return mailbox.mails.filter((caught) => caught.to === email);
}

test('a published notice is told to those who see it, in their language, and to nobody else', async () => {
  await emptyHouse();
  const tenant = await resident('tenant');
  const english = await resident('tenant', { language: 'en' });
  const owner = await resident('owner');
  const id = await company.add('notice', { propertyId, title: 'Wasser <abgestellt> & "kalt"', state: 'queued' });
  const { mail } = await mailbox.take(tenant.email);
  expect(mail.subject).toBe('Neuer Aushang: Wasser <abgestellt> & "kalt"');
  expect(mail.text).toContain(
    `https://portal.example.de/organisations/${company.organisationId}/properties/${propertyId}/notices#${id}`,
  );
  expect(mail.html).toContain('Wasser &lt;abgestellt&gt; &amp; &quot;kalt&quot;');
  expect(mail.html).not.toContain('<abgestellt>');
  expect(mail.replyTo?.value[0]?.address).toBe('post@sommer.example');
  expect((await mailbox.take(english.email)).mail.subject).toContain('New notice');
  await settled();
  expect(sentTo(owner.email)).toEqual([]);
  expect(await states(id)).toEqual(['sent', 'sent']);
});

test('a notice that begins later is told of on its day', async () => {
  await emptyHouse();
  const tenant = await resident();
  const tomorrow = new Date(viewer.viewer.now() + 2 * day).toISOString().slice(0, 10);
  const id = await company.add('notice', { propertyId, state: 'queued', visibleFrom: tomorrow });
  const client = new pg.Client({ connectionString: viewer.databaseUrl });
  await client.connect();
  const waiting = async () => {
    const found = await client.query<{ at: Date }>(
      "SELECT start_after AS at FROM jobs.job WHERE name = 'announce' AND state = 'created' AND data->>'subjectId' = $1",
      [id],
    );
    return found.rows[0]?.at.toISOString();
  };
  await expect.poll(waiting, { timeout: 20_000 }).toBe(`${tomorrow}T07:00:00.000Z`);
  expect(sentTo(tenant.email)).toEqual([]);
  expect(await states(id)).toEqual([]);
  await client.query("DELETE FROM jobs.job WHERE data->>'subjectId' = $1", [id]);
  await client.end();
});

test('a document is told to those it is released for', async () => {
  await emptyHouse();
  const tenant = await resident('tenant');
  const owner = await resident('owner');
  const named = await resident('tenant');
  const id = await company.add('document', {
    propertyId,
    title: 'Energieausweis',
    audienceGroups: ['owner'],
    audiencePersonIds: [named.personId],
    state: 'queued',
  });
  expect((await mailbox.take(owner.email)).mail.subject).toBe('Neues Dokument: Energieausweis');
  await mailbox.take(named.email);
  await settled();
  expect(sentTo(tenant.email)).toEqual([]);
  expect(await states(id)).toEqual(['sent', 'sent']);
});

async function activityWith(personIds: readonly string[]): Promise<string> {
  const activityId = await company.add('activity', { propertyId, statusId: company.statusId });
  for (const personId of personIds) await company.add('activityPerson', { activityId, personId });
  return activityId;
}

function release(id: string, released: boolean): Promise<void> {
  return company.set({ entity: 'entry', id, set: { released, releasedAt: new Date().toISOString() } });
}

test('a released answer is told to the linked persons, without its words', async () => {
  await emptyHouse();
  const linked = await resident();
  const other = await resident();
  const activityId = await activityWith([linked.personId]);
  const id = await company.add('entry', { activityId, body: 'Geheim: Konto 4711' });
  await release(id, true);
  const { mail, raw } = await mailbox.take(linked.email);
  const { number } = await company.read('activity', activityId);
  expect(mail.subject).toBe(`Neue Nachricht zu Vorgang ${number}: Heizung kalt`);
  expect(mail.text).toContain('Petra Sommer');
  expect(mail.text).toContain(`/organisations/${company.organisationId}/activities/${activityId}`);
  expect(raw).not.toContain('4711');
  await settled();
  expect(sentTo(other.email)).toEqual([]);
  const [delivery] = await deliveriesOf(id);
  expect(delivery).toMatchObject({ kind: 'entry', channel: 'mail', address: linked.email, state: 'sent' });
});

test('an internal note and an unreleased entry are told to nobody', async () => {
  await emptyHouse();
  const linked = await resident();
  const activityId = await activityWith([linked.personId]);
  const note = await company.add('entry', { activityId, kind: 'note', released: true });
  const internal = await company.add('entry', { activityId });
  await settled();
  expect(sentTo(linked.email)).toEqual([]);
  expect([...(await states(note)), ...(await states(internal))]).toEqual([]);
});

test('residents hear of each other’s entries in their activity, nobody of their own', async () => {
  await emptyHouse();
  const author = await resident();
  const partner = await resident();
  const activityId = await activityWith([author.personId, partner.personId]);
  await company.add('entry', {
    activityId,
    authorKind: 'resident',
    authorId: author.personId,
    authorName: 'Rosa',
    released: true,
    releasedAt: new Date().toISOString(),
  });
  await mailbox.take(partner.email);
  await settled();
  expect(sentTo(author.email)).toEqual([]);
});

test('what is decided at the time of sending: access that ended means no mail', async () => {
  await emptyHouse();
  const linked = await resident();
  const activityId = await activityWith([linked.personId]);
  const id = await company.add('entry', { activityId });
  await release(id, true);
  await expect.poll(() => states(id), { timeout: 10_000, interval: 50 }).toEqual(['pending']);
  await company.set({ entity: 'account', id: linked.accountId, set: { disabledAt: '2026-06-01T00:00:00.000Z' } });
  await expect.poll(() => states(id), { timeout: 10_000 }).toEqual(['cancelled']);
  expect(sentTo(linked.email)).toEqual([]);
});

test('a mail server that is busy is asked again; nobody gets a mail twice', async () => {
  await emptyHouse();
  const tenant = await resident();
  mailbox.refuse(451);
  const id = await company.add('notice', { propertyId, state: 'queued' });
  await expect.poll(() => states(id), { timeout: 10_000 }).toEqual(['pending']);
  const client = new pg.Client({ connectionString: viewer.databaseUrl });
  await client.connect();
  const retried = async () =>
    (await client.query("SELECT 1 FROM jobs.job WHERE name = 'mail' AND state = 'retry'")).rowCount;
  await expect.poll(retried, { timeout: 10_000, interval: 100 }).toBe(1);
  mailbox.refuse(null);
  await mailbox.take(tenant.email);
  await settled();
  expect(await states(id)).toEqual(['sent']);
  expect(sentTo(tenant.email)).toHaveLength(1);
  await client.end();
});

test('an address that is refused for good is in the ledger with the server’s words', async () => {
  await emptyHouse();
  await resident();
  mailbox.refuse(550);
  const id = await company.add('notice', { propertyId, state: 'queued' });
  await expect.poll(() => states(id), { timeout: 10_000 }).toEqual(['failed']);
  mailbox.refuse(null);
  expect((await deliveriesOf(id))[0]?.problem).toMatch(/550.*refused with 550/);
});

test('nothing is enqueued by a write that is rolled back', async () => {
  await emptyHouse();
  const tenant = await resident();
  const id = await company.add('notice', { propertyId });
  const failing = viewer.viewer.company(company.organisationId, async ({ write }) => {
    await write({ kind: 'server' }, [{ entity: 'notice', id, set: { state: 'queued' } }]);
    throw new Error('rolled back');
  });
  await expect(failing).rejects.toThrow('rolled back');
  await settled();
  expect(sentTo(tenant.email)).toEqual([]);
  expect(await states(id)).toEqual([]);
});

test('nothing that somebody wrote becomes a header', async () => {
  await emptyHouse();
  const tenant = await resident();
  const client = new pg.Client({ connectionString: viewer.databaseUrl });
  await client.connect();
  // Past every check, straight into the database.
  const evil = 'Sommer\r\nBcc: thief@example.de\r\n\r\n<script>';
  const { organisationId } = company;
  await client.query('UPDATE organisation SET name = $1 WHERE id = $2', [evil, organisationId]);
  await client.query('UPDATE person SET last_name = $1 WHERE id = $2', [evil, tenant.personId]);
  const id = await company.add('notice', { propertyId, title: 'Hallo' });
  await client.query('UPDATE notice SET title = $1 WHERE id = $2', [evil, id]);
  await company.set({ entity: 'notice', id, set: { state: 'queued' } });
  const { mail, raw } = await mailbox.take(tenant.email);
  await client.query("UPDATE organisation SET name = 'Hausverwaltung Sommer' WHERE id = $1", [organisationId]);
  await client.end();
  expect(mail.bcc).toBeUndefined();
  expect(raw.slice(0, raw.indexOf('\r\n\r\n'))).not.toMatch(/^bcc:/im);
  expect(mail.subject).toContain('Sommer Bcc: thief@example.de');
  expect(mail.from?.value).toHaveLength(1);
  expect(mail.html).not.toContain('<script>');
  expect(sentTo('thief@example.de')).toEqual([]);
});
