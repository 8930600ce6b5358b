import { Button, Group, Stack, Text } from '@mantine/core';
import { IconShieldCheck, IconShieldOff } from '@tabler/icons-react';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import type { Output } from '../../../../shared/contract/registry.ts';
import { commonTexts } from '../../../../shared/ui/common-texts.ts';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { useTexts } from '../../../../shared/ui/texts.ts';
import { operationError, useDeed } from '../../lib/queries.ts';
import classes from './account.module.css';
import { Done } from './done.tsx';
import { PasswordField } from './password-field.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { securityTexts } from './security-texts.ts';

// Few set it up, and few times: its picture is not loaded with the page.
const SecondFactorSetup = lazy(() =>
  import('./second-factor-setup.tsx').then((module) => ({ default: module.SecondFactorSetup })),
);

type Wish = 'begin' | 'renew' | 'end';
type Outcome = 'on' | 'off' | 'renewed';

/** Switches the code of an app on and off, and makes new recovery codes; each asks for the password. */
export function SecondFactor({ security }: { readonly security: Output<'accounts.security'> }) {
  const t = useTexts(securityTexts);
  const [wish, setWish] = useState<Wish | null>(null);
  const [started, setStarted] = useState<Output<'accounts.beginSecondFactor'> | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const finish = (next: Outcome | null) => {
    setWish(null);
    setStarted(null);
    setOutcome(next);
  };
  const choose = (next: Wish) => {
    setOutcome(null);
    setCodes(null);
    setWish(next);
  };
  const status = [
    ...(security.secondFactor ? (outcome === 'on' ? [] : [t('factorOn')]) : [t('factorOff')]),
    ...(security.recoveryCodesLeft === null ? [] : [t('codesLeft', { count: security.recoveryCodesLeft })]),
  ];
  if (started !== null) {
    return (
      <Suspense fallback={null}>
        <SecondFactorSetup started={started} onDone={() => finish('on')} onCancel={() => finish(null)} />
      </Suspense>
    );
  }
  return (
    <Stack>
      {outcome !== null && <Done icon={outcome === 'off' ? IconShieldOff : IconShieldCheck}>{t(outcome)}</Done>}
      {codes !== null && <RecoveryCodes codes={codes} />}
      <Text size="sm">{status.join(' ')}</Text>
      {wish === null ? (
        <Group>
          {security.secondFactor ? (
            <>
              <Button variant="default" onClick={() => choose('renew')}>
                {t('renew')}
              </Button>
              <Button variant="default" onClick={() => choose('end')}>
                {t('end')}
              </Button>
            </>
          ) : (
            <Button onClick={() => choose('begin')}>{t('begin')}</Button>
          )}
        </Group>
      ) : (
        <PasswordFirst
          wish={wish}
          onCancel={() => finish(null)}
          onStarted={setStarted}
          onCodes={(made) => {
            setCodes(made);
            finish('renewed');
          }}
          onEnded={() => finish('off')}
        />
      )}
    </Stack>
  );
}

interface PasswordFirstProps {
  readonly wish: Wish;
  readonly onCancel: () => void;
  readonly onStarted: (started: Output<'accounts.beginSecondFactor'>) => void;
  readonly onCodes: (codes: readonly string[]) => void;
  readonly onEnded: () => void;
}

function PasswordFirst({ wish, onCancel, onStarted, onCodes, onEnded }: PasswordFirstProps) {
  const t = useTexts(securityTexts);
  const common = useTexts(commonTexts);
  const [password, setPassword] = useState('');
  const [checked, setChecked] = useState(false);
  const begin = useDeed('accounts.beginSecondFactor');
  const renew = useDeed('accounts.renewRecoveryCodes', ['accounts.security']);
  const end = useDeed('accounts.endSecondFactor', ['accounts.security']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (password === '') return;
    if (wish === 'begin') begin.mutate({ password }, { onSuccess: onStarted });
    else if (wish === 'renew') renew.mutate({ password }, { onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes) });
    else end.mutate({ password }, { onSuccess: onEnded });
  };
  const deed = { begin, renew, end }[wish];
  const problem = deed.isError ? operationError(deed.error) : null;
  const wrong = problem?.code === 'wrong-credentials';
  const missing = checked && password === '' ? common('required') : null;
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <Stack>
        {problem && !wrong && <LoadError kind="inline" code={problem.code} details={problem.details} />}
        <PasswordField
          label={t('beginPassword')}
          purpose="current-password"
          value={password}
          onChange={setPassword}
          error={wrong ? t('wrongPassword') : missing}
        />
        <Group>
          <Button type="submit" loading={deed.isPending}>
            {t(wish)}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
