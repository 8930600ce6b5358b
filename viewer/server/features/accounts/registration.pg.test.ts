import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foundCompany, type TestCompany } from '../../../../tests/setup/company.ts';
import { type Mailbox, startMailbox } from '../../../../tests/setup/mailbox.ts';
import { startTestViewer, type TestViewer } from '../../../../tests/setup/viewer.ts';
import { createInvitationToken } from './invitations.ts';

const password = 'korrekt Pferd Batterie';
const day = 24 * 3600_000;

let mailbox: Mailbox;
let viewer: TestViewer;
let company: TestCompany;
beforeAll(async () => {
  mailbox = await startMailbox();
  viewer = await startTestViewer({ SMTP_URL: mailbox.url, MAIL_FROM: 'Treppenhaus <portal@treppenhaus.example>' });
  company = await foundCompany(viewer.viewer);
});
afterAll(async () => {
  await viewer.stop();
  await mailbox.stop();
});

let counter = 0;
function nextNumber(): number {
  counter += 1;
  return counter;
}

/** A person who was just invited, and the token of the link in the mail. */
async function invitePerson(email = `person${nextNumber()}@example.de`, at: TestCompany = company) {
  const personId = await at.add('person', { firstName: 'Anna', lastName: 'Bauer', email });
  const invitedAt = new Date(viewer.viewer.now()).toISOString();
  const expiresAt = new Date(viewer.viewer.now() + 30 * day).toISOString();
  const accountId = await at.add('account', { personId, email, invitedAt, expiresAt });
  const caught = await mailbox.take(email);
  return { personId, accountId, email, token: tokenIn(caught.mail.text ?? ''), caught };
}

function tokenIn(text: string): string {
  const token = /\/einladung\/([\w-]+)/.exec(text)?.[1];
  if (token === undefined) throw new Error('There is no link in the mail');
  return token;
}

const first = { showInDirectory: true, language: 'de' } as const;

async function register(token: string) {
  const browser = viewer.browser();
  const session = await browser.call('accounts.accept', { token, password, ...first });
  return { browser, session };
}

test('an invited person gets a mail, registers from its link, is signed in, and the desks learn of it', async () => {
  const { token, email, accountId, caught } = await invitePerson('Anna.Bauer@Example.de');
  expect(caught.mail.subject).toBe('Ihr Zugang zum Portal von Hausverwaltung Sommer');
  expect(caught.mail.from?.value).toEqual([{ name: 'Hausverwaltung Sommer', address: 'portal@treppenhaus.example' }]);
  expect(caught.mail.html).toContain('Hausverwaltung Sommer');
  const browser = viewer.browser();
  expect(await browser.call('accounts.invitation', { token })).toMatchObject({
    organisationName: 'Hausverwaltung Sommer',
    personName: 'Anna Bauer',
    email,
    loginExists: false,
  });
  const session = await browser.call('accounts.accept', { token, password, ...first });
  expect(session).toMatchObject({ email: 'anna.bauer@example.de', name: 'Anna Bauer', language: 'de' });
  expect(session.accounts).toEqual([
    {
      organisationId: company.organisationId,
      organisationName: 'Hausverwaltung Sommer',
      accountId,
      personName: 'Anna Bauer',
    },
  ]);
  expect(await browser.call('accounts.session', {})).toEqual(session);
  const account = await company.read('account', accountId);
  expect(account).toMatchObject({ loginEmail: 'anna.bauer@example.de', showInDirectory: true, problem: null });
  expect(account.registeredAt).not.toBeNull();
  expect(account.invitationSentAt).not.toBeNull();
});

test('e-mail addresses compare without regard to case and surrounding spaces', async () => {
  const { token } = await invitePerson('Grosse.Buchstaben@example.de');
  await register(token);
  const session = await viewer.browser().call('accounts.signIn', { email: ' GROSSE.buchstaben@EXAMPLE.de ', password });
  expect(session).toMatchObject({ email: 'grosse.buchstaben@example.de' });
});

test('a link works once', async () => {
  const { token } = await invitePerson();
  await register(token);
  await expect(register(token)).rejects.toMatchObject({ code: 'invitation-used' });
  await expect(viewer.browser().call('accounts.invitation', { token })).rejects.toMatchObject({
    code: 'invitation-used',
  });
});

test('of two who use a link at the same moment one is registered', async () => {
  const { token } = await invitePerson();
  const results = await Promise.allSettled([register(token), register(token)]);
  expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  const refused = results.find((result) => result.status === 'rejected');
  expect(['invitation-used', 'not-signed-in']).toContain(refused?.reason.code);
});

test('a renewed invitation voids the earlier link, the new one works', async () => {
  const { token, accountId, email } = await invitePerson();
  const now = viewer.viewer.now();
  await company.set({
    entity: 'account',
    id: accountId,
    set: { invitedAt: new Date(now + 1).toISOString(), expiresAt: new Date(now + 30 * day).toISOString() },
  });
  const again = tokenIn((await mailbox.take(email)).mail.text ?? '');
  expect(again).not.toBe(token);
  await expect(register(token)).rejects.toMatchObject({ code: 'invitation-invalid' });
  await register(again);
});

