import { createTransport } from 'nodemailer';
import type { ViewerConfig } from '../config.ts';

/** A mail to one person. */
interface Mail {
  /** Stays the same when it is tried again, so that mail servers can tell that it is the same. */
  readonly id: string;
  readonly to: { readonly name: string; readonly address: string };
  /** Shown as the sender beside the configured address. */
  readonly senderName: string;
  readonly replyTo: string | null;
  readonly language: 'de' | 'en';
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** What became of it. `refused` is final: another try would end the same. */
export type MailOutcome = { readonly state: 'sent' } | { readonly state: 'refused'; readonly problem: string };

export interface Mailer {
  /** @throws where another try may help: the server is away, busy, or does not know the viewer */
  readonly send: (mail: Mail) => Promise<MailOutcome>;
  readonly stop: () => Promise<void>;
}

/** Opens the way to the mail server; without one every mail is refused as `mail-not-set-up`. */
export function openMailer(config: Pick<ViewerConfig, 'smtpUrl' | 'mailFrom'>): Mailer {
  const { smtpUrl } = config;
  if (smtpUrl === null) {
    return { send: async () => ({ state: 'refused', problem: 'mail-not-set-up' }), stop: async () => undefined };
  }
  const address = /<([^<>]+)>\s*$/.exec(config.mailFrom)?.[1] ?? config.mailFrom.trim();
  const host = address.split('@').at(-1) ?? 'localhost';
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 3,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async (mail) => {
      try {
        await transport.sendMail({
          messageId: `<${mail.id}@${host}>`,
          from: { name: oneLine(mail.senderName), address },
          to: { name: oneLine(mail.to.name), address: mail.to.address },
          ...(mail.replyTo === null ? {} : { replyTo: { name: oneLine(mail.senderName), address: mail.replyTo } }),
          subject: oneLine(mail.subject),
          text: mail.text,
          html: mail.html,
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.language },
        });
        return { state: 'sent' };
      } catch (error) {
        const problem = finalRefusal(error);
        if (problem === null) throw error;
        return { state: 'refused', problem };
      }
    },
    stop: async () => transport.close(),
  };
}

/** Line breaks in a header would begin another one. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
  return text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
}

/** The server's words where it refuses this recipient or this mail for good (5xx, RFC 5321 4.2.1); null otherwise. */
function finalRefusal(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code, responseCode, response } = error as Error & {
    readonly code?: string;
    readonly responseCode?: number;
    readonly response?: string;
  };
  const ofThisMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (!ofThisMail) return null;
  if (responseCode !== undefined && responseCode < 500) return null;
  return oneLine(response ?? 'mail-refused').slice(0, 300);
}
