import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { QRCodeSVG } from 'qrcode.react';
import { type FormEvent, useState } from 'react';
import type { Output } from '../../../../shared/contract/registry.ts';
import { commonTexts } from '../../../../shared/ui/common-texts.ts';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { useTexts } from '../../../../shared/ui/texts.ts';
import { operationError, useDeed } from '../../lib/queries.ts';
import classes from './account.module.css';
import { CodeField } from './code-field.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { securityTexts } from './security-texts.ts';

interface SecondFactorSetupProps {
  readonly started: Output<'accounts.beginSecondFactor'>;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** The picture to scan, the codes to keep, and the first code that switches it on. */
export function SecondFactorSetup({ started, onDone, onCancel }: SecondFactorSetupProps) {
  const t = useTexts(securityTexts);
  const common = useTexts(commonTexts);
  const [code, setCode] = useState('');
  const [checked, setChecked] = useState(false);
  const confirm = useDeed('accounts.confirmSecondFactor', ['accounts.security']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (code.trim() !== '') confirm.mutate({ code }, { onSuccess: onDone });
  };
  const problem = confirm.isError ? operationError(confirm.error) : null;
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">{t('scan')}</Text>
        <div className={classes.picture}>
          <QRCodeSVG value={started.uri} size={176} title={t('picture')} />
        </div>
        <Text size="sm">
          {t('typeInstead')} <Code className={classes.secret}>{started.secret.replaceAll(/.{4}(?=.)/g, '$& ')}</Code>
        </Text>
        <RecoveryCodes codes={started.recoveryCodes} />
        {problem && <LoadError kind="inline" code={problem.code} details={problem.details} />}
        <div className={classes.form}>
          <CodeField
            label={t('confirmCode')}
            value={code}
            onChange={setCode}
            error={checked && code.trim() === '' ? common('required') : null}
          />
        </div>
        <Group>
          <Button type="submit" loading={confirm.isPending}>
            {t('confirm')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
