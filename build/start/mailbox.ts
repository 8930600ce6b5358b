import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** Takes every mail of the demo, so that none leaves this machine, and keeps them as files. */
export interface Mailbox {
  /** `smtp://127.0.0.1:port`. */
  readonly url: string;
  /** The next mail to this address, also one that has already come. Rejects after `patience` milliseconds. */
  readonly next: (address: string, patience: number) => Promise<ParsedMail>;
  readonly stop: () => Promise<void>;
}

/** Starts a real SMTP server on a free port of 127.0.0.1 that files what it gets in `folder` as `.eml`. */
export async function openMailbox(folder: string): Promise<Mailbox> {
  await mkdir(folder, { recursive: true });
  const unread: { readonly address: string; readonly mail: ParsedMail }[] = [];
  const waiting = new Set<() => void>();
  let count = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.once('end', () => {
        keep(
          Buffer.concat(parts),
          session.envelope.rcptTo.map((to) => to.address),
        ).then(() => done(), done);
      });
    },
  });
  async function keep(raw: Buffer, addresses: readonly string[]): Promise<void> {
    count += 1;
    const stamp = new Date().toISOString().replace(/[:.]/g, '-');
    await writeFile(join(folder, `${stamp}-${count}.eml`), raw);
    const mail = await simpleParser(raw);
    for (const address of addresses) unread.push({ address: address.toLowerCase(), mail });
    for (const wake of waiting) wake();
  }
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    const listener = server.listen(0, '127.0.0.1', () => {
      const address = listener.address();
      if (address === null || typeof address === 'string') reject(new Error('the mailbox has no port'));
      else resolve(address.port);
    });
  });
  return {
    url: `smtp://127.0.0.1:${port}`,
    next: (address, patience) => take(unread, waiting, address.toLowerCase(), patience),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function take(
  unread: { readonly address: string; readonly mail: ParsedMail }[],
  waiting: Set<() => void>,
  address: string,
  patience: number,
): Promise<ParsedMail> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const index = unread.findIndex((item) => item.address === address);
      const [item] = index < 0 ? [] : unread.splice(index, 1);
      if (!item) return;
      clearTimeout(giveUp);
      waiting.delete(look);
      resolve(item.mail);
    };
    const giveUp = setTimeout(() => {
      waiting.delete(look);
      reject(new Error(`no mail to ${address} came within ${patience / 1000} s`));
    }, patience);
    waiting.add(look);
    look();
  });
}
