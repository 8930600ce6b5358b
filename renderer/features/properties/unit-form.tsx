import { Grid, NumberInput, Select, TextInput } from '@mantine/core';
import { z } from 'zod';
import { type Unit, unitUsages } from '../../../shared/features/properties/model.ts';
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

const entry = (min: number, max: number) => z.union([z.literal(''), z.number().min(min).max(max)]);
const schema = z.object({
  number: requiredLine(40),
  location: line(),
  usage: z.enum(unitUsages),
  area: entry(0, 1_000_000),
  rooms: entry(0, 1000),
  shareNumerator: entry(0, 1_000_000_000),
  shareDenominator: entry(1, 1_000_000_000),
});

interface Entries extends Record<string, unknown> {
  number: string;
  location: string;
  usage: Unit['usage'];
  area: NumberEntry;
  rooms: NumberEntry;
  shareNumerator: NumberEntry;
  shareDenominator: NumberEntry;
}

function entriesOf(unit: Unit | null): Entries {
  return {
    number: orEmpty(unit?.number),
    location: orEmpty(unit?.location),
    usage: unit?.usage ?? 'flat',
    area: scaledOrEmpty(unit?.areaHundredths, 100),
    rooms: scaledOrEmpty(unit?.roomsTenths, 10),
    shareNumerator: scaledOrEmpty(unit?.shareNumerator, 1),
    shareDenominator: scaledOrEmpty(unit?.shareDenominator, 1),
  };
}

function fieldsOf(entries: Entries) {
  return {
    number: entries.number.trim(),
    location: orNull(entries.location),
    usage: entries.usage,
    areaHundredths: scaledOrNull(entries.area, 100),
    roomsTenths: scaledOrNull(entries.rooms, 10),
    shareNumerator: scaledOrNull(entries.shareNumerator, 1),
    shareDenominator: scaledOrNull(entries.shareDenominator, 1),
  };
}

interface UnitFormProps {
  readonly propertyId: string;
  /** Null creates one. */
  readonly unit: Unit | null;
  readonly onClose: () => void;
}

/** Creates or changes a unit. */
export function UnitForm({ propertyId, unit, onClose }: UnitFormProps) {
  const t = useTexts(propertyTexts);
  const common = useTexts(commonTexts);
  const label = useTexts(labelTexts);
  const form = useSchemaForm<Entries>(schema, { initialValues: entriesOf(unit) });
  const { run, running } = useDeed('properties.saveUnit', { onError: (error) => refusedAt(form, error) });
  const submit = form.onSubmit(async (entries) => {
    const fields = fieldsOf(entries);
    const saved = await run(
      unit === null
        ? { fields: { propertyId, ...fields } }
        : { id: unit.id, fields: changedFields(fieldsOf(entriesOf(unit)), fields) },
    );
    if (saved !== null) onClose();
  });
  return (
    <FormDialog
      title={unit === null ? t('newUnit') : t('editUnit', { number: unit.number })}
      submitLabel={unit === null ? t('newUnit') : common('save')}
      onClose={onClose}
      onSubmit={submit}
      running={running}
      dirty={form.isDirty()}
    >
      <Grid gap="md">
        <Grid.Col span={4}>
          <TextInput label={t('unitNumber')} required data-autofocus {...form.getInputProps('number')} />
        </Grid.Col>
        <Grid.Col span={8}>
          <TextInput label={t('location')} {...form.getInputProps('location')} />
        </Grid.Col>
        <Grid.Col span={4}>
          <Select
            label={t('usage')}
            data={unitUsages.map((usage) => ({ value: usage, label: label(`usage.${usage}`) }))}
            {...form.getInputProps('usage')}
          />
        </Grid.Col>
        <Grid.Col span={4}>
          <NumberInput
            label={t('area')}
            suffix=" m²"
            decimalScale={2}
            allowNegative={false}
            {...form.getInputProps('area')}
          />
        </Grid.Col>
        <Grid.Col span={4}>
          <NumberInput label={t('rooms')} decimalScale={1} allowNegative={false} {...form.getInputProps('rooms')} />
        </Grid.Col>
        <Grid.Col span={6}>
          <NumberInput
            label={t('shareLong')}
            allowDecimal={false}
            allowNegative={false}
            {...form.getInputProps('shareNumerator')}
          />
        </Grid.Col>
        <Grid.Col span={6}>
          <NumberInput
            label={t('shareOf')}
            allowDecimal={false}
            allowNegative={false}
            {...form.getInputProps('shareDenominator')}
          />
        </Grid.Col>
      </Grid>
    </FormDialog>
  );
}
