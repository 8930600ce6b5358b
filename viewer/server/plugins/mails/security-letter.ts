import type { SecurityEvent } from '../jobs.ts';
import type { Letter } from './layout.ts';
import { type Frame, type Language, letter } from './letters.ts';

/** What happened to a login, where and when. */
export interface SecurityFacts {
  readonly event: SecurityEvent;
  /** Empty where the browser does not say. */
  readonly browser: string;
  readonly system: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const german: Readonly<Record<SecurityEvent, { readonly subject: string; readonly happened: string }>> = {
  'new-browser': {
    subject: 'Neue Anmeldung im Portal',
    happened: 'Ihr Konto wurde in einem Browser angemeldet, den Sie bisher nicht benutzt haben',
  },
  'password-changed': { subject: 'Ihr Passwort wurde geändert', happened: 'das Passwort Ihres Kontos wurde geändert' },
  'second-factor-on': {
    subject: 'Anmeldung mit Code eingeschaltet',
    happened: 'Ihr Konto verlangt bei der Anmeldung jetzt zusätzlich einen Code aus Ihrer App',
  },
  'second-factor-off': {
    subject: 'Anmeldung mit Code ausgeschaltet',
    happened: 'für die Anmeldung in Ihrem Konto genügt jetzt wieder das Passwort allein',
  },
  'email-changed': {
    subject: 'Ihre E-Mail-Adresse wurde geändert',
    happened: 'die E-Mail-Adresse, mit der Sie sich im Portal anmelden, wurde geändert',
  },
};

const english: typeof german = {
  'new-browser': {
    subject: 'New sign-in to the portal',
    happened: 'your account was signed in to in a browser that you have not used before',
  },
  'password-changed': { subject: 'Your password was changed', happened: 'the password of your account was changed' },
  'second-factor-on': {
    subject: 'Sign-in with a code switched on',
    happened: 'your account now also asks for a code of your app when you sign in',
  },
  'second-factor-off': {
    subject: 'Sign-in with a code switched off',
    happened: 'the password alone is now enough again to sign in to your account',
  },
  'email-changed': {
    subject: 'Your e-mail address was changed',
    happened: 'the e-mail address with which you sign in to the portal was changed',
  },
};

/** Tells the owner of a login what happened to it, and what to do if it was somebody else. */
export function securityLetter(frame: Frame, facts: SecurityFacts): Letter {
  const happened = { de: german[facts.event], en: english[facts.event] };
  return letter(frame, {
    de: {
      subject: happened.de.subject,
      paragraphs: [
        `${happened.de.happened}: ${circumstances(facts, 'de')}.`,
        'Waren Sie das selbst? Dann müssen Sie nichts tun.',
        'Waren Sie es nicht, setzen Sie bitte gleich ein neues Passwort. Damit werden alle anderen Geräte abgemeldet.',
      ],
      button: 'Neues Passwort festlegen',
      note: 'Diese Nachricht dient Ihrer Sicherheit und lässt sich nicht abbestellen.',
    },
    en: {
      subject: happened.en.subject,
      paragraphs: [
        `${happened.en.happened}: ${circumstances(facts, 'en')}.`,
        'Was it you? Then you need not do anything.',
        'If it was not, please set a new password at once. That signs out all other devices.',
      ],
      button: 'Set a new password',
      note: 'This message is for your security and cannot be switched off.',
    },
  });
}

/** One of the two links of a change of address. */
export function emailChangeLetter(
  frame: Frame,
  { oldEmail, newEmail }: { readonly oldEmail: string; readonly newEmail: string },
): Letter {
  return letter(frame, {
    de: {
      subject: 'Neue E-Mail-Adresse bestätigen',
      paragraphs: [
        `für die Anmeldung im Portal soll statt ${oldEmail} künftig ${newEmail} gelten.`,
        'Damit niemand anders das tun kann, bestätigen Sie es bitte in beiden Postfächern. Die Links gelten 24 Stunden.',
      ],
      button: 'Adresse bestätigen',
      note: 'Sie wollten das nicht? Dann tun Sie nichts: Ihre Adresse bleibt, wie sie ist. Setzen Sie zur Sicherheit ein neues Passwort.',
    },
    en: {
      subject: 'Confirm the new e-mail address',
      paragraphs: [
        `instead of ${oldEmail}, signing in to the portal shall take ${newEmail}.`,
        'So that nobody else can do this, please confirm it in both mailboxes. The links are valid for 24 hours.',
      ],
      button: 'Confirm the address',
      note: 'You did not want this? Then do nothing: your address stays as it is. To be safe, set a new password.',
    },
  });
}

function circumstances({ browser, system, at }: SecurityFacts, language: Language): string {
  const format = new Intl.DateTimeFormat({ de: 'de-DE', en: 'en-GB' }[language], {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Berlin',
  });
  const on = { de: 'unter', en: 'on' }[language];
  const where = [browser, system].filter((name) => name !== '').join(` ${on} `);
  const when = format.format(new Date(at));
  return where === '' ? when : `${where}, ${when}`;
}
