import { Anchor, Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, Navigate, useLocation } from 'react-router';
import { commonTexts } from '../../../../shared/ui/common-texts.ts';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { call } from '../../lib/client.ts';
import { paths, targetOf } from '../../lib/paths.ts';
import { operationError } from '../../lib/queries.ts';
import { beginSession, useSession } from '../../lib/session.ts';
import classes from './accounts.module.css';
import { EmailField } from './email-field.tsx';
import { Entrance } from './entrance.tsx';
import { PasswordField } from './password-field.tsx';
import { SecondFactorStep } from './second-factor-step.tsx';
import { accountTexts } from './texts.ts';

const texts = defineTexts({
  de: {
    title: 'Willkommen zu Hause',
    lead: 'Melden Sie sich an, um Aushänge und Dokumente zu lesen und Ihrer Hausverwaltung zu schreiben.',
    noAccess: 'Noch kein Zugang? Sie bekommen ihn mit der Einladung Ihrer Hausverwaltung, per E-Mail oder Brief.',
  },
  en: {
    title: 'Welcome home',
    lead: 'Sign in to read notices and documents and to write to your property manager.',
    noAccess: 'No access yet? You get it with the invitation of your property manager, by e-mail or letter.',
  },
});

/** Signing in with e-mail and password; then on to where one wanted to go. */
export function SignInPage() {
  const t = useTexts(texts);
  const account = useTexts(accountTexts);
  const common = useTexts(commonTexts);
  const { search } = useLocation();
  const session = useSession();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [checked, setChecked] = useState(false);
  const signIn = useMutation({
    mutationFn: () => call('accounts.signIn', { email: email.trim(), password }),
    onSuccess: async (answer) => {
      if ('accounts' in answer) await beginSession(answer);
    },
  });
  if (session.data) return <Navigate to={targetOf(search)} replace />;
  if (signIn.isSuccess && 'secondFactor' in signIn.data) {
    return (
      <SecondFactorStep
        onBack={() => {
          setPassword('');
          signIn.reset();
        }}
      />
    );
  }

  const missing = (value: string) => (checked && value.trim() === '' ? common('required') : null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (email.trim() !== '' && password !== '') signIn.mutate();
  };
  const problem = signIn.isError ? operationError(signIn.error) : null;
  return (
    <Entrance title={t('title')} lead={t('lead')}>
      <form onSubmit={submit} noValidate className={classes.form}>
        <Stack>
          {problem && <LoadError kind="inline" code={problem.code} details={problem.details} />}
          <EmailField value={email} onChange={setEmail} error={missing(email)} />
          <PasswordField
            label={account('password')}
            purpose="current-password"
            value={password}
            onChange={setPassword}
            error={missing(password)}
          />
          <Button type="submit" loading={signIn.isPending} fullWidth>
            {account('signIn')}
          </Button>
        </Stack>
      </form>
      <p className={classes.after}>
        <Anchor component={Link} to={paths.forgotPassword} className={classes.link}>
          {account('forgot')}
        </Anchor>
      </p>
      <p className={classes.hint}>{t('noAccess')}</p>
    </Entrance>
  );
}
