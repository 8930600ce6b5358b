import { defineTexts } from '../../../../shared/ui/texts.ts';

/** Words that the pages of sign-in and registration share. */
export const accountTexts = defineTexts({
  de: {
    email: 'E-Mail-Adresse',
    password: 'Passwort',
    newPassword: 'Neues Passwort',
    signIn: 'Anmelden',
    toSignIn: 'Zur Anmeldung',
    forgot: 'Passwort vergessen?',
    show: 'Eingabe anzeigen',
    hide: 'Eingabe verbergen',
  },
  en: {
    email: 'E-mail address',
    password: 'Password',
    newPassword: 'New password',
    signIn: 'Sign in',
    toSignIn: 'To the sign-in page',
    forgot: 'Forgot your password?',
    show: 'Show input',
    hide: 'Hide input',
  },
});

/** What neighbours may see: the same words where one registers and where one changes one's mind. */
export const consentTexts = defineTexts({
  de: {
    directory: 'Nachbarn dürfen mich im Verzeichnis sehen',
    directoryHint: 'Gezeigt werden Name und Wohnung. Sie können das jederzeit unter „Mein Konto“ ändern.',
  },
  en: {
    directory: 'Neighbours may see me in the directory',
    directoryHint: 'Name and flat are shown. You can change this at any time under “My account”.',
  },
});
