import { Button, Stack } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { commonTexts } from '../../../../shared/ui/common-texts.ts';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { operationError, useDeed } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.ts';
import classes from './account.module.css';
import { Done } from './done.tsx';
import { PasswordField } from './password-field.tsx';
import { StrengthHint } from './strength-hint.tsx';
import { accountTexts } from './texts.ts';

const texts = defineTexts({
  de: {
    current: 'Bisheriges Passwort',
    wrong: 'Das bisherige Passwort stimmt nicht. Ihr Passwort ist unverändert.',
    save: 'Passwort ändern',
    done: 'Ihr Passwort ist geändert. Auf anderen Geräten sind Sie abgemeldet.',
  },
  en: {
    current: 'Present password',
    wrong: 'The present password is not right. Your password is unchanged.',
    save: 'Change password',
    done: 'Your password has been changed. On other devices you have been signed out.',
  },
});

/** Changes the password of the login; other sessions end. */
export function PasswordChange() {
  const t = useTexts(texts);
  const common = useTexts(commonTexts);
  const account = useTexts(accountTexts);
  const session = useSession().data ?? null;
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [checked, setChecked] = useState(false);
  const change = useDeed('accounts.changePassword');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (current === '' || password === '') return;
    change.mutate(
      { current, password },
      {
        onSuccess: () => {
          setCurrent('');
          setPassword('');
          setChecked(false);
        },
      },
    );
  };
  const problem = change.isError ? operationError(change.error) : null;
  const wrong = problem?.code === 'wrong-credentials';
  const missing = (value: string) => (checked && value === '' ? common('required') : null);
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <Stack>
        {change.isSuccess && <Done icon={IconCircleCheck}>{t('done')}</Done>}
        {problem && !wrong && <LoadError kind="inline" code={problem.code} details={problem.details} />}
        {/* Password managers file the password under this. */}
        <input type="text" name="username" autoComplete="username" value={session?.email ?? ''} readOnly hidden />
        <PasswordField
          label={t('current')}
          purpose="current-password"
          value={current}
          onChange={setCurrent}
          error={wrong ? t('wrong') : missing(current)}
        />
        <PasswordField
          label={account('newPassword')}
          purpose="new-password"
          value={password}
          onChange={setPassword}
          error={missing(password)}
          description={<StrengthHint password={password} />}
        />
        <div>
          <Button type="submit" loading={change.isPending}>
            {t('save')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
