import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A real mail server that keeps what it gets. */
export interface Mailbox {
  readonly url: string;
  /** Everything that came, in order. */
  readonly mails: readonly Caught[];
  /** Waits until a mail to that address has come that was not taken before, and takes it. */
  readonly take: (address: string) => Promise<Caught>;
  /** Answers every recipient with this reply code from now on; null takes them again. */
  readonly refuse: (code: number | null) => void;
  readonly stop: () => Promise<void>;
}

interface Caught {
  readonly to: string;
  readonly mail: ParsedMail;
  /** As it came over the wire. */
  readonly raw: string;
}

/** Longest wait for a mail (milliseconds); a test fails after it, none passes because of it. */
const patience = 20_000;

/** Starts a mail server on a free port of 127.0.0.1. */
export async function startMailbox(): Promise<Mailbox> {
  const mails: Caught[] = [];
  const taken = new Set<Caught>();
  const waiting = new Set<() => void>();
  let refusal: number | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (_address, _session, done) => {
      if (refusal === null) return done();
      done(Object.assign(new Error(`refused with ${refusal}`), { responseCode: refusal }));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks);
        simpleParser(raw).then((mail) => {
          for (const { address } of session.envelope.rcptTo) mails.push({ to: address, mail, raw: raw.toString() });
          for (const look of waiting) look();
          done();
        }, done);
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    take: (address) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`No mail came to ${address}. There are: ${mails.map((caught) => caught.to).join(', ')}`));
        }, patience);
        const look = (): void => {
          const found = mails.find((caught) => isSame(caught.to, address) && !taken.has(caught));
          if (found === undefined) return;
          taken.add(found);
          waiting.delete(look);
          clearTimeout(timer);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    refuse: (code) => {
      refusal = code;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Mail programs write the domain in lower case. */
function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
