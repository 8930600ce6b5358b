import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { z } from 'zod';
import type { OperationError } from '../../../shared/lib/errors.ts';
import { requiredLine } from '../../../shared/lib/schemas.ts';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { showDone } from '../../../shared/ui/notify.tsx';
import { defineTexts, useTexts } from '../../../shared/ui/texts.ts';
import { useSchemaForm } from '../forms/schema-form.ts';
import { useDeed } from '../queries.ts';

const texts = defineTexts({
  de: {
    url: 'Adresse des Portals',
    urlExample: 'https://portal.beispiel.de',
    code: 'Code',
    codeHint: 'Der Code gilt 15 Minuten und nur einmal.',
    device: 'Name dieses Geräts',
    deviceHint: 'So erkennen Sie es in der Geräteliste wieder.',
    deviceDefault: 'Arbeitsplatz',
    connected: 'Verbunden mit {{name}}.',
  },
  en: {
    url: 'Address of the portal',
    urlExample: 'https://portal.example.com',
    code: 'Code',
    codeHint: 'The code is valid for 15 minutes and only once.',
    device: 'Name of this device',
    deviceHint: 'This is how you recognise it in the list of devices.',
    deviceDefault: 'Workplace',
    connected: 'Connected to {{name}}.',
  },
});

const schema = z.object({
  url: z.string().transform(fullAddress).pipe(z.url().max(500)),
  code: requiredLine(20),
  deviceName: requiredLine(120),
});

/** What people type as an address: the scheme may be left out. */
function fullAddress(typed: string): string {
  const trimmed = typed.trim();
  if (trimmed === '' || /^[a-z]+:\/\//i.test(trimmed)) return trimmed;
  return /^(localhost|127\.|\[::1\])/.test(trimmed) ? `http://${trimmed}` : `https://${trimmed}`;
}

interface ConnectFormProps {
  readonly submitLabel: string;
  readonly onConnected?: () => void;
}

/** Pairs this desk with a viewer by address and code. */
export function ConnectForm({ submitLabel, onConnected }: ConnectFormProps) {
  const t = useTexts(texts);
  const [refusal, setRefusal] = useState<OperationError | null>(null);
  const { run, running } = useDeed('sync.connect', {
    onError: (error) => {
      setRefusal(error);
      return true;
    },
  });
  const form = useSchemaForm<{ url: string; code: string; deviceName: string }>(schema, {
    initialValues: { url: '', code: '', deviceName: t('deviceDefault') },
  });
  const submit = form.onSubmit(async (values) => {
    setRefusal(null);
    const answer = await run({
      url: fullAddress(values.url),
      code: values.code.trim().toUpperCase(),
      deviceName: values.deviceName.trim(),
    });
    if (answer === null) return;
    showDone(t('connected', { name: answer.organisationName }));
    onConnected?.();
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label={t('url')}
          placeholder={t('urlExample')}
          required
          inputMode="url"
          {...form.getInputProps('url')}
        />
        <TextInput
          label={t('code')}
          description={t('codeHint')}
          required
          autoComplete="off"
          className="tp-figures"
          {...form.getInputProps('code')}
        />
        <TextInput label={t('device')} description={t('deviceHint')} required {...form.getInputProps('deviceName')} />
        {refusal !== null && <LoadError kind="inline" code={refusal.code} details={refusal.details} />}
        <Group>
          <Button type="submit" loading={running}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
