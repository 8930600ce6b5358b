import { z } from 'zod';
import { isCalendarDate } from '../../lib/dates.ts';
import type { ImportField } from './fields.ts';
import { foldHeading } from './fold-heading.ts';
import type { FileFormat, ImportProblem } from './model.ts';

/** A cell read: its value, or why not. */
export type CellResult =
  | { readonly value: string | number | readonly [number, number | null] | null }
  | { readonly problem: ImportProblem['code'] };

type Conventions = Pick<FileFormat, 'dateOrder' | 'decimalMark'>;

const scales: Readonly<Partial<Record<ImportField['type'], number>>> = {
  cents: 2,
  hundredths: 2,
  tenths: 1,
  integer: 0,
};

/** Reads one cell; empty is null. Numbers become integers of the field's unit, never floating point. */
export function readCell(field: ImportField, text: string, format: Conventions): CellResult {
  const trimmed = text.trim();
  if (trimmed === '') return field.required ? { problem: 'missing-value' } : { value: null };
  switch (field.type) {
    case 'text':
      return readText(trimmed, field.max ?? 200);
    case 'email':
      return z.email().safeParse(trimmed).success && trimmed.length <= 254
        ? { value: trimmed }
        : { problem: 'not-an-email' };
    case 'date': {
      const value = parseDate(trimmed, format.dateOrder);
      return value === null ? { problem: 'not-a-date' } : { value };
    }
    case 'choice': {
      const value = field.choices?.[foldHeading(trimmed)];
      return value === undefined ? { problem: 'not-a-choice' } : { value };
    }
    case 'share': {
      const value = parseShare(trimmed, format.decimalMark);
      return value === null ? { problem: 'not-a-number' } : { value };
    }
    default: {
      const value = parseScaled(trimmed, format.decimalMark, scales[field.type] ?? 0);
      return value === null ? { problem: 'not-a-number' } : { value };
    }
  }
}

function readText(text: string, max: number): CellResult {
  const oneLine = text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ', ');
  if (/\p{Cc}/u.test(oneLine)) return { problem: 'control-character' };
  return oneLine.length > max ? { problem: 'too-long' } : { value: oneLine };
}

/** A calendar day from `31.12.2025`, `31.12.25`, `12/31/2025`, `2025-12-31` …; a time of day behind it is left out. */
export function parseDate(text: string, order: FileFormat['dateOrder']): string | null {
  const match = /^(\d{1,4})[.\-/](\d{1,2})[.\-/](\d{1,4})(?:[ T].*)?$/.exec(text.trim());
  if (match === null) return null;
  const [, a = '', b = '', c = ''] = match;
  // A year in front is unmistakable, whatever order the rest of the file has.
  const [year, month, day] = a.length === 4 ? [a, b, c] : order === 'mdy' ? [c, a, b] : [c, b, a];
  if (year.length !== 4 && year.length !== 2) return null;
  const fullYear = year.length === 2 ? (Number(year) < 70 ? `20${year}` : `19${year}`) : year;
  const date = `${fullYear}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(date) ? date : null;
}

/**
 * A decimal number as an integer of `scale` digits: `1.234,56` with mark `,` and scale 2 is 123456. More digits than the
 * unit has are refused unless they are zeros; a currency or unit behind the number is left out.
 */
export function parseScaled(text: string, mark: FileFormat['decimalMark'], scale: number): number | null {
  const bare = text.replace(/[\s\u00a0']/g, '').replace(/(€|EUR|m²|m2|qm)$/i, '');
  const thousands = mark === ',' ? '.' : ',';
  const pattern = new RegExp(`^([+-]?)(\\d{1,3}(?:\\${thousands}\\d{3})+|\\d+)(?:\\${mark}(\\d+))?(-?)$`);
  const match = pattern.exec(bare);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', trailing = ''] = match;
  if (/[1-9]/.test(fraction.slice(scale))) return null;
  const digits = whole.replaceAll(thousands, '') + fraction.slice(0, scale).padEnd(scale, '0');
  const value = Number(digits);
  if (!Number.isSafeInteger(value)) return null;
  return sign === '-' || trailing === '-' ? 0 - value : value;
}

/** `15/1000` → [15, 1000]; `15,5/1000` → [155, 10000]; a number alone has no denominator. */
function parseShare(text: string, mark: FileFormat['decimalMark']): readonly [number, number | null] | null {
  const [left = '', right, ...rest] = text.split('/').map((part) => part.trim());
  if (rest.length > 0) return null;
  const digits = (left.split(mark)[1] ?? '').length;
  const numerator = parseScaled(left, mark, digits);
  const denominator = right === undefined ? null : parseScaled(right, mark, 0);
  if (numerator === null || numerator < 0 || (right !== undefined && (denominator === null || denominator < 1)))
    return null;
  if (denominator === null) return digits === 0 ? [numerator, null] : null;
  return [numerator, denominator * 10 ** digits];
}

/** The order of day and month that the dates of a column speak for; day first where they leave it open. */
export function detectDateOrder(texts: readonly string[]): FileFormat['dateOrder'] {
  let ymd = 0;
  let mdy = 0;
  let dmy = 0;
  for (const text of texts) {
    const match = /^(\d{1,4})([.\-/])(\d{1,2})[.\-/](\d{1,4})/.exec(text.trim());
    if (match === null) continue;
    const [, a = '', separator = '', b = ''] = match;
    if (a.length === 4) ymd += 1;
    else if (Number(b) > 12) mdy += 1;
    else if (Number(a) > 12 || separator === '.') dmy += 1;
  }
  if (mdy > dmy && mdy >= ymd) return 'mdy';
  return ymd > dmy ? 'ymd' : 'dmy';
}

/** The decimal mark that the numbers of a file speak for; the comma where they leave it open. */
export function detectDecimalMark(texts: readonly string[]): FileFormat['decimalMark'] {
  let comma = 0;
  let point = 0;
  for (const text of texts) {
    const bare = text.trim();
    if (!/^[+-]?[\d.,']+-?$/.test(bare)) continue;
    const last = Math.max(bare.lastIndexOf(','), bare.lastIndexOf('.'));
    if (last < 0) continue;
    const mark = bare[last];
    const other = mark === ',' ? '.' : ',';
    // Three digits behind a lone mark may be thousands: no evidence, unless the other mark stands before it.
    const open = bare.length - last - 1 === 3 && !bare.includes(other);
    const repeated = bare.indexOf(mark ?? '') !== last;
    if (open && !repeated) continue;
    if (repeated ? mark === '.' : mark === ',') comma += 1;
    else point += 1;
  }
  return point > comma ? '.' : ',';
}
