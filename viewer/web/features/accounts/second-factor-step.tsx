import { Anchor, Button, Checkbox, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { commonTexts } from '../../../../shared/ui/common-texts.ts';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { useTexts } from '../../../../shared/ui/texts.ts';
import { call } from '../../lib/client.ts';
import { operationError } from '../../lib/queries.ts';
import { beginSession } from '../../lib/session.ts';
import classes from './accounts.module.css';
import { CodeField } from './code-field.tsx';
import { Entrance } from './entrance.tsx';
import { securityTexts } from './security-texts.ts';

/** The second step of signing in: the code that follows the password. */
export function SecondFactorStep({ onBack }: { readonly onBack: () => void }) {
  const t = useTexts(securityTexts);
  const common = useTexts(commonTexts);
  const [code, setCode] = useState('');
  const [remember, setRemember] = useState(false);
  const [checked, setChecked] = useState(false);
  const prove = useMutation({
    mutationFn: () => call('accounts.proveSecondFactor', { code, remember }),
    onSuccess: beginSession,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (code.trim() !== '') prove.mutate();
  };
  const problem = prove.isError ? operationError(prove.error) : null;
  return (
    <Entrance title={t('codeTitle')} lead={t('codeLead')}>
      <form onSubmit={submit} noValidate className={classes.form}>
        <Stack>
          {problem && <LoadError kind="inline" code={problem.code} details={problem.details} />}
          <CodeField
            label={t('code')}
            description={t('codeHint')}
            value={code}
            onChange={setCode}
            error={checked && code.trim() === '' ? common('required') : null}
          />
          <Checkbox
            label={t('remember')}
            checked={remember}
            onChange={(event) => setRemember(event.currentTarget.checked)}
          />
          <Button type="submit" loading={prove.isPending} fullWidth>
            {t('check')}
          </Button>
        </Stack>
      </form>
      <p className={classes.after}>
        <Anchor component="button" type="button" onClick={onBack} className={classes.link}>
          {t('back')}
        </Anchor>
      </p>
    </Entrance>
  );
}
