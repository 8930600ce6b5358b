import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Mailbox, openMailbox } from './mailbox.ts';

let folder: string;
let mailbox: Mailbox;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'treppenhaus-mail-'));
  mailbox = await openMailbox(folder);
});
afterEach(async () => {
  await mailbox.stop();
  await rm(folder, { recursive: true });
});

test('mails are given out by address, before and after they come, and kept as files', async () => {
  const transport = createTransport(mailbox.url);
  const waiting = mailbox.next('Second@Example.org', 5000);
  for (const to of ['first@example.org', 'second@example.org']) {
    await transport.sendMail({ from: 'verwaltung@example.org', to, subject: `Grüße an ${to}`, text: 'https://x/1' });
  }
  transport.close();
  expect((await waiting).subject).toBe('Grüße an second@example.org');
  expect((await mailbox.next('first@example.org', 5000)).text?.trim()).toBe('https://x/1');
  await expect(mailbox.next('first@example.org', 50)).rejects.toThrow('no mail to first@example.org');
  expect((await readdir(folder)).filter((name) => name.endsWith('.eml'))).toHaveLength(2);
});
