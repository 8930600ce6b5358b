import { afterAll, beforeAll, expect, test } from 'vitest';
import { foundCompany, type TestCompany } from '../../../../tests/setup/company.ts';
import { type Mailbox, startMailbox } from '../../../../tests/setup/mailbox.ts';
import { startTestViewer, type TestViewer } from '../../../../tests/setup/viewer.ts';

const password = 'korrekt Pferd Batterie';
const other = 'dreizehn grüne Fahrräder';
const hour = 3600_000;

let mailbox: Mailbox;
let viewer: TestViewer;
let company: TestCompany;
beforeAll(async () => {
  mailbox = await startMailbox();
  viewer = await startTestViewer({ SMTP_URL: mailbox.url });
  company = await foundCompany(viewer.viewer);
});
afterAll(async () => {
  await viewer.stop();
  await mailbox.stop();
});

/** A registered, signed-in resident. */
async function resident(email: string) {
  const personId = await company.add('person', { firstName: 'Anna', lastName: 'Bauer', email, mobile: '0170 1' });
  const accountId = await company.add('account', { personId, email, invitedAt: new Date().toISOString() });
  const token = /\/einladung\/([\w-]+)/.exec((await mailbox.take(email)).mail.text ?? '')?.[1] ?? '';
  const browser = viewer.browser();
  await browser.call('accounts.accept', { token, password, showInDirectory: false, language: 'en' });
  return { browser, accountId, email };
}

async function resetToken(email: string): Promise<string> {
  const { mail } = await mailbox.take(email);
  const token = /\/passwort\/([\w-]+)/.exec(mail.text ?? '')?.[1];
  if (token === undefined) throw new Error('There is no link in the mail');
  return token;
}

test('the cookie is kept from scripts and other sites', async () => {
  const { browser } = await resident('cookie@example.de');
  const [cookie] = browser.setCookies();
  expect(cookie).toMatch(/^treppenhaus\.session_token=/);
  expect(cookie).toMatch(/; HttpOnly/i);
  expect(cookie).toMatch(/; SameSite=Lax/i);
  expect(cookie).not.toMatch(/; Secure/i);
});

test('signing out ends the session, also for a copy of the cookie', async () => {
  const { browser } = await resident('leaving@example.de');
  const copy = browser.cookies();
  await browser.call('accounts.signOut', {});
  await expect(browser.call('accounts.session', {})).rejects.toMatchObject({ code: 'not-signed-in' });
  const response = await fetch(`${viewer.url}/api/portal/session`, { headers: { cookie: copy } });
  expect(response.status).toBe(401);
});

test('a cookie with another signature is nobody', async () => {
  const { browser } = await resident('forged@example.de');
  const forged = browser.cookies().replace(/(session_token=[^;]*).{6}(;|$)/, '$1AAAAAA$2');
  expect(forged).not.toBe(browser.cookies());
  const response = await fetch(`${viewer.url}/api/portal/session`, { headers: { cookie: forged } });
  expect(response.status).toBe(401);
});

test('a wrong password and an unknown address get the same answer', async () => {
  const { email } = await resident('known@example.de');
  const answers = await Promise.all(
    [email, 'unknown@example.de', 'no address'].map(async (address) => {
      const body = JSON.stringify({ email: address, password: 'something else' });
      const response = await viewer.browser().fetch('/api/portal/sign-in', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      return { status: response.status, body: await response.json() };
    }),
  );
  const refused = { status: 401, body: { error: { code: 'wrong-credentials', details: {} } } };
  expect(answers).toEqual([refused, refused, refused]);
});

test('guessing a password ends after ten tries, for that address from there alone', async () => {
  const { email } = await resident('guessed@example.de');
  for (let tries = 0; tries < 10; tries += 1) {
    const guess = viewer.browser().call('accounts.signIn', { email, password: `guess ${tries}` });
    await expect(guess).rejects.toMatchObject({ code: 'wrong-credentials' });
  }
  const late = viewer.browser().call('accounts.signIn', { email, password });
  await expect(late).rejects.toMatchObject({ code: 'too-many-requests', details: { seconds: expect.any(Number) } });
  const response = await viewer.browser().fetch('/api/portal/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: email.toUpperCase(), password }),
  });
  expect(response.status).toBe(429);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  const { email: neighbour } = await resident('neighbour@example.de');
  await viewer.browser().call('accounts.signIn', { email: neighbour, password });
  viewer.forward(hour / 4);
  await viewer.browser().call('accounts.signIn', { email, password });
});

test('whoever knows the password is not counted as a guesser', async () => {
  const { email } = await resident('regular@example.de');
  for (let visit = 0; visit < 12; visit += 1) await viewer.browser().call('accounts.signIn', { email, password });
});

