import { ScrollArea, Stack, Table, Text, Title } from '@mantine/core';
import { importFieldNames } from '../../../shared/features/imports/fields.ts';
import type { ImportFile, ImportProblem } from '../../../shared/features/imports/model.ts';
import { StatusBadge } from '../../../shared/ui/status-badge.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { importsTexts } from './imports-texts.ts';

interface ProblemsTableProps {
  readonly files: readonly ImportFile[];
  readonly problems: readonly ImportProblem[];
  readonly problemCount: number;
}

/** Rows of the table at once: enough to see what is wrong with an export. */
const shown = 200;

/** Every problem by file, row and column. */
export function ProblemsTable({ files, problems, problemCount }: ProblemsTableProps) {
  const t = useTexts(importsTexts);
  const nameOf = new Map(files.map((file) => [file.fileId, file.fileName]));
  const visible = problems.slice(0, shown);
  // A required value without a column is named by the field; everything else by the file's own heading.
  const columnName = ({ code, column }: ImportProblem): string | null => {
    const field = code === 'column-not-mapped' ? importFieldNames.find((name) => name === column) : undefined;
    return field === undefined ? column : t(`field.${field}`);
  };
  return (
    <Stack gap="xs" component="section" aria-label={t('problems', { count: problemCount })}>
      <Title order={2} size="h4">
        {t('problems', { count: problemCount })}
      </Title>
      {visible.length < problemCount && <Text c="dimmed">{t('problemsShown', { shown: visible.length })}</Text>}
      <ScrollArea.Autosize mah={420} type="auto">
        <Table stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={110} aria-label={t('problem')} />
              <Table.Th>{t('file')}</Table.Th>
              <Table.Th ta="right">{t('row')}</Table.Th>
              <Table.Th>{t('column')}</Table.Th>
              <Table.Th>{t('problem')}</Table.Th>
              <Table.Th>{t('value')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {visible.map((problem) => (
              <Table.Tr key={`${problem.fileId} ${problem.row} ${problem.column ?? ''} ${problem.code}`}>
                <Table.Td>
                  <StatusBadge tone={problem.severity === 'error' ? 'problem' : 'waiting'}>
                    {t(problem.severity)}
                  </StatusBadge>
                </Table.Td>
                <Table.Td>{nameOf.get(problem.fileId)}</Table.Td>
                <Table.Td ta="right">{problem.row}</Table.Td>
                <Table.Td>{columnName(problem)}</Table.Td>
                <Table.Td>{t(`problem.${problem.code}`)}</Table.Td>
                <Table.Td>
                  <Text truncate maw="18rem">
                    {problem.value}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </Stack>
  );
}
