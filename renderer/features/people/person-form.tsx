import { Grid, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { z } from 'zod';
import type { Person } from '../../../shared/features/people/model.ts';
import { email, line } from '../../../shared/lib/schemas.ts';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { changedFields, orEmpty, orNull } from '../../lib/forms/fields.ts';
import { refusedAt, useSchemaForm } from '../../lib/forms/schema-form.ts';
import { FormDialog } from '../../lib/layout/form-dialog.tsx';
import { useDeed } from '../../lib/queries.ts';
import { peopleTexts } from './people-texts.ts';

const schema = z
  .object({
    number: line(40),
    salutation: line(40),
    title: line(60),
    firstName: line(120),
    lastName: line(120),
    company: line(200),
    street: line(),
    postalCode: line(12),
    city: line(),
    email: z
      .string()
      .trim()
      .pipe(z.union([z.literal(''), email])),
    phone: line(60),
    mobile: line(60),
  })
  .superRefine((entries, context) => {
    if (entries.lastName.trim() !== '' || entries.company.trim() !== '') return;
    context.addIssue({ code: 'custom', message: 'required', path: ['lastName'] });
    context.addIssue({ code: 'custom', message: 'required', path: ['company'] });
  });

const names = [
  'number',
  'salutation',
  'title',
  'firstName',
  'lastName',
  'company',
  'street',
  'postalCode',
  'city',
  'email',
  'phone',
  'mobile',
] as const;

type Entries = Record<(typeof names)[number], string>;
type Fields = Omit<Person, 'id'>;

function entriesOf(person: Person | null): Entries {
  return Object.fromEntries(names.map((name) => [name, orEmpty(person?.[name])])) as Entries;
}

function fieldsOf(entries: Entries): Fields {
  return Object.fromEntries(names.map((name) => [name, orNull(entries[name])])) as unknown as Fields;
}

interface PersonFormProps {
  /** Null creates one. */
  readonly person: Person | null;
  readonly onClose: () => void;
}

/** Creates or changes a person or company. */
export function PersonForm({ person, onClose }: PersonFormProps) {
  const t = useTexts(peopleTexts);
  const common = useTexts(commonTexts);
  const navigate = useNavigate();
  const [company, setCompany] = useState(person !== null && person.lastName === null && person.company !== null);
  const form = useSchemaForm<Entries>(schema, { initialValues: entriesOf(person) });
  const { run, running } = useDeed('people.save', { onError: (error) => refusedAt(form, error) });
  const submit = form.onSubmit(async (entries) => {
    const fields = fieldsOf(entries);
    const saved = await run(
      person === null ? { fields } : { id: person.id, fields: changedFields(fieldsOf(entriesOf(person)), fields) },
    );
    if (saved === null) return;
    onClose();
    if (person === null) void navigate(`/people/${saved.id}`);
  });
  const field = (
    name: keyof Entries,
    span: number,
    extra: { readonly type?: string; readonly required?: boolean } = {},
  ) => (
    <Grid.Col span={span}>
      <TextInput label={name === 'company' ? t('companyName') : t(name)} {...extra} {...form.getInputProps(name)} />
    </Grid.Col>
  );
  return (
    <FormDialog
      title={person === null ? t('newPerson') : t('editPerson')}
      submitLabel={person === null ? t('newPerson') : common('save')}
      onClose={onClose}
      onSubmit={submit}
      running={running}
      dirty={form.isDirty()}
      size={600}
    >
      <SegmentedControl
        aria-label={t('person')}
        value={company ? 'company' : 'natural'}
        onChange={(value) => setCompany(value === 'company')}
        data={[
          { value: 'natural', label: t('natural') },
          { value: 'company', label: t('company') },
        ]}
        style={{ alignSelf: 'flex-start' }}
      />
      <Grid gap="md">
        {company && field('company', 8, { required: true })}
        {!company && field('salutation', 4)}
        {!company && field('title', 4)}
        {field('number', 4)}
        {field('firstName', 6)}
        {field('lastName', 6, { required: !company })}
        {field('street', 12)}
        {field('postalCode', 4)}
        {field('city', 8)}
        {field('email', 12, { type: 'email' })}
        {field('phone', 6, { type: 'tel' })}
        {field('mobile', 6, { type: 'tel' })}
      </Grid>
    </FormDialog>
  );
}