test('a forgotten password is set anew by mail; all sessions and the link end', async () => {
  const { browser, email } = await resident('forgetful@example.de');
  await viewer.browser().call('accounts.requestReset', { email: 'FORGETFUL@example.de' });
  const token = await resetToken(email);
  const visitor = viewer.browser();
  await expect(visitor.call('accounts.reset', { token, password: 'Passwort123!' })).rejects.toMatchObject({
    code: 'password-too-weak',
  });
  await visitor.call('accounts.reset', { token, password: other });
  await expect(visitor.call('accounts.reset', { token, password })).rejects.toMatchObject({
    code: 'invitation-invalid',
  });
  await expect(browser.call('accounts.session', {})).rejects.toMatchObject({ code: 'not-signed-in' });
  await expect(visitor.call('accounts.signIn', { email, password })).rejects.toMatchObject({
    code: 'wrong-credentials',
  });
  await visitor.call('accounts.signIn', { email, password: other });
});

test('the mail about a password is in the language of the person', async () => {
  const { email } = await resident('english@example.de');
  await viewer.browser().call('accounts.requestReset', { email });
  const { mail } = await mailbox.take(email);
  expect(mail.subject).toBe('New password for the portal');
  expect(mail.headers.get('content-language')).toBe('en');
});

test('asking for a reset tells nobody whether an address is known, and sends nothing to a stranger', async () => {
  const { email } = await resident('asked@example.de');
  const sent = mailbox.mails.length;
  const answers = await Promise.all(
    ['stranger@example.de', email].map(async (address) => {
      const response = await viewer.browser().fetch('/api/portal/password-reset', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: address }),
      });
      return { status: response.status, body: await response.json() };
    }),
  );
  expect(answers).toEqual([
    { status: 200, body: { ok: {} } },
    { status: 200, body: { ok: {} } },
  ]);
  await mailbox.take(email);
  expect(mailbox.mails.slice(sent).map((caught) => caught.to)).toEqual([email]);
});

test('resets of one address are limited', async () => {
  const asking = () => viewer.browser().call('accounts.requestReset', { email: 'flooded@example.de' });
  for (let tries = 0; tries < 3; tries += 1) await asking();
  await expect(asking()).rejects.toMatchObject({ code: 'too-many-requests' });
});

test('a reset link nobody made is invalid', async () => {
  await expect(
    viewer.browser().call('accounts.reset', { token: 'y'.repeat(43), password: other }),
  ).rejects.toMatchObject({ code: 'invitation-invalid' });
});

test('changing the password needs the current one, ends other sessions and keeps this one', async () => {
  const { browser, email } = await resident('careful@example.de');
  const phone = viewer.browser();
  await phone.call('accounts.signIn', { email, password });
  const wrong = browser.call('accounts.changePassword', { current: 'not this one', password: other });
  await expect(wrong).rejects.toMatchObject({ code: 'wrong-credentials' });
  const weak = browser.call('accounts.changePassword', { current: password, password: '1234567890' });
  await expect(weak).rejects.toMatchObject({ code: 'password-too-weak' });
  await browser.call('accounts.changePassword', { current: password, password: other });
  await browser.call('accounts.session', {});
  await expect(phone.call('accounts.session', {})).rejects.toMatchObject({ code: 'not-signed-in' });
  await phone.call('accounts.signIn', { email, password: other });
});

test('settings are the person’s own, and the desks learn of them', async () => {
  const { browser, accountId } = await resident('settled@example.de');
  const { organisationId } = company;
  expect(await browser.call('accounts.settings', { organisationId })).toEqual({
    showInDirectory: false,
    showPhone: false,
    showEmail: false,
    language: 'en',
    name: 'Anna Bauer',
    phone: '0170 1',
  });
  const wish = { showInDirectory: true, showPhone: true, showEmail: false, language: 'de' } as const;
  await browser.call('accounts.saveSettings', { organisationId, ...wish });
  expect(await browser.call('accounts.settings', { organisationId })).toMatchObject(wish);
  expect(await company.read('account', accountId)).toMatchObject(wish);
  const elsewhere = (await foundCompany(viewer.viewer, 'Fremde Verwaltung')).organisationId;
  for (const call of [
    () => browser.call('accounts.settings', { organisationId: elsewhere }),
    () => browser.call('accounts.saveSettings', { organisationId: elsewhere, ...wish }),
  ]) {
    await expect(call()).rejects.toMatchObject({ code: 'not-found' });
  }
});

test('a visit is noted once a day', async () => {
  const { browser, accountId } = await resident('visitor@example.de');
  const registered = (await company.read('account', accountId)).lastSeenAt;
  await browser.call('accounts.session', {});
  expect((await company.read('account', accountId)).lastSeenAt).toBe(registered);
  viewer.forward(25 * hour);
  await browser.call('accounts.session', {});
  const later = (await company.read('account', accountId)).lastSeenAt;
  expect(String(later) > String(registered)).toBe(true);
});
