import { type ImportField, importFields } from '../../../shared/features/imports/fields.ts';
import { unmapped } from '../../../shared/features/imports/mapping.ts';
import type { ImportKind, ImportProblem } from '../../../shared/features/imports/model.ts';
import { type CellResult, readCell } from '../../../shared/features/imports/values.ts';
import type { SessionFile } from './session.ts';

/** A row with its values by field; a field that the file has no column for is not there. */
export interface ImportRow {
  readonly fileId: string;
  readonly kind: ImportKind;
  /** Row of the file; 1 is the heading. */
  readonly row: number;
  readonly values: Readonly<Record<string, Extract<CellResult, { value: unknown }>['value']>>;
  /** Has an error and is not written. */
  readonly broken: boolean;
  readonly columnOf: (field: string) => string | null;
}

/** Optional contact data that cannot be read is left out with a warning; everything else stops the row. */
const warned: ReadonlySet<ImportProblem['code']> = new Set(['not-an-email']);

/** Reads every cell of a file that has a kind, in slices, so that a large one can show progress and be cancelled. */
export function* readRows(file: SessionFile, problems: ImportProblem[]): Generator<ImportRow> {
  const { kind, mapping, table } = file;
  if (kind === null) return;
  const columnOf = (field: string): string | null => mapping[field] ?? null;
  const missing = unmapped(kind, mapping);
  for (const field of missing) {
    problems.push({ fileId: file.id, row: 1, column: field, code: 'column-not-mapped', severity: 'error', value: '' });
  }
  if (missing.length > 0) return;
  const fields = importFields[kind].flatMap((field): (readonly [ImportField, number])[] => {
    const column = table.headings.indexOf(columnOf(field.name) ?? '');
    return column < 0 ? [] : [[field, column]];
  });
  for (const [index, cells] of table.rows.entries()) {
    const row = index + 2;
    let broken = false;
    const values: Record<string, ImportRow['values'][string]> = {};
    for (const [field, column] of fields) {
      const text = cells[column] ?? '';
      const result = readCell(field, text, file.format);
      if ('value' in result) {
        values[field.name] = result.value;
        continue;
      }
      const severity = warned.has(result.problem) ? 'warning' : 'error';
      if (severity === 'error') broken = true;
      const code = result.problem === 'missing-value' && cells.length <= column ? 'row-too-short' : result.problem;
      problems.push({ fileId: file.id, row, column: columnOf(field.name), code, severity, value: text.slice(0, 200) });
    }
    yield { fileId: file.id, kind, row, values, broken, columnOf };
  }
}