test('an invitation that was taken back opens nothing, and opens again when it is given back', async () => {
  const { token, accountId } = await invitePerson();
  await company.set({ entity: 'account', id: accountId, set: { disabledAt: '2026-06-01T00:00:00.000Z' } });
  await expect(register(token)).rejects.toMatchObject({ code: 'invitation-invalid' });
  await company.set({ entity: 'account', id: accountId, set: { disabledAt: null } });
  await register(token);
});

test('a mail that was sent twice opens the invitation with either link, once', async () => {
  const { token, accountId } = await invitePerson();
  const { invitedAt, expiresAt } = await company.read('account', accountId);
  const account = { id: accountId, invitedAt: String(invitedAt), expiresAt: String(expiresAt) };
  const again = await viewer.viewer.company(company.organisationId, (open) => createInvitationToken(open, account));
  const tries = await Promise.allSettled([register(token), register(again)]);
  expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(tries.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'invitation-used' } });
});

test('an invitation expires', async () => {
  const other = await foundCompany(viewer.viewer, 'Verwaltung Herbst');
  const personId = await other.add('person', { lastName: 'Spät', email: 'spaet@example.de' });
  const now = viewer.viewer.now();
  await other.add('account', {
    personId,
    email: 'spaet@example.de',
    invitedAt: new Date(now - 31 * day).toISOString(),
    expiresAt: new Date(now - day).toISOString(),
  });
  const token = tokenIn((await mailbox.take('spaet@example.de')).mail.text ?? '');
  await expect(viewer.browser().call('accounts.invitation', { token })).rejects.toMatchObject({
    code: 'invitation-expired',
  });
  await expect(register(token)).rejects.toMatchObject({ code: 'invitation-expired' });
});

test('a token nobody made is invalid', async () => {
  await expect(register('x'.repeat(43))).rejects.toMatchObject({ code: 'invitation-invalid' });
});

test('weak passwords are refused and use nothing up', async () => {
  const { token, email } = await invitePerson();
  for (const weak of ['kurz', 'Passwort123!', email]) {
    const accepting = viewer.browser().call('accounts.accept', { token, password: weak, ...first });
    await expect(accepting).rejects.toMatchObject({ code: 'password-too-weak', details: { minLength: 10 } });
  }
  await register(token);
});

test('an existing login is linked only by its own session', async () => {
  const { token, email } = await invitePerson();
  const { browser, session } = await register(token);
  const other = await foundCompany(viewer.viewer, 'Verwaltung Winter');
  const second = await invitePerson(email, other);
  expect((await viewer.browser().call('accounts.invitation', { token: second.token })).loginExists).toBe(true);
  const stranger = await invitePerson();
  const strange = await register(stranger.token);
  for (const visitor of [viewer.browser(), strange.browser]) {
    const accepting = visitor.call('accounts.accept', { token: second.token, password, ...first });
    await expect(accepting).rejects.toMatchObject({ code: 'not-signed-in' });
  }
  const linked = await browser.call('accounts.accept', { token: second.token, ...first });
  expect(linked.loginId).toBe(session.loginId);
  expect(linked.accounts.map((account) => account.organisationName).sort()).toEqual([
    'Hausverwaltung Sommer',
    'Verwaltung Winter',
  ]);
});

test('disabling ends one account, not the login', async () => {
  const { token, email, accountId } = await invitePerson();
  const { browser } = await register(token);
  const other = await foundCompany(viewer.viewer, 'Verwaltung Frühling');
  const second = await invitePerson(email, other);
  await browser.call('accounts.accept', { token: second.token, ...first });
  await company.set({ entity: 'account', id: accountId, set: { disabledAt: '2026-06-01T00:00:00.000Z' } });
  const session = await browser.call('accounts.session', {});
  expect(session.accounts.map((account) => account.organisationName)).toEqual(['Verwaltung Frühling']);
  await expect(browser.call('accounts.settings', { organisationId: company.organisationId })).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('a mail server that refuses the address is told to the desk; a renewed invitation tries again', async () => {
  mailbox.refuse(550);
  const email = 'gibtsnicht@example.de';
  const personId = await company.add('person', { lastName: 'Niemand', email });
  const accountId = await company.add('account', { personId, email });
  await expect.poll(() => company.read('account', accountId)).toMatchObject({ invitationSentAt: null, problem: /550/ });
  mailbox.refuse(null);
  const invitedAt = new Date(viewer.viewer.now()).toISOString();
  await company.set({ entity: 'account', id: accountId, set: { invitedAt } });
  await mailbox.take(email);
  await expect.poll(() => company.read('account', accountId)).toMatchObject({ problem: null });
});

test('of tokens and passwords the database holds hashes only', async () => {
  const { token } = await invitePerson();
  await register(token);
  const client = new pg.Client({ connectionString: viewer.databaseUrl });
  await client.connect();
  const tables = await client.query<{ name: string }>(
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'auth', 'jobs')",
  );
  for (const { name } of tables.rows) {
    const found = await client.query(`SELECT 1 FROM ${name} t WHERE t::text LIKE $1 OR t::text LIKE $2`, [
      `%${token}%`,
      `%${password}%`,
    ]);
    expect({ name, found: found.rowCount }).toEqual({ name, found: 0 });
  }
  const kept = await client.query<{ password: string }>('SELECT password FROM auth.credential LIMIT 1');
  expect(kept.rows[0]?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  await client.end();
});
