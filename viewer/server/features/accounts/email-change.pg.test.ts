import { afterAll, beforeAll, expect, test } from 'vitest';
import { foundCompany, type TestCompany } from '../../../../tests/setup/company.ts';
import { type Mailbox, startMailbox } from '../../../../tests/setup/mailbox.ts';
import { startTestViewer, type TestViewer } from '../../../../tests/setup/viewer.ts';

const password = 'korrekt Pferd Batterie';
const day = 24 * 3600_000;

let mailbox: Mailbox;
let viewer: TestViewer;
let company: TestCompany;
beforeAll(async () => {
  mailbox = await startMailbox();
  viewer = await startTestViewer({ SMTP_URL: mailbox.url });
  company = await foundCompany(viewer.viewer);
});
afterAll(async () => {
  await viewer?.stop();
  await mailbox?.stop();
});

async function linkIn(address: string, path: string): Promise<string> {
  const { mail } = await mailbox.take(address);
  const token = new RegExp(`/${path}/([\\w-]+)`).exec(mail.text ?? '')?.[1];
  if (token === undefined) throw new Error(`There is no link in „${mail.subject}“`);
  return token;
}

/** A registered, signed-in resident. */
async function resident(email: string) {
  const personId = await company.add('person', { firstName: 'Anna', lastName: 'Bauer', email });
  const accountId = await company.add('account', { personId, email, invitedAt: new Date().toISOString() });
  const browser = viewer.browser();
  const token = await linkIn(email, 'einladung');
  await browser.call('accounts.accept', { token, password, showInDirectory: false, language: 'de' });
  return { browser, accountId };
}

const confirm = (token: string) => viewer.browser().call('accounts.confirmEmailChange', { token });
const signIn = (email: string) => viewer.browser().call('accounts.signIn', { email, password });

test('an address changes only when both mailboxes have confirmed it, in whatever order', async () => {
  const { browser, accountId } = await resident('before@example.de');
  await browser.call('accounts.requestEmailChange', { email: 'After@Example.de', password });
  const [old, next] = [await linkIn('before@example.de', 'adresse'), await linkIn('after@example.de', 'adresse')];
  expect(await browser.call('accounts.security', {})).toMatchObject({ newEmail: 'after@example.de' });
  expect(await confirm(next)).toEqual({ changed: false, newEmail: 'after@example.de' });
  await expect(signIn('after@example.de')).rejects.toMatchObject({ code: 'wrong-credentials' });
  expect(await signIn('before@example.de')).toMatchObject({ email: 'before@example.de' });
  await mailbox.take('before@example.de');
  expect(await confirm(old)).toEqual({ changed: true, newEmail: 'after@example.de' });
  expect(await signIn('after@example.de')).toMatchObject({ email: 'after@example.de' });
  await expect(signIn('before@example.de')).rejects.toMatchObject({ code: 'wrong-credentials' });
  expect((await mailbox.take('before@example.de')).mail.subject).toBe('Ihre E-Mail-Adresse wurde geändert');
  expect(await browser.call('accounts.security', {})).toMatchObject({ newEmail: null });
  await expect.poll(() => company.read('account', accountId)).toMatchObject({ loginEmail: 'after@example.de' });
  await expect(confirm(old)).rejects.toMatchObject({ code: 'invitation-invalid' });
});

test('it takes the password, another address, and links that are not over or replaced', async () => {
  const { browser } = await resident('careful@example.de');
  const ask = (email: string, secret = password) =>
    browser.call('accounts.requestEmailChange', { email, password: secret });
  await expect(ask('new@example.de', 'falsch')).rejects.toMatchObject({ code: 'wrong-credentials' });
  await expect(ask('CAREFUL@example.de')).rejects.toMatchObject({ code: 'invalid-input' });
  await ask('first@example.de');
  const first = await linkIn('first@example.de', 'adresse');
  await linkIn('careful@example.de', 'adresse');
  await ask('second@example.de');
  const second = await linkIn('second@example.de', 'adresse');
  await expect(confirm(first)).rejects.toMatchObject({ code: 'invitation-invalid' });
  viewer.forward(day + 1000);
  await expect(confirm(second)).rejects.toMatchObject({ code: 'invitation-invalid' });
  expect(await signIn('careful@example.de')).toMatchObject({ email: 'careful@example.de' });
});

test('an address that another login has is not told to who asks, and is not taken', async () => {
  await resident('taken@example.de');
  const { browser } = await resident('asking@example.de');
  expect(await browser.call('accounts.requestEmailChange', { email: 'taken@example.de', password })).toEqual({});
  const [old, next] = [await linkIn('asking@example.de', 'adresse'), await linkIn('taken@example.de', 'adresse')];
  await confirm(old);
  await expect(confirm(next)).rejects.toMatchObject({ code: 'already-exists' });
  expect(await signIn('asking@example.de')).toMatchObject({ email: 'asking@example.de' });
});
