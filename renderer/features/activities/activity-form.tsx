import { Grid, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { z } from 'zod';
import { requiredLine } from '../../../shared/lib/schemas.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useStaging } from '../../lib/files/use-staging.ts';
import { fieldOf, useSchemaForm } from '../../lib/forms/schema-form.ts';
import { FormDialog } from '../../lib/layout/form-dialog.tsx';
import { PeopleSelect } from '../../lib/pickers/people-select.tsx';
import { PropertySelect } from '../../lib/pickers/property-select.tsx';
import { UnitSelect } from '../../lib/pickers/unit-select.tsx';
import { useDeed, useOperation } from '../../lib/queries.ts';
import { activitiesTexts } from './activities-texts.ts';
import classes from './conversation.module.css';
import { canSend, type EntryDraft, EntryEditor, entryOf } from './entry-editor.tsx';
import { PickedReader, usePropertyOnline } from './readers.tsx';

const schema = z.object({
  subject: requiredLine(200),
  propertyId: z.string().nullable(),
  unitId: z.string().nullable(),
  topicId: z.string().nullable(),
  personIds: z.array(z.string()).max(500),
});

type Entries = z.infer<typeof schema>;

interface ActivityFormProps {
  readonly propertyId: string | null;
  readonly onClose: () => void;
  readonly onCreated: (id: string) => void;
}

/** Begins an activity with its first entry. */
export function ActivityForm({ propertyId, onClose, onCreated }: ActivityFormProps) {
  const t = useTexts(activitiesTexts);
  const { data: lists } = useOperation('settings.lists', {});
  const { run, running } = useDeed('activities.create');
  const staging = useStaging();
  const [draft, setDraft] = useState<EntryDraft>({ kind: 'message', body: '', released: false });
  const [missing, setMissing] = useState(false);
  const form = useSchemaForm<Entries>(schema, {
    initialValues: { subject: '', propertyId, unitId: null, topicId: null, personIds: [] },
  });
  const { personIds } = form.values;
  const online = usePropertyOnline(form.values.propertyId);
  const submit = form.onSubmit(async (entries) => {
    if (!canSend(draft, staging)) {
      setMissing(!staging.busy);
      return;
    }
    const created = await run({ ...entries, entry: entryOf(draft, staging) });
    if (created === null) return;
    onClose();
    onCreated(created.id);
  });
  const property = fieldOf(form, 'propertyId');
  return (
    <FormDialog
      title={t('newActivity')}
      submitLabel={t('create')}
      onClose={onClose}
      onSubmit={submit}
      running={running || staging.busy}
      dirty={form.isDirty() || draft.body !== '' || staging.items.length > 0}
      size={680}
    >
      <TextInput label={t('subject')} required data-autofocus maxLength={200} {...form.getInputProps('subject')} />
      <Grid gap="md">
        <Grid.Col span={6}>
          <PropertySelect
            label={t('property')}
            clearable
            {...property}
            onChange={(value) => {
              property.onChange(value);
              form.setFieldValue('unitId', null);
            }}
          />
        </Grid.Col>
        <Grid.Col span={3}>
          <UnitSelect label={t('unit')} clearable propertyId={form.values.propertyId} {...fieldOf(form, 'unitId')} />
        </Grid.Col>
        <Grid.Col span={3}>
          <Select
            label={t('topic')}
            clearable
            data={(lists?.topics ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            {...fieldOf(form, 'topicId')}
          />
        </Grid.Col>
      </Grid>
      <PeopleSelect
        label={t('people')}
        description={t('personsHint')}
        placeholder={personIds.length === 0 ? t('addPeopleHint') : ''}
        propertyId={form.values.propertyId}
        {...fieldOf(form, 'personIds')}
      />
      <EntryEditor
        draft={draft}
        onChange={(next) => {
          setDraft(next);
          setMissing(false);
        }}
        staging={staging}
        minRows={4}
        onSubmit={() => submit()}
        error={missing ? t('first.missing') : undefined}
        readers={
          personIds.length === 0 || online === false ? (
            <span className={classes.caution}>{t(online === false ? 'releaseOffline' : 'releaseNobody.new')}</span>
          ) : (
            personIds.map((personId) => <PickedReader key={personId} personId={personId} />)
          )
        }
      />
    </FormDialog>
  );
}
