import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foundCompany, type TestCompany } from '../../../../tests/setup/company.ts';
import { type Mailbox, startMailbox } from '../../../../tests/setup/mailbox.ts';
import { startTestViewer, type TestViewer } from '../../../../tests/setup/viewer.ts';

const password = 'korrekt Pferd Batterie';
const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';

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

type Browser = ReturnType<TestViewer['browser']>;

/** A registered resident, signed in where they registered. */
async function resident(email: string): Promise<Browser> {
  const personId = await company.add('person', { firstName: 'Anna', lastName: 'Bauer', email });
  await company.add('account', { personId, email, invitedAt: new Date().toISOString() });
  const token = /\/einladung\/([\w-]+)/.exec((await mailbox.take(email)).mail.text ?? '')?.[1] ?? '';
  const browser = viewer.browser();
  await browser.call('accounts.accept', { token, password, showInDirectory: false, language: 'de' });
  return browser;
}

/** What an app shows `ahead` seconds from now for a secret in base32 (RFC 6238). */
function codeOf(secret: string, ahead = 0): string {
  const bits = [...secret].map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'));
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor((Date.now() / 1000 + ahead) / 30)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const offset = (hash[hash.length - 1] ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function withSecondFactor(browser: Browser) {
  const started = await browser.call('accounts.beginSecondFactor', { password });
  await browser.call('accounts.confirmSecondFactor', { code: codeOf(started.secret) });
  return started;
}

test('a second factor is asked for only once its first code was right', async () => {
  const email = 'second@example.de';
  const browser = await resident(email);
  await expect(browser.call('accounts.beginSecondFactor', { password: 'falsch' })).rejects.toMatchObject({
    code: 'wrong-credentials',
  });
  const { secret, uri, recoveryCodes } = await browser.call('accounts.beginSecondFactor', { password });
  expect(uri).toMatch(/^otpauth:\/\/totp\/Treppenhaus/);
  expect(new Set(recoveryCodes).size).toBe(10);
  await expect(browser.call('accounts.confirmSecondFactor', { code: '000000' })).rejects.toMatchObject({
    code: 'wrong-code',
  });
  expect(await viewer.browser().call('accounts.signIn', { email, password })).toMatchObject({ email });
  await browser.call('accounts.confirmSecondFactor', { code: codeOf(secret) });
  expect(await browser.call('accounts.security', {})).toMatchObject({ secondFactor: true, recoveryCodesLeft: 10 });
  expect(await viewer.browser().call('accounts.signIn', { email, password })).toEqual({ secondFactor: 'wanted' });
});

test('the password alone opens nothing; the code follows it, or a recovery code, once', async () => {
  const email = 'code@example.de';
  const { secret, recoveryCodes } = await withSecondFactor(await resident(email));
  const other = viewer.browser();
  await other.call('accounts.signIn', { email, password });
  await expect(other.call('accounts.session', {})).rejects.toMatchObject({ code: 'not-signed-in' });
  await expect(other.call('accounts.proveSecondFactor', { code: '000000', remember: false })).rejects.toMatchObject({
    code: 'wrong-code',
  });
  const spaced = codeOf(secret).replace(/^.../, '$& ');
  expect(await other.call('accounts.proveSecondFactor', { code: spaced, remember: false })).toMatchObject({ email });
  expect(await other.call('accounts.session', {})).toMatchObject({ email });

  const third = viewer.browser();
  const [recovery = ''] = recoveryCodes;
  await third.call('accounts.signIn', { email, password });
  await third.call('accounts.proveSecondFactor', { code: recovery, remember: false });
  expect(await third.call('accounts.security', {})).toMatchObject({ recoveryCodesLeft: 9 });
  const fourth = viewer.browser();
  await fourth.call('accounts.signIn', { email, password });
  await expect(fourth.call('accounts.proveSecondFactor', { code: recovery, remember: false })).rejects.toMatchObject({
    code: 'wrong-code',
  });
});

test('a code without the password before it is worth nothing, and guessing ends', async () => {
  const email = 'guess@example.de';
  const { secret } = await withSecondFactor(await resident(email));
  await expect(
    viewer.browser().call('accounts.proveSecondFactor', { code: codeOf(secret), remember: false }),
  ).rejects.toMatchObject({ code: 'wrong-code' });
  const guesser = viewer.browser();
  await guesser.call('accounts.signIn', { email, password });
  for (let guess = 0; guess < 5; guess += 1) {
    await guesser.call('accounts.proveSecondFactor', { code: '000000', remember: false }).catch(() => null);
  }
  await expect(
    guesser.call('accounts.proveSecondFactor', { code: codeOf(secret), remember: false }),
  ).rejects.toMatchObject({ code: 'wrong-code' });
});

test('a remembered browser is not asked again, until the password changes', async () => {
  const email = 'remember@example.de';
  const owner = await resident(email);
  const { secret } = await withSecondFactor(owner);
  const browser = viewer.browser();
  await browser.call('accounts.signIn', { email, password });
  await browser.call('accounts.proveSecondFactor', { code: codeOf(secret), remember: true });
  await browser.call('accounts.signOut', {});
  expect(await browser.call('accounts.signIn', { email, password })).toMatchObject({ email });
  await browser.call('accounts.signOut', {});
  const next = 'dreizehn grüne Fahrräder';
  await owner.call('accounts.changePassword', { current: password, password: next });
  expect(await browser.call('accounts.signIn', { email, password: next })).toEqual({ secondFactor: 'wanted' });
});

test('recovery codes are renewed and the factor ends with the password only', async () => {
  const email = 'renew@example.de';
  const browser = await resident(email);
  await expect(browser.call('accounts.renewRecoveryCodes', { password })).rejects.toMatchObject({
    code: 'wrong-credentials',
  });
  const { recoveryCodes: old } = await withSecondFactor(browser);
  await expect(browser.call('accounts.beginSecondFactor', { password })).rejects.toMatchObject({
    code: 'already-exists',
  });
  const { recoveryCodes } = await browser.call('accounts.renewRecoveryCodes', { password });
  expect(recoveryCodes.some((code) => old.includes(code))).toBe(false);
  await expect(browser.call('accounts.endSecondFactor', { password: 'falsch' })).rejects.toMatchObject({
    code: 'wrong-credentials',
  });
  await browser.call('accounts.endSecondFactor', { password });
  expect(await browser.call('accounts.security', {})).toMatchObject({ secondFactor: false, recoveryCodesLeft: null });
  expect(await viewer.browser().call('accounts.signIn', { email, password })).toMatchObject({ email });
  const subjects = [await mailbox.take(email), await mailbox.take(email)].map(({ mail }) => mail.subject);
  expect(subjects).toEqual(
    expect.arrayContaining(['Anmeldung mit Code eingeschaltet', 'Anmeldung mit Code ausgeschaltet']),
  );
});

test('a browser that was never used is told of by mail, one that was is not', async () => {
  const email = 'browser@example.de';
  const known = await resident(email);
  await known.call('accounts.signOut', {});
  await known.call('accounts.signIn', { email, password });
  const stranger = viewer.browser();
  const body = JSON.stringify({ email, password });
  const headers = { 'content-type': 'application/json', 'user-agent': windows };
  await stranger.fetch('/api/portal/sign-in', { method: 'POST', headers, body });
  const { mail } = await mailbox.take(email);
  expect(mail.subject).toBe('Neue Anmeldung im Portal');
  expect(mail.text).toContain('Firefox unter Windows');
  expect(mail.text).toContain('/passwort-vergessen');
  // Only the stranger's sign-in was told of: the next mail is about the password.
  await known.call('accounts.changePassword', { current: password, password: 'dreizehn grüne Fahrräder' });
  expect((await mailbox.take(email)).mail.subject).toBe('Ihr Passwort wurde geändert');
});

test('sessions are listed and ended, one or all others, and only one’s own', async () => {
  const email = 'sessions@example.de';
  const here = await resident(email);
  const [there, elsewhere] = [viewer.browser(), viewer.browser()];
  await there.call('accounts.signIn', { email, password });
  await elsewhere.call('accounts.signIn', { email, password });
  const { sessions } = await here.call('accounts.security', {});
  expect(sessions.map((session) => session.current)).toEqual([true, false, false]);
  const stranger = await resident('stranger@example.de');
  await stranger.call('accounts.endSessions', { id: sessions[1]?.id ?? '' });
  expect((await here.call('accounts.security', {})).sessions).toHaveLength(3);
  await here.call('accounts.endSessions', { id: sessions[1]?.id ?? '' });
  expect((await here.call('accounts.security', {})).sessions).toHaveLength(2);
  await here.call('accounts.endSessions', { id: sessions[0]?.id ?? '' });
  await here.call('accounts.endSessions', { id: null });
  expect((await here.call('accounts.security', {})).sessions).toHaveLength(1);
  await expect(there.call('accounts.session', {})).rejects.toMatchObject({ code: 'not-signed-in' });
  await expect(elsewhere.call('accounts.session', {})).rejects.toMatchObject({ code: 'not-signed-in' });
});
