import type { Organisation } from '../../../../shared/features/settings/model.ts';
import type { Letter } from './layout.ts';

export type Language = Letter['language'];

/** A letter's address and sender. */
export interface Frame {
  readonly language: Language;
  /** Of the person; may be empty. */
  readonly name: string;
  readonly sender: readonly string[];
  readonly url: string;
}

/** The product signs where no single company writes. */
export const productSender: readonly string[] = ['Treppenhaus'];

/** How a company signs its mails. */
export function senderOf(
  company: Pick<Organisation, 'name' | 'street' | 'postalCode' | 'city' | 'phone'>,
): readonly string[] {
  const city = [company.postalCode, company.city].filter(Boolean).join(' ');
  return [company.name, company.street ?? '', city, company.phone ?? ''].filter((line) => line !== '');
}

/** What a letter says, in one language. */
export interface Words {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly button: string;
  readonly note: string;
}

/** Puts a letter together in the language of its reader. */
export function letter(frame: Frame, words: Readonly<Record<Language, Words>>): Letter {
  const { subject, paragraphs, button, note } = words[frame.language];
  const greeting = {
    de: frame.name === '' ? 'Guten Tag,' : `Guten Tag ${frame.name},`,
    en: frame.name === '' ? 'Hello,' : `Hello ${frame.name},`,
  }[frame.language];
  return {
    language: frame.language,
    subject,
    greeting,
    paragraphs,
    button: { label: button, url: frame.url },
    note,
    sender: frame.sender,
  };
}

function day(instant: string, language: Language): string {
  const locale = { de: 'de-DE', en: 'en-GB' }[language];
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'Europe/Berlin' });
  // A date does not break across lines.
  return format.format(new Date(instant)).replaceAll(' ', '\u00a0');
}

/** Why somebody gets mails at all. */
const because = {
  de: (company: string) => `Sie erhalten diese E-Mail, weil Sie im Portal von ${company} registriert sind.`,
  en: (company: string) => `You receive this e-mail because you are registered in the portal of ${company}.`,
};

/** The link with which an invited person registers. */
export function invitationLetter(frame: Frame, facts: { readonly expiresAt: string }): Letter {
  const company = frame.sender[0] ?? '';
  return letter(frame, {
    de: {
      subject: `Ihr Zugang zum Portal von ${company}`,
      paragraphs: [
        `${company} lädt Sie in das Portal Ihres Hauses ein. Dort lesen Sie Aushänge, finden Ihre Dokumente und schreiben Ihrer Verwaltung.`,
        `Mit diesem Link legen Sie Ihr Passwort fest. Er gilt bis zum ${day(facts.expiresAt, 'de')} und nur einmal.`,
      ],
      button: 'Zugang einrichten',
      note: 'Das betrifft Sie nicht? Dann löschen Sie diese E-Mail einfach: Ohne Ihr Zutun entsteht kein Zugang.',
    },
    en: {
      subject: `Your access to the portal of ${company}`,
      paragraphs: [
        `${company} invites you to the portal of your building. There you can read notices, find your documents and write to your property manager.`,
        `Use this link to set your password. It is valid until ${day(facts.expiresAt, 'en')} and works once.`,
      ],
      button: 'Set up access',
      note: 'Not meant for you? Then simply delete this e-mail: nothing is set up unless you do it.',
    },
  });
}

/** The link with which somebody sets a new password. */
export function resetLetter(frame: Frame): Letter {
  return letter(frame, {
    de: {
      subject: 'Neues Passwort für das Portal',
      paragraphs: [
        'für Ihren Zugang zum Portal wurde ein neues Passwort angefordert.',
        'Mit diesem Link legen Sie es fest. Er gilt eine Stunde und nur einmal.',
      ],
      button: 'Neues Passwort festlegen',
      note: 'Sie haben nichts angefordert? Dann tun Sie nichts: Ihr Passwort bleibt, wie es ist.',
    },
    en: {
      subject: 'New password for the portal',
      paragraphs: [
        'a new password was requested for your access to the portal.',
        'Use this link to set it. It is valid for one hour and works once.',
      ],
      button: 'Set a new password',
      note: 'You did not request it? Then do nothing: your password stays as it is.',
    },
  });
}

/** A notice hangs on the board. */
export function noticeLetter(frame: Frame, facts: { readonly title: string; readonly property: string }): Letter {
  const company = frame.sender[0] ?? '';
  return letter(frame, {
    de: {
      subject: `Neuer Aushang: ${facts.title}`,
      paragraphs: [`am Schwarzen Brett von ${facts.property} hängt ein neuer Aushang: „${facts.title}“.`],
      button: 'Aushang lesen',
      note: because.de(company),
    },
    en: {
      subject: `New notice: ${facts.title}`,
      paragraphs: [`there is a new notice on the board of ${facts.property}: “${facts.title}”.`],
      button: 'Read the notice',
      note: because.en(company),
    },
  });
}

/** A document was released. */
export function documentLetter(frame: Frame, facts: { readonly title: string; readonly property: string }): Letter {
  const company = frame.sender[0] ?? '';
  return letter(frame, {
    de: {
      subject: `Neues Dokument: ${facts.title}`,
      paragraphs: [`zu ${facts.property} liegt ein neues Dokument für Sie bereit: „${facts.title}“.`],
      button: 'Dokument ansehen',
      note: because.de(company),
    },
    en: {
      subject: `New document: ${facts.title}`,
      paragraphs: [`a new document about ${facts.property} is ready for you: “${facts.title}”.`],
      button: 'View the document',
      note: because.en(company),
    },
  });
}

/** An answer was released. What it says stays in the portal: mail is no safe place for it. */
export function entryLetter(
  frame: Frame,
  facts: { readonly number: number; readonly subject: string; readonly author: string },
): Letter {
  const company = frame.sender[0] ?? '';
  return letter(frame, {
    de: {
      subject: `Neue Nachricht zu Vorgang ${facts.number}: ${facts.subject}`,
      paragraphs: [`${facts.author} hat Ihnen zu Vorgang ${facts.number} „${facts.subject}“ geschrieben.`],
      button: 'Nachricht lesen',
      note: `${because.de(company)} Bitte antworten Sie im Portal.`,
    },
    en: {
      subject: `New message in matter ${facts.number}: ${facts.subject}`,
      paragraphs: [`${facts.author} wrote to you in matter ${facts.number} “${facts.subject}”.`],
      button: 'Read the message',
      note: `${because.en(company)} Please answer in the portal.`,
    },
  });
}
