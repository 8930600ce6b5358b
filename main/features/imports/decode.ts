import Papa from 'papaparse';
import type { FileFormat } from '../../../shared/features/imports/model.ts';
import { OperationError } from '../../../shared/lib/errors.ts';

/** A file as a table of texts. */
export interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Most rows of one file; a larger one is refused before memory is. */
const maxRows = 2_000_000;

/**
 * The encoding a file was written in: by its byte order mark, by the zero bytes of UTF-16, by being valid UTF-8; what is
 * none of these is Windows-1252, the encoding of German office programs.
 */
export function detectEncoding(bytes: Uint8Array): FileFormat['encoding'] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, 4096);
  let even = 0;
  let odd = 0;
  for (const [index, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  if (odd > sample.length / 4 && even === 0) return 'utf-16le';
  if (even > sample.length / 4 && odd === 0) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** The separator of a file's columns. */
export function detectSeparator(text: string): FileFormat['separator'] {
  const { meta } = Papa.parse<string[]>(text.slice(0, 64 * 1024), {
    preview: 50,
    delimitersToGuess: [';', ',', '\t', '|'],
  });
  const found = (['\t', ';', ',', '|'] as const).find((separator) => separator === meta.delimiter);
  return found ?? ';';
}

/** The text of a file, without its byte order mark. */
export function decode(bytes: Uint8Array, encoding: FileFormat['encoding']): string {
  return new TextDecoder(encoding).decode(bytes);
}

/**
 * Reads a table: the first line that says something holds the headings; empty lines are left out.
 * @throws OperationError `import-unreadable` where there is no table
 */
export function readTable(text: string, separator: FileFormat['separator']): Table {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: separator, skipEmptyLines: 'greedy' });
  const broken = errors.find((error) => error.type === 'Quotes');
  if (broken !== undefined)
    throw new OperationError('import-unreadable', { reason: 'quotes', row: (broken.row ?? 0) + 1 });
  const [first, ...rows] = data;
  if (first === undefined || first.length === 0) throw new OperationError('import-unreadable', { reason: 'empty' });
  if (rows.length > maxRows) throw new OperationError('import-unreadable', { reason: 'too-many-rows', limit: maxRows });
  return { headings: uniqueHeadings(first), rows };
}

/** Headings as they stand; an empty one is named by its column, a repeated one gets a number. */
function uniqueHeadings(cells: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return cells.map((cell, index) => {
    const heading = cell.trim().slice(0, 190) || `#${index + 1}`;
    const count = (seen.get(heading) ?? 0) + 1;
    seen.set(heading, count);
    return count === 1 ? heading : `${heading} (${count})`;
  });
}
