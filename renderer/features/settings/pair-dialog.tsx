import { Button, CopyButton, Group, Modal, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { z } from 'zod';
import type { Output } from '../../../shared/contract/registry.ts';
import { staffRoles } from '../../../shared/features/settings/model.ts';
import { email, requiredLine } from '../../../shared/lib/schemas.ts';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { formatTime } from '../../../shared/ui/format.ts';
import { labelTexts } from '../../../shared/ui/label-texts.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { refusedAt, useSchemaForm } from '../../lib/forms/schema-form.ts';
import { useDeed, useOperation } from '../../lib/queries.ts';
import classes from './settings-page.module.css';
import { settingsTexts } from './settings-texts.ts';

type Code = Output<'sync.invitePairing'>;

const ways = ['me', 'colleague', 'new'] as const;

const schema = z.discriminatedUnion('way', [
  z.object({ way: z.literal('me') }),
  z.object({ way: z.literal('colleague'), staffId: z.string({ error: 'required' }).min(1, 'required') }),
  z.object({
    way: z.literal('new'),
    name: requiredLine(200),
    email: z.string().trim().pipe(email),
    role: z.enum(staffRoles),
  }),
]);

interface Entries extends Record<string, unknown> {
  way: (typeof ways)[number];
  staffId: string | null;
  name: string;
  email: string;
  role: (typeof staffRoles)[number];
}

/** Asks for whom the desk is, then shows the code big enough to read across a table. */
export function PairDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts(settingsTexts);
  const common = useTexts(commonTexts);
  const [code, setCode] = useState<Code | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('pairDevice')}
      size={520}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {code === null ? <Whom onCode={setCode} onClose={onClose} /> : <ShownCode code={code} onClose={onClose} />}
    </Modal>
  );
}

interface WhomProps {
  readonly onCode: (code: Code) => void;
  readonly onClose: () => void;
}

function Whom({ onCode, onClose }: WhomProps) {
  const t = useTexts(settingsTexts);
  const common = useTexts(commonTexts);
  const label = useTexts(labelTexts);
  const { data: state } = useOperation('settings.state', {});
  const { data: lists } = useOperation('settings.lists', {});
  const form = useSchemaForm<Entries>(schema, {
    initialValues: { way: 'me', staffId: null, name: '', email: '', role: 'clerk' },
  });
  const { run, running } = useDeed('sync.invitePairing', { onError: (error) => refusedAt(form, error) });
  const me = state?.staff ?? null;
  const colleagues = (lists?.staff ?? []).filter((member) => member.active && member.id !== me?.id);
  const submit = form.onSubmit(async ({ way, staffId, name, email: address, role }) => {
    const answer = await run({
      staffId: way === 'me' ? (me?.id ?? null) : way === 'colleague' ? staffId : null,
      staff: way === 'new' ? { name: name.trim(), email: address.trim(), role } : null,
    });
    if (answer !== null) onCode(answer);
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Radio.Group label={t('pairFor')} {...form.getInputProps('way')}>
          <Stack gap="sm" mt="sm">
            <Radio value="me" label={t('pairMe', { name: me?.name ?? '' })} />
            <Radio value="colleague" label={t('pairColleague')} disabled={colleagues.length === 0} />
            <Radio value="new" label={t('pairNew')} disabled={me?.role !== 'manager'} />
          </Stack>
        </Radio.Group>
        {form.values.way === 'colleague' && (
          <Select
            label={t('colleague')}
            required
            searchable
            data={colleagues.map((member) => ({ value: member.id, label: member.name }))}
            {...form.getInputProps('staffId')}
          />
        )}
        {form.values.way === 'new' && (
          <>
            <TextInput label={t('name')} required {...form.getInputProps('name')} />
            <TextInput label={t('email')} required type="email" {...form.getInputProps('email')} />
            <Select
              label={t('role')}
              data={staffRoles.map((role) => ({ value: role, label: label(`role.${role}`) }))}
              {...form.getInputProps('role')}
            />
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={running}>
            {t('makeCode')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function ShownCode({ code, onClose }: { readonly code: Code; readonly onClose: () => void }) {
  const t = useTexts(settingsTexts);
  const common = useTexts(commonTexts);
  return (
    <Stack gap="md">
      <Text>{t('codeSteps')}</Text>
      <div>
        <Text c="dimmed">{t('address')}</Text>
        <Group gap="sm">
          <Text fw={500} style={{ userSelect: 'all' }} data-testid="pairing-url">
            {code.url}
          </Text>
          <Copy value={code.url} label={t('copyAddress')} />
        </Group>
      </div>
      <div>
        <Text c="dimmed">{t('code')}</Text>
        <Group gap="md">
          <div className={classes.code} data-testid="pairing-code">
            {code.code}
          </div>
          <Copy value={code.code} label={t('copyCode')} />
        </Group>
        <Text c="dimmed">{t('validUntil', { time: formatTime(code.expiresAt) })}</Text>
      </div>
      <Group justify="flex-end">
        <Button onClick={onClose}>{common('done')}</Button>
      </Group>
    </Stack>
  );
}

function Copy({ value, label }: { readonly value: string; readonly label: string }) {
  const common = useTexts(commonTexts);
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button variant="subtle" size="compact-sm" onClick={copy}>
          {copied ? common('copied') : label}
        </Button>
      )}
    </CopyButton>
  );
}
