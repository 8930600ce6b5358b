import { Grid, NumberInput, Select, TextInput } from '@mantine/core';
import { useNavigate } from 'react-router';
import { z } from 'zod';
import { type Property, propertyKinds } from '../../../shared/features/properties/model.ts';
import { line, requiredLine } from '../../../shared/lib/schemas.ts';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { labelTexts } from '../../../shared/ui/label-texts.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import {
  changedFields,
  type NumberEntry,
  orEmpty,
  orNull,
  scaledOrEmpty,
  scaledOrNull,
} from '../../lib/forms/fields.ts';
import { refusedAt, useSchemaForm } from '../../lib/forms/schema-form.ts';
import { FormDialog } from '../../lib/layout/form-dialog.tsx';
import { useDeed } from '../../lib/queries.ts';
import { propertyTexts } from './property-texts.ts';

const schema = z.object({
  number: requiredLine(40),
  name: requiredLine(200),
  kind: z.enum(propertyKinds),
  street: line(),
  houseNumber: line(20),
  postalCode: line(12),
  city: line(),
  yearBuilt: z.union([z.literal(''), z.int().min(1000).max(2200)]),
  iban: line(42),
});

interface Entries extends Record<string, unknown> {
  number: string;
  name: string;
  kind: Property['kind'];
  street: string;
  houseNumber: string;
  postalCode: string;
  city: string;
  yearBuilt: NumberEntry;
  iban: string;
}

function entriesOf(property: Property | null): Entries {
  return {
    number: orEmpty(property?.number),
    name: orEmpty(property?.name),
    kind: property?.kind ?? 'weg',
    street: orEmpty(property?.street),
    houseNumber: orEmpty(property?.houseNumber),
    postalCode: orEmpty(property?.postalCode),
    city: orEmpty(property?.city),
    yearBuilt: scaledOrEmpty(property?.yearBuilt, 1),
    iban: orEmpty(property?.iban),
  };
}

function fieldsOf(entries: Entries) {
  return {
    number: entries.number.trim(),
    name: entries.name.trim(),
    kind: entries.kind,
    street: orNull(entries.street),
    houseNumber: orNull(entries.houseNumber),
    postalCode: orNull(entries.postalCode),
    city: orNull(entries.city),
    yearBuilt: scaledOrNull(entries.yearBuilt, 1),
    iban: orNull(entries.iban),
  };
}

interface PropertyFormProps {
  /** Null creates one. */
  readonly property: Property | null;
  readonly onClose: () => void;
}

/** Creates or changes a property. */
export function PropertyForm({ property, onClose }: PropertyFormProps) {
  const t = useTexts(propertyTexts);
  const common = useTexts(commonTexts);
  const label = useTexts(labelTexts);
  const navigate = useNavigate();
  const form = useSchemaForm<Entries>(schema, { initialValues: entriesOf(property) });
  const { run, running } = useDeed('properties.save', { onError: (error) => refusedAt(form, error) });
  const submit = form.onSubmit(async (entries) => {
    const fields = fieldsOf(entries);
    const saved = await run(
      property === null
        ? { fields: { ...fields, photo: null, online: false } }
        : { id: property.id, fields: changedFields(fieldsOf(entriesOf(property)), fields) },
    );
    if (saved === null) return;
    onClose();
    if (property === null) void navigate(`/properties/${saved.id}`);
  });
  return (
    <FormDialog
      title={property === null ? t('newProperty') : t('editProperty')}
      submitLabel={property === null ? t('newProperty') : common('save')}
      onClose={onClose}
      onSubmit={submit}
      running={running}
      dirty={form.isDirty()}
      size={600}
    >
      <Grid gap="md">
        <Grid.Col span={4}>
          <TextInput label={t('number')} required data-autofocus {...form.getInputProps('number')} />
        </Grid.Col>
        <Grid.Col span={8}>
          <TextInput label={t('name')} required {...form.getInputProps('name')} />
        </Grid.Col>
        <Grid.Col span={8}>
          <Select
            label={t('kind')}
            data={propertyKinds.map((kind) => ({ value: kind, label: label(`kind.${kind}`) }))}
            {...form.getInputProps('kind')}
          />
        </Grid.Col>
        <Grid.Col span={4}>
          <NumberInput
            label={t('yearBuilt')}
            thousandSeparator=""
            allowDecimal={false}
            allowNegative={false}
            {...form.getInputProps('yearBuilt')}
          />
        </Grid.Col>
        <Grid.Col span={8}>
          <TextInput label={t('street')} {...form.getInputProps('street')} />
        </Grid.Col>
        <Grid.Col span={4}>
          <TextInput label={t('houseNumber')} {...form.getInputProps('houseNumber')} />
        </Grid.Col>
        <Grid.Col span={4}>
          <TextInput label={t('postalCode')} {...form.getInputProps('postalCode')} />
        </Grid.Col>
        <Grid.Col span={8}>
          <TextInput label={t('city')} {...form.getInputProps('city')} />
        </Grid.Col>
        <Grid.Col span={12}>
          <TextInput label={t('iban')} {...form.getInputProps('iban')} />
        </Grid.Col>
      </Grid>
    </FormDialog>
  );
}
