import { Anchor, Button, Table, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Output } from '../../../shared/contract/registry.ts';
import { berlinDate } from '../../../shared/lib/dates.ts';
import { formatDateShort } from '../../../shared/ui/format.ts';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import { Section } from '../../lib/layout/section.tsx';
import { useGroupLabel } from '../../lib/pickers/groups.tsx';
import { useWaiting } from '../../lib/waiting/use-waiting.ts';
import { WaitingMark } from '../../lib/waiting/waiting-mark.tsx';
import { MembershipForm } from './membership-form.tsx';
import { peopleTexts } from './people-texts.ts';
import { useMembershipState } from './use-membership-state.ts';

type Row = Output<'people.get'>['memberships'][number];

interface MembershipsProps {
  readonly personId: string;
  readonly memberships: readonly Row[];
}

/** Where a person belongs, now and before. */
export function MembershipsSection({ personId, memberships }: MembershipsProps) {
  const t = useTexts(peopleTexts);
  const language = useLanguage();
  const groupLabel = useGroupLabel();
  const stateOf = useMembershipState(berlinDate(useNow()));
  const waiting = useWaiting(memberships.map((row) => row.id));
  const [editing, setEditing] = useState<Row | 'new' | null>(null);
  const day = (date: string | null) => (date === null ? '' : formatDateShort(date, language));
  return (
    <Section
      title={t('memberships')}
      actions={
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={16} />}
          onClick={() => setEditing('new')}
        >
          {t('newMembership')}
        </Button>
      }
    >
      {memberships.length === 0 ? (
        <Text c="dimmed">{t('membershipsEmpty')}</Text>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('property')}</Table.Th>
              <Table.Th w={112}>{t('unit')}</Table.Th>
              <Table.Th w={140}>{t('group')}</Table.Th>
              <Table.Th w={96}>{t('from')}</Table.Th>
              <Table.Th w={96}>{t('to')}</Table.Th>
              <Table.Th w={96} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {memberships.map((row) => (
              <Table.Tr
                key={row.id}
                style={{ cursor: 'pointer', color: row.current ? undefined : 'var(--tp-ink-soft)' }}
                onClick={() => setEditing(row)}
              >
                <Table.Td>
                  <WaitingMark waiting={waiting(row.id)} inline />{' '}
                  <Anchor
                    component={Link}
                    to={`/properties/${row.propertyId}`}
                    onClick={(event) => event.stopPropagation()}
                  >
                    {row.propertyNumber} · {row.propertyName}
                  </Anchor>
                </Table.Td>
                <Table.Td>{row.unitNumber ?? t('wholeProperty')}</Table.Td>
                <Table.Td>{groupLabel(row.group)}</Table.Td>
                <Table.Td>{day(row.from)}</Table.Td>
                <Table.Td>{day(row.to)}</Table.Td>
                <Table.Td ta="right">
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    color="gray"
                    onClick={(event) => {
                      event.stopPropagation();
                      setEditing(row);
                    }}
                  >
                    {stateOf(row)}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {editing !== null && (
        <MembershipForm
          membership={editing === 'new' ? null : editing}
          at={{ personId }}
          onClose={() => setEditing(null)}
        />
      )}
    </Section>
  );
}
