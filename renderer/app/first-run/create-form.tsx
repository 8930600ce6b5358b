import { Button, Group, Stack, TextInput } from '@mantine/core';
import { z } from 'zod';
import { email, requiredLine } from '../../../shared/lib/schemas.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { readEverythingAgain } from '../../lib/client.ts';
import { useSchemaForm } from '../../lib/forms/schema-form.ts';
import { useDeed } from '../../lib/queries.ts';
import { firstRunTexts } from './first-run-texts.ts';

const schema = z.object({ name: requiredLine(200), person: requiredLine(200), email });

/** Founds the company. */
export function CreateForm() {
  const t = useTexts(firstRunTexts);
  const { run, running } = useDeed('settings.createOrganisation');
  const form = useSchemaForm<{ name: string; person: string; email: string }>(schema, {
    initialValues: { name: '', person: '', email: '' },
  });
  const submit = form.onSubmit(async (values) => {
    const made = await run({
      name: values.name.trim(),
      staff: { name: values.person.trim(), email: values.email.trim() },
    });
    // There was no company before: nothing that was read is still true.
    if (made !== null) readEverythingAgain();
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label={t('company')}
          placeholder={t('companyExample')}
          required
          data-autofocus
          autoFocus
          {...form.getInputProps('name')}
        />
        <TextInput label={t('person')} required autoComplete="name" {...form.getInputProps('person')} />
        <TextInput
          label={t('email')}
          description={t('emailHint')}
          required
          type="email"
          autoComplete="email"
          {...form.getInputProps('email')}
        />
        <Group>
          <Button type="submit" loading={running}>
            {t('createNow')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
