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
