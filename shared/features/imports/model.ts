import { z } from 'zod';
import { id, line } from '../../lib/schemas.ts';

/** What a file can hold; the ledger's files join later. */
export const importKinds = ['properties', 'units', 'people', 'memberships'] as const;
export type ImportKind = (typeof importKinds)[number];

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export const dateOrders = ['dmy', 'mdy', 'ymd'] as const;
export const decimalMarks = [',', '.'] as const;

/** How a file is written; detected, and correctable by the person. */
export const fileFormat = z.strictObject({
  encoding: z.enum(encodings),
  separator: z.enum([';', ',', '\t', '|']),
  dateOrder: z.enum(dateOrders),
  decimalMark: z.enum(decimalMarks),
});
export type FileFormat = z.infer<typeof fileFormat>;

/** Target field → heading of the column, null where the file has none. */
export const columnMapping = z.record(z.string().max(60), line(200).nullable());
export type ColumnMapping = z.infer<typeof columnMapping>;

/** A file as the wizard shows it. */
export const importFile = z.strictObject({
  fileId: id,
  fileName: z.string(),
  kind: z.enum(importKinds).nullable(),
  format: fileFormat,
  headings: z.array(z.string()),
  /** First rows as texts. */
  sample: z.array(z.array(z.string())),
  rowCount: z.int(),
  mapping: columnMapping,
  /** Remembered from an earlier import of files with these headings. */
  remembered: z.boolean(),
});
export type ImportFile = z.infer<typeof importFile>;

export const problemCodes = [
  'missing-value',
  'not-a-date',
  'not-a-number',
  'not-a-choice',
  'not-an-email',
  'too-long',
  'control-character',
  'duplicate-key',
  'unknown-property',
  'unknown-unit',
  'unknown-person',
  'period-reversed',
  'column-not-mapped',
  'row-too-short',
] as const;

/** A problem by file, row (1 is the heading) and column. A warning does not stop the import. */
export const importProblem = z.strictObject({
  fileId: id,
  row: z.int(),
  column: z.string().nullable(),
  code: z.enum(problemCodes),
  severity: z.enum(['error', 'warning']),
  value: z.string(),
});
export type ImportProblem = z.infer<typeof importProblem>;

/** What an import would do, per kind. */
export const importCounts = z.strictObject({ added: z.int(), changed: z.int(), unchanged: z.int(), skipped: z.int() });
