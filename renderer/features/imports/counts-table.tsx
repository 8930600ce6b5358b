import { Table } from '@mantine/core';
import type { Output } from '../../../shared/contract/registry.ts';
import { importKinds } from '../../../shared/features/imports/model.ts';
import { formatCount } from '../../../shared/ui/format.ts';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { importsTexts } from './imports-texts.ts';

const columns = ['added', 'changed', 'unchanged', 'skipped'] as const;

/** How many rows of each kind are new, changed, unchanged, left out. */
export function CountsTable({ counts }: { readonly counts: Output<'imports.commit'>['counts'] }) {
  const t = useTexts(importsTexts);
  const language = useLanguage();
  return (
    <Table maw="40rem">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('kindLabel')}</Table.Th>
          {columns.map((column) => (
            <Table.Th key={column} ta="right">
              {t(column)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {importKinds.map((kind) => {
          const count = counts[kind];
          return (
            count !== undefined && (
              <Table.Tr key={kind}>
                <Table.Th scope="row">{t(`kind.${kind}`)}</Table.Th>
                {columns.map((column) => (
                  <Table.Td key={column} ta="right">
                    {formatCount(count[column], language)}
                  </Table.Td>
                ))}
              </Table.Tr>
            )
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
