import { z } from 'zod';
import { isCalendarDate } from './dates.ts';

/** Building blocks of entities and inputs. Lengths are in UTF-16 units. */

/** In lower case only: the desk and the change log compare ids as text, so another spelling would be another row. */
export const id = z.uuid().refine((value) => value === value.toLowerCase(), 'lower-case');

/** Whether a reader would see anything: blanks, control characters and invisible ones say nothing. */
export function saysSomething(value: string): boolean {
  return /[^\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/u.test(value);
}

/** One line: no control characters, trimmed by the face before it is sent. */
export const line = (max = 200) =>
  z
    .string()
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: keeping control characters out is the point
    .regex(/^[^\u0000-\u001f\u007f\u2028\u2029]*$/, 'control-character');

/** One line that must say something. */
export const requiredLine = (max = 200) => line(max).refine(saysSomething, 'required');

/** Several lines. Only NUL is refused, because PostgreSQL cannot hold it. */
export const text = (max = 20_000) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes('\0'), 'control-character');

/** A calendar day `YYYY-MM-DD`, inclusive, Europe/Berlin. */
export const calendarDate = z.string().refine(isCalendarDate, 'date');

/**
 * An instant in UTC with milliseconds, `2026-11-23T14:05:00.000Z`. Synced tables of both databases keep it as this
 * text, so that it sorts as text and both sides hold the same bytes.
 */
export const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, 'instant');

/** SHA-256 of a whole file, lower-case hex. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** An e-mail address; compared without regard to case, kept as typed. */
export const email = z.email().max(254);

/** Integer cents. */
export const cents = z.int();

/** `#rrggbb`. */
export const colour = z.string().regex(/^#[0-9a-f]{6}$/i);
