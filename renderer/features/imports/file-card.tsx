import { Badge, Group, Paper, ScrollArea, Select, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { importFields } from '../../../shared/features/imports/fields.ts';
import {
  dateOrders,
  decimalMarks,
  encodings,
  fileFormat,
  type ImportFile,
  importKinds,
} from '../../../shared/features/imports/model.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import classes from './file-card.module.css';
import { importsTexts } from './imports-texts.ts';

interface FileCardProps {
  readonly file: ImportFile;
  readonly onAdjust: (wish: Partial<Pick<ImportFile, 'kind' | 'format' | 'mapping'>>) => Promise<void>;
}

const skip = 'skip';
const separators = fileFormat.shape.separator.options;

/** One file: what it holds, how it is written, which column is what, its first rows. */
export function FileCard({ file, onAdjust }: FileCardProps) {
  const t = useTexts(importsTexts);
  return (
    <Paper withBorder p="md" component="section" aria-label={file.fileName}>
      <Stack>
        <Group justify="space-between">
          <Group gap="sm">
            <Title order={2} size="h4">
              {file.fileName}
            </Title>
            <Text c="dimmed" className="tp-figures">
              {t('rows', { count: file.rowCount })}
            </Text>
          </Group>
          {file.remembered && <Badge color="moss">{t('remembered')}</Badge>}
        </Group>
        <FormatChoices file={file} onAdjust={onAdjust} />
        {file.kind === null ? (
          <Text c="dimmed">{t('kindUnknown')}</Text>
        ) : (
          <MappingChoices file={file} kind={file.kind} onAdjust={onAdjust} />
        )}
        <Sample file={file} />
      </Stack>
    </Paper>
  );
}

function FormatChoices({ file, onAdjust }: FileCardProps) {
  const t = useTexts(importsTexts);
  const { format } = file;
  return (
    <Group gap="sm" align="end">
      <Select
        label={t('kindLabel')}
        w={200}
        allowDeselect={false}
        value={file.kind ?? skip}
        data={[
          ...importKinds.map((kind) => ({ value: kind as string, label: t(`kind.${kind}`) })),
          { value: skip, label: t('kindSkip') },
        ]}
        onChange={(value) => void onAdjust({ kind: importKinds.find((kind) => kind === value) ?? null })}
      />
      <Select
        label={t('encoding')}
        w={150}
        allowDeselect={false}
        value={format.encoding}
        data={encodings.map((value) => ({ value: value as string, label: value.toUpperCase() }))}
        onChange={(value) => {
          const encoding = encodings.find((known) => known === value);
          if (encoding !== undefined) void onAdjust({ format: { ...format, encoding } });
        }}
      />
      <Select
        label={t('separator')}
        w={160}
        allowDeselect={false}
        value={format.separator}
        data={separators.map((value) => ({ value: value as string, label: t(`separator.${value}`) }))}
        onChange={(value) => {
          const separator = separators.find((known) => known === value);
          if (separator !== undefined) void onAdjust({ format: { ...format, separator } });
        }}
      />
      <Select
        label={t('dateOrder')}
        w={160}
        allowDeselect={false}
        value={format.dateOrder}
        data={dateOrders.map((value) => ({ value: value as string, label: t(`dateOrder.${value}`) }))}
        onChange={(value) => {
          const dateOrder = dateOrders.find((known) => known === value);
          if (dateOrder !== undefined) void onAdjust({ format: { ...format, dateOrder } });
        }}
      />
      <Select
        label={t('decimalMark')}
        w={120}
        allowDeselect={false}
        value={format.decimalMark}
        data={decimalMarks.map((value) => ({ value: value as string, label: t(`decimalMark.${value}`) }))}
        onChange={(value) => {
          const decimalMark = decimalMarks.find((known) => known === value);
          if (decimalMark !== undefined) void onAdjust({ format: { ...format, decimalMark } });
        }}
      />
    </Group>
  );
}

function MappingChoices({ file, kind, onAdjust }: FileCardProps & { readonly kind: NonNullable<ImportFile['kind']> }) {
  const t = useTexts(importsTexts);
  return (
    <fieldset className={classes.mapping} aria-label={t('mapping')}>
      <SimpleGrid cols={{ base: 2, md: 3, lg: 4 }} spacing="sm" verticalSpacing="xs">
        {importFields[kind].map((field) => {
          const heading = file.mapping[field.name] ?? null;
          return (
            <Select
              key={field.name}
              label={t(`field.${field.name}`)}
              withAsterisk={field.required}
              clearable={!field.required}
              searchable
              placeholder={t('notMapped')}
              value={heading}
              error={field.required && heading === null}
              data={[...file.headings]}
              onChange={(value) => void onAdjust({ mapping: { ...file.mapping, [field.name]: value } })}
            />
          );
        })}
      </SimpleGrid>
    </fieldset>
  );
}

function Sample({ file }: { readonly file: ImportFile }) {
  const t = useTexts(importsTexts);
  const used = new Set(Object.values(file.mapping));
  return (
    <ScrollArea type="auto" aria-label={t('sample')}>
      <Table className={classes.sample} withRowBorders={false}>
        <Table.Thead>
          <Table.Tr>
            {file.headings.map((heading) => (
              <Table.Th key={heading} data-used={used.has(heading) || undefined}>
                {heading}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {file.sample.slice(0, 4).map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name than their place
            <Table.Tr key={index}>
              {file.headings.map((heading, column) => (
                <Table.Td key={heading}>{row[column]}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}
