import { Button, Grid, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { z } from 'zod';
import type { Membership } from '../../../shared/features/people/model.ts';
import { type GroupKey, groupKey, groupKeys } from '../../../shared/features/properties/model.ts';
import { calendarDate, line } from '../../../shared/lib/schemas.ts';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { changedFields, orEmpty, orNull } from '../../lib/forms/fields.ts';
import { fieldOf, refusedAt, useSchemaForm } from '../../lib/forms/schema-form.ts';
import { FormDialog } from '../../lib/layout/form-dialog.tsx';
import { DayInput } from '../../lib/pickers/day-input.tsx';
import { GroupSelect } from '../../lib/pickers/groups.tsx';
import { PersonSelect } from '../../lib/pickers/person-select.tsx';
import { PropertySelect } from '../../lib/pickers/property-select.tsx';
import { UnitSelect } from '../../lib/pickers/unit-select.tsx';
import { useDeed, useReversible } from '../../lib/queries.ts';
import { peopleTexts } from './people-texts.ts';

const present = z.string({ error: 'required' }).min(1, 'required');

const schema = z
  .object({
    personId: present,
    propertyId: present,
    unitId: z.string().nullable(),
    group: groupKey,
    from: calendarDate.nullable(),
    to: calendarDate.nullable(),
    accountNumber: line(40),
  })
  .refine(({ from, to }) => from === null || to === null || from <= to, { message: 'period', path: ['to'] });

interface Entries extends Record<string, unknown> {
  personId: string | null;
  propertyId: string | null;
  unitId: string | null;
  group: GroupKey | null;
  from: string | null;
  to: string | null;
  accountNumber: string;
}

interface MembershipFormProps {
  /** Null creates one. */
  readonly membership: Membership | null;
  /** Where or for whom a new one is made. */
  readonly at: { readonly personId?: string; readonly propertyId?: string };
  readonly onClose: () => void;
}

/** Creates, changes or deletes a membership. */
export function MembershipForm({ membership, at, onClose }: MembershipFormProps) {
  const t = useTexts(peopleTexts);
  const common = useTexts(commonTexts);
  const removal = useReversible({ deed: 'people.removeMemberships', undo: 'people.restoreMemberships' });
  const initialValues: Entries = {
    personId: membership?.personId ?? at.personId ?? null,
    propertyId: membership?.propertyId ?? at.propertyId ?? null,
    unitId: membership?.unitId ?? null,
    group: membership?.group ?? null,
    from: membership?.from ?? null,
    to: membership?.to ?? null,
    accountNumber: orEmpty(membership?.accountNumber),
  };
  const form = useSchemaForm<Entries>(schema, { initialValues });
  const { run, running } = useDeed('people.saveMembership', { onError: (error) => refusedAt(form, error) });
  const submit = form.onSubmit(async (entries) => {
    const { personId, propertyId, group } = entries;
    if (personId === null || propertyId === null || group === null) return;
    const fields = { ...entries, personId, propertyId, group, accountNumber: orNull(entries.accountNumber) };
    const before = membership === null ? {} : { ...initialValues, accountNumber: membership.accountNumber };
    const saved = await run(
      membership === null
        ? { fields }
        : { id: membership.id, fields: changedFields<typeof fields>(before as typeof fields, fields) },
    );
    if (saved !== null) onClose();
  });
  const remove = async () => {
    if (membership !== null && (await removal.run([membership.id], t('membershipsDeleted', { count: 1 })))) onClose();
  };
  return (
    <FormDialog
      title={membership === null ? t('newMembership') : t('editMembership')}
      submitLabel={membership === null ? t('newMembership') : common('save')}
      onClose={onClose}
      onSubmit={submit}
      running={running}
      dirty={form.isDirty()}
      footer={
        membership !== null && (
          <Button
            variant="subtle"
            color="alarm"
            mr="auto"
            leftSection={<IconTrash size={16} />}
            loading={removal.running}
            onClick={() => void remove()}
          >
            {common('delete')}
          </Button>
        )
      }
    >
      <Grid gap="md">
        {at.personId === undefined && (
          <Grid.Col span={12}>
            <PersonSelect label={t('person')} required {...fieldOf(form, 'personId')} />
          </Grid.Col>
        )}
        {at.propertyId === undefined && (
          <Grid.Col span={12}>
            <PropertySelect
              label={t('property')}
              required
              {...fieldOf(form, 'propertyId')}
              onChange={(propertyId) => form.setValues({ propertyId, unitId: null })}
            />
          </Grid.Col>
        )}
        <Grid.Col span={6}>
          <UnitSelect
            label={t('unit')}
            placeholder={t('wholeProperty')}
            clearable
            propertyId={form.values.propertyId}
            {...fieldOf(form, 'unitId')}
          />
        </Grid.Col>
        <Grid.Col span={6}>
          <GroupSelect
            label={t('group')}
            required
            {...fieldOf(form, 'group')}
            onChange={(value) => fieldOf(form, 'group').onChange(groupKeys.find((key) => key === value) ?? null)}
          />
        </Grid.Col>
        <Grid.Col span={6}>
          <DayInput label={t('from')} {...fieldOf(form, 'from')} />
        </Grid.Col>
        <Grid.Col span={6}>
          <DayInput label={t('to')} {...fieldOf(form, 'to')} />
        </Grid.Col>
        <Grid.Col span={6}>
          <TextInput label={t('accountNumber')} {...form.getInputProps('accountNumber')} />
        </Grid.Col>
      </Grid>
    </FormDialog>
  );
}
