import {
  ActionIcon,
  Badge,
  Button,
  Group,
  Select,
  Stack,
  Switch,
  Table,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { z } from 'zod';
import { type Staff, staffRoles } from '../../../shared/features/settings/model.ts';
import { email, line, requiredLine } from '../../../shared/lib/schemas.ts';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { labelTexts } from '../../../shared/ui/label-texts.ts';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { PersonAvatar } from '../../../shared/ui/person-avatar.tsx';
import { ListSkeleton } from '../../../shared/ui/skeletons.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { changedFields, orEmpty, orNull } from '../../lib/forms/fields.ts';
import { refusedAt, useSchemaForm } from '../../lib/forms/schema-form.ts';
import { FormDialog } from '../../lib/layout/form-dialog.tsx';
import { useDeed, useOperation } from '../../lib/queries.ts';
import { settingsTexts } from './settings-texts.ts';
import { useIsManager } from './use-is-manager.ts';

/** Who works at the company's desks. */
export function StaffPart() {
  const t = useTexts(settingsTexts);
  const label = useTexts(labelTexts);
  const manager = useIsManager();
  const state = useOperation('settings.state', {});
  const { data, error, refetch } = useOperation('settings.lists', {});
  const [editing, setEditing] = useState<Staff | 'new' | null>(null);
  if (error !== null) return <LoadError code={error.code} details={error.details} onRetry={() => void refetch()} />;
  if (data === undefined) return <ListSkeleton rows={3} avatars />;
  return (
    <Stack gap="md">
      <Group justify="space-between" wrap="nowrap">
        <Text c="dimmed">{manager ? t('staffHint') : t('onlyManagers')}</Text>
        <Button leftSection={<IconPlus size={16} />} disabled={!manager} onClick={() => setEditing('new')}>
          {t('newStaff')}
        </Button>
      </Group>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('name')}</Table.Th>
            <Table.Th>{t('email')}</Table.Th>
            <Table.Th>{t('position')}</Table.Th>
            <Table.Th>{t('role')}</Table.Th>
            <Table.Th w={48} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.staff.map((member) => (
            <Table.Tr key={member.id} c={member.active ? undefined : 'dimmed'}>
              <Table.Td>
                <Group gap="sm" wrap="nowrap">
                  <PersonAvatar name={member.name} size={24} />
                  {member.name}
                  {member.id === state.data?.staff?.id && <Badge color="gray">{t('you')}</Badge>}
                  {!member.active && <Badge color="gray">{t('inactive')}</Badge>}
                </Group>
              </Table.Td>
              <Table.Td>{member.email}</Table.Td>
              <Table.Td>{member.position}</Table.Td>
              <Table.Td>{label(`role.${member.role}`)}</Table.Td>
              <Table.Td>
                <Tooltip label={t('edit', { name: member.name })}>
                  <ActionIcon
                    aria-label={t('edit', { name: member.name })}
                    disabled={!manager}
                    onClick={() => setEditing(member)}
                  >
                    <IconPencil size={16} />
                  </ActionIcon>
                </Tooltip>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {editing !== null && <StaffForm member={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Stack>
  );
}

const schema = z.object({
  name: requiredLine(200),
  email: z.string().trim().pipe(email),
  role: z.enum(staffRoles),
  position: line(120),
  phone: line(60),
  active: z.boolean(),
});

interface Entries extends Record<string, unknown> {
  name: string;
  email: string;
  role: Staff['role'];
  position: string;
  phone: string;
  active: boolean;
}

function entriesOf(member: Staff | null): Entries {
  return {
    name: orEmpty(member?.name),
    email: orEmpty(member?.email),
    role: member?.role ?? 'clerk',
    position: orEmpty(member?.position),
    phone: orEmpty(member?.phone),
    active: member?.active ?? true,
  };
}

function fieldsOf(entries: Entries) {
  return {
    name: entries.name.trim(),
    email: entries.email.trim(),
    role: entries.role,
    position: orNull(entries.position),
    phone: orNull(entries.phone),
    active: entries.active,
  };
}

interface StaffFormProps {
  /** Null adds one. */
  readonly member: Staff | null;
  readonly onClose: () => void;
}

function StaffForm({ member, onClose }: StaffFormProps) {
  const t = useTexts(settingsTexts);
  const common = useTexts(commonTexts);
  const label = useTexts(labelTexts);
  const form = useSchemaForm<Entries>(schema, { initialValues: entriesOf(member) });
  const { run, running } = useDeed('settings.saveStaff', {
    onError: (error) => {
      if (error.code !== 'not-possible-now') return refusedAt(form, error);
      form.setFieldError('role', t('lastManager'));
      return true;
    },
  });
  const submit = form.onSubmit(async (entries) => {
    const fields = fieldsOf(entries);
    const saved = await run(
      member === null ? { fields } : { id: member.id, fields: changedFields(fieldsOf(entriesOf(member)), fields) },
    );
    if (saved !== null) onClose();
  });
  return (
    <FormDialog
      title={member === null ? t('newStaff') : t('editStaff')}
      submitLabel={member === null ? t('newStaff') : common('save')}
      onClose={onClose}
      onSubmit={submit}
      running={running}
      dirty={form.isDirty()}
      size={460}
    >
      <Stack gap="md">
        <TextInput label={t('name')} required data-autofocus {...form.getInputProps('name')} />
        <TextInput label={t('email')} required type="email" {...form.getInputProps('email')} />
        <Select
          label={t('role')}
          data={staffRoles.map((role) => ({ value: role, label: label(`role.${role}`) }))}
          {...form.getInputProps('role')}
        />
        <TextInput label={t('position')} {...form.getInputProps('position')} />
        <TextInput label={t('phone')} type="tel" {...form.getInputProps('phone')} />
        {member !== null && <Switch label={t('active')} {...form.getInputProps('active', { type: 'checkbox' })} />}
      </Stack>
    </FormDialog>
  );
}
