import { Button, Checkbox, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { commonTexts } from '../../../../shared/ui/common-texts.ts';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { defineTexts, useLanguage, useTexts } from '../../../../shared/ui/texts.ts';
import { call } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { operationError } from '../../lib/queries.ts';
import { beginSession } from '../../lib/session.ts';
import classes from './accounts.module.css';
import { InvitedAs } from './invited-as.tsx';
import type { Invitation } from './link-login.tsx';
import { PasswordField } from './password-field.tsx';
import { StrengthHint } from './strength-hint.tsx';
import { accountTexts, consentTexts } from './texts.ts';

const texts = defineTexts({
  de: { create: 'Zugang anlegen' },
  en: { create: 'Create access' },
});

interface RegistrationProps {
  readonly token: string;
  readonly invitation: Invitation;
}

/** Registers: a password and what neighbours may see. The language is the one chosen above. */
export function Registration({ token, invitation }: RegistrationProps) {
  const t = useTexts(texts);
  const common = useTexts(commonTexts);
  const account = useTexts(accountTexts);
  const consent = useTexts(consentTexts);
  const language = useLanguage();
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  const [showInDirectory, setShowInDirectory] = useState(false);
  const [checked, setChecked] = useState(false);
  const accept = useMutation({
    mutationFn: () => call('accounts.accept', { token, password, showInDirectory, language }),
    onSuccess: async (session) => {
      await beginSession(session);
      await navigate(paths.properties, { replace: true });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (password !== '') accept.mutate();
  };
  const problem = accept.isError ? operationError(accept.error) : null;
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <InvitedAs name={invitation.personName} email={invitation.email} />
        {problem && <LoadError kind="inline" code={problem.code} details={problem.details} />}
        {/* Password managers file the password under this. */}
        <input type="text" name="username" autoComplete="username" value={invitation.email} readOnly hidden />
        <PasswordField
          label={account('password')}
          purpose="new-password"
          value={password}
          onChange={setPassword}
          error={checked && password === '' ? common('required') : null}
          description={<StrengthHint password={password} />}
        />
        <Checkbox
          label={consent('directory')}
          description={consent('directoryHint')}
          checked={showInDirectory}
          onChange={(event) => setShowInDirectory(event.currentTarget.checked)}
          className={classes.consent}
        />
        <Button type="submit" loading={accept.isPending} fullWidth>
          {t('create')}
        </Button>
      </Stack>
    </form>
  );
}
