import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { minPasswordLength, strengthOf } from './strength.ts';
import classes from './strength-hint.module.css';

const texts = defineTexts({
  de: {
    empty: 'Mindestens {{length}} Zeichen. Gut sind vier Wörter, die nicht zusammengehören.',
    weak: 'Noch zu leicht zu erraten: mindestens {{length}} Zeichen, keine einfachen Folgen.',
    fair: 'In Ordnung. Länger ist sicherer.',
    good: 'Ein gutes Passwort.',
  },
  en: {
    empty: 'At least {{length}} characters. Four words that do not belong together are good.',
    weak: 'Still too easy to guess: at least {{length}} characters, no simple sequences.',
    fair: 'All right. Longer is safer.',
    good: 'A good password.',
  },
});

/** Says while typing how good a new password is. */
export function StrengthHint({ password }: { readonly password: string }) {
  const t = useTexts(texts);
  const strength = strengthOf(password);
  return (
    <span className={classes.hint} data-strength={strength}>
      <span className={classes.bars} aria-hidden="true">
        <span />
        <span />
        <span />
      </span>
      <span role="status">{t(strength, { length: minPasswordLength })}</span>
    </span>
  );
}
