import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import classes from './accounts.module.css';

const texts = defineTexts({
  de: { name: 'Eingeladen', email: 'E-Mail-Adresse' },
  en: { name: 'Invited', email: 'E-mail address' },
});

/** Whom an invitation is for, on a name plate. */
export function InvitedAs({ name, email }: { readonly name: string; readonly email: string }) {
  const t = useTexts(texts);
  return (
    <dl className={classes.plate}>
      <dt>{t('name')}</dt>
      <dd>{name}</dd>
      {email !== '' && (
        <>
          <dt>{t('email')}</dt>
          <dd>{email}</dd>
        </>
      )}
    </dl>
  );
}
