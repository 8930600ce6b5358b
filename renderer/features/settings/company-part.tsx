import { Button, ColorInput, Grid, Group, Image, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useEffect } from 'react';
import { z } from 'zod';
import type { Organisation } from '../../../shared/features/settings/model.ts';
import { colour, email, line, requiredLine } from '../../../shared/lib/schemas.ts';
import { accentFrom } from '../../../shared/ui/colours.ts';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { showDone } from '../../../shared/ui/notify.tsx';
import { DetailSkeleton } from '../../../shared/ui/skeletons.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useFileUrl } from '../../lib/files/use-file-url.ts';
import { changedFields, orEmpty, orNull } from '../../lib/forms/fields.ts';
import { refusedAt, useSchemaForm } from '../../lib/forms/schema-form.ts';
import { Section } from '../../lib/layout/section.tsx';
import { useDeed, useOperation } from '../../lib/queries.ts';
import { LogoPicker } from './logo-picker.tsx';
import { settingsTexts } from './settings-texts.ts';
import { useIsManager } from './use-is-manager.ts';

const optionalEmail = z
  .string()
  .trim()
  .pipe(z.union([z.literal(''), email]));

const schema = z.object({
  name: requiredLine(200),
  street: line(),
  postalCode: line(12),
  city: line(),
  email: optionalEmail,
  phone: line(60),
  website: line(200),
  colour: z.union([z.literal(''), colour]),
  formerMemberMonths: z.int().min(0).max(240),
});

interface Entries extends Record<string, unknown> {
  name: string;
  street: string;
  postalCode: string;
  city: string;
  email: string;
  phone: string;
  website: string;
  colour: string;
  formerMemberMonths: number | string;
}

function entriesOf(organisation: Organisation): Entries {
  return {
    name: organisation.name,
    street: orEmpty(organisation.street),
    postalCode: orEmpty(organisation.postalCode),
    city: orEmpty(organisation.city),
    email: orEmpty(organisation.email),
    phone: orEmpty(organisation.phone),
    website: orEmpty(organisation.website),
    colour: orEmpty(organisation.colour),
    formerMemberMonths: organisation.formerMemberMonths,
  };
}

function fieldsOf(entries: Entries) {
  return {
    name: entries.name.trim(),
    street: orNull(entries.street),
    postalCode: orNull(entries.postalCode),
    city: orNull(entries.city),
    email: orNull(entries.email),
    phone: orNull(entries.phone),
    website: orNull(entries.website),
    colour: orNull(entries.colour),
    formerMemberMonths: Number(entries.formerMemberMonths),
  };
}

/** The company's own data. */
export function CompanyPart() {
  const { data } = useOperation('settings.state', {});
  if (data === undefined || data.organisation === null) return <DetailSkeleton />;
  return <CompanyForm organisation={data.organisation} />;
}

function CompanyForm({ organisation }: { readonly organisation: Organisation }) {
  const t = useTexts(settingsTexts);
  const common = useTexts(commonTexts);
  const manager = useIsManager();
  const logo = useFileUrl(organisation.logo === null ? null : { sha256: organisation.logo, mediaType: 'image/png' });
  const form = useSchemaForm<Entries>(schema, { initialValues: entriesOf(organisation) });
  const { run, running } = useDeed('settings.saveOrganisation', { onError: (error) => refusedAt(form, error) });
  const stored = JSON.stringify(organisation);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a newer version from another desk, and never over entries
  useEffect(() => {
    if (form.isDirty()) return;
    form.setValues(entriesOf(organisation));
    form.resetDirty(entriesOf(organisation));
  }, [stored]);
  const submit = form.onSubmit(async (entries) => {
    const fields = changedFields(fieldsOf(entriesOf(organisation)), fieldsOf(entries));
    if ((await run({ fields })) === null) return;
    form.resetDirty();
    showDone(common('saved'));
  });
  const field = (name: keyof Entries & string, label: string, span: number, type = 'text') => (
    <Grid.Col span={span}>
      <TextInput label={label} type={type} required={name === 'name'} {...form.getInputProps(name)} />
    </Grid.Col>
  );
  const adjusted = accentFrom(form.values.colour)?.adjusted === true;
  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={!manager} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        <Stack gap="md">
          {!manager && <Text c="dimmed">{t('onlyManagers')}</Text>}
          <Section title={t('contact')}>
            <Text c="dimmed" mb="sm">
              {t('contactHint')}
            </Text>
            <Grid gap="md">
              {field('name', t('name'), 12)}
              {field('street', t('street'), 12)}
              {field('postalCode', t('postalCode'), 4)}
              {field('city', t('city'), 8)}
              {field('email', t('email'), 6, 'email')}
              {field('phone', t('phone'), 6, 'tel')}
              {field('website', t('website'), 12, 'url')}
            </Grid>
          </Section>
          <Section title={t('look')}>
            <Stack gap="md">
              <ColorInput
                label={t('colour')}
                description={t('colourHint')}
                styles={{ wrapper: { maxWidth: 260 } }}
                format="hex"
                // The form says what is wrong with a colour; setting it back in silence could lose the one just typed.
                fixOnBlur={false}
                disabled={!manager}
                eyeDropperButtonProps={{ 'aria-label': t('pipette') }}
                swatches={['#2f6b4f', '#1f5f8b', '#7a3e2b', '#6b4f9e', '#9a3b54', '#4a5a2a']}
                {...form.getInputProps('colour')}
              />
              {adjusted && <Text c="amber">{t('colourAdjusted')}</Text>}
              {logo.url !== null && (
                <Group>
                  <Image src={logo.url} alt={t('logo')} h={48} w="auto" fit="contain" />
                  <Button variant="subtle" color="gray" onClick={() => void run({ fields: { logo: null } })}>
                    {t('logoRemove')}
                  </Button>
                </Group>
              )}
              {manager && organisation.logo === null && (
                <LogoPicker onPicked={(sha256) => void run({ fields: { logo: sha256 } })} />
              )}
            </Stack>
          </Section>
          <Section title={t('former')}>
            <NumberInput
              label={t('formerMonths')}
              description={t('formerHint')}
              styles={{ wrapper: { maxWidth: 120 } }}
              min={0}
              max={240}
              allowDecimal={false}
              hideControls={false}
              {...form.getInputProps('formerMemberMonths')}
            />
          </Section>
          <Group>
            <Button type="submit" loading={running} disabled={!form.isDirty()}>
              {common('save')}
            </Button>
          </Group>
        </Stack>
      </fieldset>
    </form>
  );
}
