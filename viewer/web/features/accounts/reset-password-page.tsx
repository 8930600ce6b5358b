import { Anchor, Button, Stack } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { Link, useParams } from 'react-router';
import { commonTexts } from '../../../../shared/ui/common-texts.ts';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { paths } from '../../lib/paths.ts';
import { operationError, useDeed } from '../../lib/queries.ts';
import classes from './accounts.module.css';
import { Done } from './done.tsx';
import { Entrance } from './entrance.tsx';
import { PasswordField } from './password-field.tsx';
import { StrengthHint } from './strength-hint.tsx';
import { accountTexts } from './texts.ts';

const texts = defineTexts({
  de: {
    title: 'Neues Passwort setzen',
    save: 'Passwort speichern',
    done: 'Ihr Passwort ist geändert',
    doneHint: 'Sie können sich jetzt mit dem neuen Passwort anmelden. Auf anderen Geräten sind Sie abgemeldet.',
    stale: 'Dieser Link gilt nicht mehr',
    staleHint: 'Links für ein neues Passwort gelten nur kurz und nur einmal. Ihr bisheriges Passwort ist unverändert.',
    again: 'Neuen Link anfordern',
  },
  en: {
    title: 'Set a new password',
    save: 'Save password',
    done: 'Your password has been changed',
    doneHint: 'You can now sign in with the new password. On other devices you have been signed out.',
    stale: 'This link is no longer valid',
    staleHint: 'Links for a new password are valid for a short time and once only. Your present password is unchanged.',
    again: 'Request a new link',
  },
});

const staleCodes: readonly string[] = ['invitation-invalid', 'invitation-expired', 'invitation-used', 'not-found'];

/** Sets a new password with the link from a mail. */
export function ResetPasswordPage() {
  const t = useTexts(texts);
  const account = useTexts(accountTexts);
  const common = useTexts(commonTexts);
  const { token = '' } = useParams();
  const [password, setPassword] = useState('');
  const [checked, setChecked] = useState(false);
  const reset = useDeed('accounts.reset');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (password !== '') reset.mutate({ token, password });
  };
  if (reset.isSuccess) {
    return (
      <Entrance title={t('done')}>
        <Done icon={IconCircleCheck}>{t('doneHint')}</Done>
        <Button component={Link} to={paths.signIn} fullWidth mt="lg">
          {account('toSignIn')}
        </Button>
      </Entrance>
    );
  }
  const problem = reset.isError ? operationError(reset.error) : null;
  const linkBroken = problem?.code === 'invalid-input' && problem.details.paths?.toString() === 'token';
  if (problem && (linkBroken || staleCodes.includes(problem.code))) {
    return (
      <Entrance title={t('stale')} lead={t('staleHint')}>
        <Button component={Link} to={paths.forgotPassword} fullWidth mt="lg">
          {t('again')}
        </Button>
      </Entrance>
    );
  }
  return (
    <Entrance title={t('title')}>
      <form onSubmit={submit} noValidate className={classes.form}>
        <Stack>
          {problem && <LoadError kind="inline" code={problem.code} details={problem.details} />}
          <PasswordField
            label={account('newPassword')}
            purpose="new-password"
            value={password}
            onChange={setPassword}
            error={checked && password === '' ? common('required') : null}
            description={<StrengthHint password={password} />}
          />
          <Button type="submit" loading={reset.isPending} fullWidth>
            {t('save')}
          </Button>
        </Stack>
      </form>
      <p className={classes.after}>
        <Anchor component={Link} to={paths.signIn} className={classes.link}>
          {account('toSignIn')}
        </Anchor>
      </p>
    </Entrance>
  );
}
