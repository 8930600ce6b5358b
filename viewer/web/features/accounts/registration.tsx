import { Button, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { commonTexts } from '../../../../shared/ui/common-texts.ts';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { defineTexts, useLanguage, useTexts } from '../../../../shared/ui/texts.ts';
import { operationError } from '../../lib/queries.ts';
import { ConsentCheck } from './consent-check.tsx';
import { InvitedAs } from './invited-as.tsx';
import type { Invitation } from './link-login.tsx';
import { PasswordField } from './password-field.tsx';
import { StrengthHint } from './strength-hint.tsx';
import { accountTexts } from './texts.ts';
import { useAccept } from './use-accept.ts';

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
  const language = useLanguage();
  const [password, setPassword] = useState('');
  const [showInDirectory, setShowInDirectory] = useState(false);
  const [checked, setChecked] = useState(false);
  const accept = useAccept();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (password !== '') accept.mutate({ token, password, showInDirectory, language });
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
        <ConsentCheck value={showInDirectory} onChange={setShowInDirectory} />
        <Button type="submit" loading={accept.isPending} fullWidth>
          {t('create')}
        </Button>
      </Stack>
    </form>
  );
}
