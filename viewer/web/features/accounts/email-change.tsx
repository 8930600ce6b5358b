import { Button, Stack, Text } from '@mantine/core';
import { IconMailForward } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { commonTexts } from '../../../../shared/ui/common-texts.ts';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { operationError, useDeed } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.ts';
import classes from './account.module.css';
import { Done } from './done.tsx';
import { EmailField } from './email-field.tsx';
import { PasswordField } from './password-field.tsx';
import { securityTexts } from './security-texts.ts';

const texts = defineTexts({
  de: {
    now: 'Sie melden sich mit {{email}} an.',
    waits: '{{email}} wartet noch auf Bestätigung: Öffnen Sie die Links in beiden Postfächern.',
    change: 'Andere Adresse verwenden',
    next: 'Neue E-Mail-Adresse',
    send: 'Links zur Bestätigung senden',
    sent: 'Wir haben an Ihre bisherige und an die neue Adresse je einen Link geschickt. Die neue Adresse gilt, sobald beide bestätigt sind.',
    same: 'Das ist Ihre jetzige Adresse.',
  },
  en: {
    now: 'You sign in with {{email}}.',
    waits: '{{email}} still waits for confirmation: open the links in both mailboxes.',
    change: 'Use another address',
    next: 'New e-mail address',
    send: 'Send links to confirm',
    sent: 'We have sent a link to your present address and to the new one. The new address counts once both are confirmed.',
    same: 'This is your present address.',
  },
});

/** Changes the address with which one signs in; both mailboxes have to confirm it. */
export function EmailChange({ newEmail }: { readonly newEmail: string | null }) {
  const t = useTexts(texts);
  const secure = useTexts(securityTexts);
  const session = useSession().data ?? null;
  const [open, setOpen] = useState(false);
  const request = useDeed('accounts.requestEmailChange');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [checked, setChecked] = useState(false);
  const common = useTexts(commonTexts);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (email.trim() === '' || password === '') return;
    request.mutate(
      { email: email.trim(), password },
      {
        onSuccess: () => {
          setOpen(false);
          setEmail('');
          setPassword('');
          setChecked(false);
        },
      },
    );
  };
  const problem = request.isError ? operationError(request.error) : null;
  const same = problem?.code === 'invalid-input' && problem.details.field === 'email';
  const wrong = problem?.code === 'wrong-credentials';
  const missing = (value: string) => (checked && value.trim() === '' ? common('required') : null);
  return (
    <Stack>
      {request.isSuccess && <Done icon={IconMailForward}>{t('sent')}</Done>}
      <Text size="sm">{t('now', { email: session?.email ?? '' })}</Text>
      {newEmail !== null && !request.isSuccess && <Text size="sm">{t('waits', { email: newEmail })}</Text>}
      {open ? (
        <form onSubmit={submit} noValidate className={classes.form}>
          <Stack>
            {problem && !same && !wrong && <LoadError kind="inline" code={problem.code} details={problem.details} />}
            <EmailField label={t('next')} value={email} onChange={setEmail} error={same ? t('same') : missing(email)} />
            <PasswordField
              label={secure('beginPassword')}
              purpose="current-password"
              value={password}
              onChange={setPassword}
              error={wrong ? secure('wrongPassword') : missing(password)}
            />
            <div className={classes.leave}>
              <Button type="submit" loading={request.isPending}>
                {t('send')}
              </Button>
              <Button variant="default" onClick={() => setOpen(false)}>
                {secure('cancel')}
              </Button>
            </div>
          </Stack>
        </form>
      ) : (
        <div>
          <Button
            variant="default"
            onClick={() => {
              request.reset();
              setOpen(true);
            }}
          >
            {t('change')}
          </Button>
        </div>
      )}
    </Stack>
  );
}
