import { ActionIcon, Button, Group, Select, Stack, Table, Text, Textarea, TextInput, Tooltip } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { z } from 'zod';
import { type EmergencyContact, emergencyContactKinds } from '../../../shared/features/properties/model.ts';
import { requiredLine, text } from '../../../shared/lib/schemas.ts';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { labelTexts } from '../../../shared/ui/label-texts.ts';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { orEmpty, orNull } from '../../lib/forms/fields.ts';
import { refusedAt, useSchemaForm } from '../../lib/forms/schema-form.ts';
import { FormDialog } from '../../lib/layout/form-dialog.tsx';
import { Section } from '../../lib/layout/section.tsx';
import { useDeed, useOperation, useReversible } from '../../lib/queries.ts';
import { portalTexts } from './portal-texts.ts';

/** Whom residents call now. */
export function ContactsSection({ propertyId }: { readonly propertyId: string }) {
  const t = useTexts(portalTexts);
  const label = useTexts(labelTexts);
  const { data, error, refetch } = useOperation('properties.listContacts', { propertyId });
  const removal = useReversible({ deed: 'properties.removeContacts', undo: 'properties.restoreContacts' });
  const [editing, setEditing] = useState<EmergencyContact | 'new' | null>(null);
  const contacts = data ?? [];
  return (
    <Section
      title={t('contacts')}
      actions={
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={16} />}
          onClick={() => setEditing('new')}
        >
          {t('newContact')}
        </Button>
      }
    >
      {error !== null && (
        <LoadError kind="inline" code={error.code} details={error.details} onRetry={() => void refetch()} />
      )}
      {data !== undefined && (
        <Text c="dimmed" mb="sm">
          {contacts.length === 0 ? t('contactsEmpty') : t('contactsHint')}
        </Text>
      )}
      {contacts.length > 0 && (
        <Table>
          <Table.Tbody>
            {contacts.map((contact) => (
              <Table.Tr key={contact.id}>
                <Table.Td ps={0}>
                  <Text fw={500}>{contact.name}</Text>
                  <Text size="xs" c="dimmed">
                    {label(`emergency.${contact.kind}`)}
                    {contact.note !== null && ` · ${contact.note}`}
                  </Text>
                </Table.Td>
                <Table.Td className="tp-figures" style={{ whiteSpace: 'nowrap' }}>
                  {contact.phone}
                </Table.Td>
                <Table.Td w={64} pe={0}>
                  <Group gap={4} wrap="nowrap" justify="flex-end">
                    <Tooltip label={t('edit', { name: contact.name })}>
                      <ActionIcon aria-label={t('edit', { name: contact.name })} onClick={() => setEditing(contact)}>
                        <IconPencil size={16} />
                      </ActionIcon>
                    </Tooltip>
                    <Tooltip label={t('remove', { name: contact.name })}>
                      <ActionIcon
                        aria-label={t('remove', { name: contact.name })}
                        onClick={() => void removal.run([contact.id], t('contactDeleted', { name: contact.name }))}
                      >
                        <IconTrash size={16} />
                      </ActionIcon>
                    </Tooltip>
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {editing !== null && (
        <ContactForm
          propertyId={propertyId}
          contact={editing === 'new' ? null : editing}
          position={Math.max(0, ...contacts.map(({ position }) => position + 1))}
          onClose={() => setEditing(null)}
        />
      )}
    </Section>
  );
}

const schema = z.object({
  kind: z.enum(emergencyContactKinds),
  name: requiredLine(),
  phone: requiredLine(60),
  note: text(500),
});

interface Entries extends Record<string, unknown> {
  kind: EmergencyContact['kind'];
  name: string;
  phone: string;
  note: string;
}

interface ContactFormProps {
  readonly propertyId: string;
  /** Null creates one. */
  readonly contact: EmergencyContact | null;
  /** Of a new one: last. */
  readonly position: number;
  readonly onClose: () => void;
}

function ContactForm({ propertyId, contact, position, onClose }: ContactFormProps) {
  const t = useTexts(portalTexts);
  const common = useTexts(commonTexts);
  const label = useTexts(labelTexts);
  const form = useSchemaForm<Entries>(schema, {
    initialValues: {
      kind: contact?.kind ?? 'heating',
      name: orEmpty(contact?.name),
      phone: orEmpty(contact?.phone),
      note: orEmpty(contact?.note),
    },
  });
  const { run, running } = useDeed('properties.saveContact', { onError: (error) => refusedAt(form, error) });
  const submit = form.onSubmit(async (entries) => {
    const fields = {
      kind: entries.kind,
      name: entries.name.trim(),
      phone: entries.phone.trim(),
      note: orNull(entries.note),
    };
    const saved = await run(
      contact === null ? { fields: { propertyId, position, ...fields } } : { id: contact.id, fields },
    );
    if (saved !== null) onClose();
  });
  return (
    <FormDialog
      title={contact === null ? t('newContact') : t('editContact')}
      submitLabel={contact === null ? t('newContact') : common('save')}
      onClose={onClose}
      onSubmit={submit}
      running={running}
      dirty={form.isDirty()}
      size={460}
    >
      <Stack gap="md">
        <Select
          label={t('contactKind')}
          data={emergencyContactKinds.map((kind) => ({ value: kind, label: label(`emergency.${kind}`) }))}
          {...form.getInputProps('kind')}
        />
        <TextInput label={t('contactName')} required data-autofocus {...form.getInputProps('name')} />
        <TextInput label={t('contactPhone')} required type="tel" {...form.getInputProps('phone')} />
        <Textarea label={t('contactNote')} placeholder={t('noteExample')} minRows={2} {...form.getInputProps('note')} />
      </Stack>
    </FormDialog>
  );
}
