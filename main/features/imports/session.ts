import { readFile } from 'node:fs/promises';
import type { StagedFile } from '../../../shared/features/files/contract.ts';
import { importFields } from '../../../shared/features/imports/fields.ts';
import { headingsFingerprint, proposeKind, proposeMapping } from '../../../shared/features/imports/mapping.ts';
import type { ColumnMapping, FileFormat, ImportFile, ImportKind } from '../../../shared/features/imports/model.ts';
import { detectDateOrder, detectDecimalMark } from '../../../shared/features/imports/values.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { DeskContext } from '../../service/context.ts';
import { decode, detectEncoding, detectSeparator, readTable, type Table } from './decode.ts';
import { rememberedMapping } from './remembered.ts';

/** A file of an import: its bytes, and how they are read at the moment. */
export interface SessionFile {
  readonly id: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly kind: ImportKind | null;
  readonly format: FileFormat;
  readonly mapping: ColumnMapping;
  readonly remembered: boolean;
  readonly table: Table;
}

/** An import between the first look and its confirmation. Lives in memory: nothing is written unless confirmed. */
export interface ImportSession {
  readonly id: string;
  files: readonly SessionFile[];
  cancelled: boolean;
}

const sampleRows = 8;
/** Cells of a column that its format is told from. */
const evidence = 500;

/** Opens a staged file and says what it seems to be. @throws OperationError `file-missing`, `import-unreadable` */
export async function openFile(context: DeskContext, file: StagedFile): Promise<SessionFile> {
  if (!context.files.has(file.sha256)) throw new OperationError('file-missing', { fileName: file.fileName });
  const bytes = await readFile(context.files.path(file.sha256));
  const encoding = detectEncoding(bytes);
  const text = decode(bytes, encoding);
  const separator = detectSeparator(text);
  const table = named(file.fileName, () => readTable(text, separator));
  const known = rememberedMapping(context.meta, headingsFingerprint(table.headings));
  const kind = known?.kind ?? proposeKind(table.headings);
  const mapping = known?.mapping ?? (kind === null ? {} : proposeMapping(kind, table.headings));
  const format: FileFormat = { encoding, separator, ...conventions(kind, mapping, table) };
  return {
    id: context.newId(),
    fileName: file.fileName,
    bytes,
    kind,
    format,
    mapping,
    remembered: known !== null,
    table,
  };
}

/** Reads the file again as the person says. @throws OperationError `import-unreadable`, `invalid-input` for a column that is not there */
export function adjustFile(file: SessionFile, wish: Pick<SessionFile, 'kind' | 'format' | 'mapping'>): SessionFile {
  const reread = wish.format.encoding !== file.format.encoding || wish.format.separator !== file.format.separator;
  const table = reread
    ? named(file.fileName, () => readTable(decode(file.bytes, wish.format.encoding), wish.format.separator))
    : file.table;
  if (wish.kind !== file.kind || reread) {
    const mapping = wish.kind === null ? {} : proposeMapping(wish.kind, table.headings);
    return { ...file, kind: wish.kind, format: wish.format, mapping, remembered: false, table };
  }
  const stranger = Object.values(wish.mapping).find((heading) => heading !== null && !table.headings.includes(heading));
  if (stranger !== undefined) throw new OperationError('invalid-input', { column: stranger ?? '' });
  return { ...file, format: wish.format, mapping: wish.mapping, remembered: false, table };
}

/** The file as the wizard shows it. */
export function shownFile(file: SessionFile): ImportFile {
  return {
    fileId: file.id,
    fileName: file.fileName,
    kind: file.kind,
    format: file.format,
    headings: [...file.table.headings],
    sample: file.table.rows.slice(0, sampleRows).map((row) => [...row]),
    rowCount: file.table.rows.length,
    mapping: file.mapping,
    remembered: file.remembered,
  };
}

function conventions(
  kind: ImportKind | null,
  mapping: ColumnMapping,
  table: Table,
): Pick<FileFormat, 'dateOrder' | 'decimalMark'> {
  const fields = kind === null ? [] : importFields[kind];
  const cells = (types: readonly string[]): readonly string[] =>
    fields
      .filter((field) => types.includes(field.type))
      .flatMap((field) => {
        const column = table.headings.indexOf(mapping[field.name] ?? '');
        return column < 0 ? [] : table.rows.slice(0, evidence).map((row) => row[column] ?? '');
      });
  return {
    dateOrder: detectDateOrder(cells(['date'])),
    decimalMark: detectDecimalMark(cells(['cents', 'hundredths', 'tenths'])),
  };
}

function named<T>(fileName: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof OperationError) throw new OperationError(error.code, { ...error.details, fileName });
    throw error;
  }
}
