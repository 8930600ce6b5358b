import { Grid, Select, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { z } from 'zod';
import type { Input } from '../../../shared/contract/registry.ts';
import { groupKey } from '../../../shared/features/properties/model.ts';
import { requiredLine } from '../../../shared/lib/schemas.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { fieldOf } from '../../lib/forms/schema-form.ts';
import { DayInput } from '../../lib/pickers/day-input.tsx';
import { GroupChecks } from '../../lib/pickers/groups.tsx';
import { PeopleSelect } from '../../lib/pickers/people-select.tsx';
import { PropertySelect } from '../../lib/pickers/property-select.tsx';
import { useOperation } from '../../lib/queries.ts';
import { documentsTexts } from './documents-texts.ts';

export type DocumentFields = Input<'documents.create'>['fields'];

export const documentSchema = z
  .object({
    propertyId: z.string({ error: 'required' }).min(1, 'required'),
    title: requiredLine(200),
    categoryId: z.string().nullable(),
    audienceGroups: z.array(groupKey),
    audiencePersonIds: z.array(z.string()).max(2000),
    periodFrom: z.string().nullable(),
    periodTo: z.string().nullable(),
  })
  .refine(({ periodFrom, periodTo }) => periodFrom === null || periodTo === null || periodFrom <= periodTo, {
    message: 'period',
    path: ['periodTo'],
  });

/** What the form holds: the property is open until somebody chose it. */
export type DocumentEntries = Omit<DocumentFields, 'propertyId'> & { readonly propertyId: string | null };

/** "Hausordnung_2026.pdf" as a title: "Hausordnung 2026". */
export function titleFromName(fileName: string): string {
  const stem = fileName.replace(/\.[^.]{1,8}$/, '');
  return stem
    .replace(/[_\s]+/g, ' ')
    .trim()
    .slice(0, 200);
}

interface DocumentFieldsProps {
  readonly form: UseFormReturnType<DocumentEntries>;
  /** Chosen beforehand and not to be changed. */
  readonly fixedProperty: boolean;
}

/** The fields of a document, for a new one and for changes. */
export function DocumentFieldsForm({ form, fixedProperty }: DocumentFieldsProps) {
  const t = useTexts(documentsTexts);
  const { data: lists } = useOperation('settings.lists', {});
  return (
    <>
      <TextInput label={t('title')} required maxLength={200} {...form.getInputProps('title')} />
      <Grid gap="md">
        <Grid.Col span={7}>
          <PropertySelect
            label={t('property')}
            required
            disabled={fixedProperty}
            data-autofocus={!fixedProperty}
            {...fieldOf(form, 'propertyId')}
          />
        </Grid.Col>
        <Grid.Col span={5}>
          <Select
            label={t('category')}
            placeholder={t('categoryNone')}
            clearable
            data={(lists?.categories ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            {...fieldOf(form, 'categoryId')}
          />
        </Grid.Col>
      </Grid>
      <GroupChecks label={t('audienceGroups')} description={t('audienceHint')} {...fieldOf(form, 'audienceGroups')} />
      <PeopleSelect
        label={t('audiencePersons')}
        propertyId={form.values.propertyId}
        {...fieldOf(form, 'audiencePersonIds')}
      />
      <Grid gap="md">
        <Grid.Col span={6}>
          <DayInput label={t('periodFrom')} {...fieldOf(form, 'periodFrom')} />
        </Grid.Col>
        <Grid.Col span={6}>
          <DayInput label={t('periodTo')} {...fieldOf(form, 'periodTo')} />
        </Grid.Col>
      </Grid>
      <Text size="xs" c="dimmed" mt={-8}>
        {t('periodHint')}
      </Text>
    </>
  );
}
