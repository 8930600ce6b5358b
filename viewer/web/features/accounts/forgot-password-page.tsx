import { Anchor, Button, Stack } from '@mantine/core';
import { IconMailForward } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { paths } from '../../lib/paths.ts';
import { operationError, useDeed } from '../../lib/queries.ts';
import classes from './accounts.module.css';
import { Done } from './done.tsx';
import { EmailField } from './email-field.tsx';
import { Entrance } from './entrance.tsx';
import { accountTexts } from './texts.ts';

const texts = defineTexts({
  de: {
    title: 'Neues Passwort',
    lead: 'Wir schicken Ihnen einen Link, mit dem Sie ein neues Passwort setzen.',
    send: 'Link anfordern',
    badEmail: 'Bitte geben Sie Ihre E-Mail-Adresse ein, zum Beispiel name@beispiel.de.',
    sent: 'Sehen Sie in Ihr Postfach',
    sentHint:
      'Wenn es zu {{email}} einen Zugang gibt, ist ein Link unterwegs. Er gilt kurze Zeit. Kommt nichts an, sehen Sie bitte auch im Spam-Ordner nach.',
  },
  en: {
    title: 'New password',
    lead: 'We send you a link with which you set a new password.',
    send: 'Request link',
    badEmail: 'Please enter your e-mail address, for example name@example.com.',
    sent: 'Check your inbox',
    sentHint:
      'If there is an account for {{email}}, a link is on its way. It is valid for a short time. If nothing arrives, please also look into your spam folder.',
  },
});

/** Asks for a link to set a new password. Whether the address is known is not told. */
export function ForgotPasswordPage() {
  const t = useTexts(texts);
  const account = useTexts(accountTexts);
  const [email, setEmail] = useState('');
  const [checked, setChecked] = useState(false);
  const request = useDeed('accounts.requestReset');
  const valid = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (valid) request.mutate({ email: email.trim() });
  };
  const back = (
    <Anchor component={Link} to={paths.signIn} className={classes.link}>
      {account('toSignIn')}
    </Anchor>
  );
  if (request.isSuccess) {
    return (
      <Entrance title={t('sent')}>
        <Done icon={IconMailForward}>{t('sentHint', { email: email.trim() })}</Done>
        <p className={classes.after}>{back}</p>
      </Entrance>
    );
  }
  const problem = request.isError ? operationError(request.error) : null;
  return (
    <Entrance title={t('title')} lead={t('lead')}>
      <form onSubmit={submit} noValidate className={classes.form}>
        <Stack>
          {problem && <LoadError kind="inline" code={problem.code} details={problem.details} />}
          <EmailField value={email} onChange={setEmail} error={checked && !valid ? t('badEmail') : null} />
          <Button type="submit" loading={request.isPending} fullWidth>
            {t('send')}
          </Button>
        </Stack>
      </form>
      <p className={classes.after}>{back}</p>
    </Entrance>
  );
}
