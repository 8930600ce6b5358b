import { DateInput } from '@mantine/dates';
import type { ReactNode } from 'react';
import { isCalendarDate } from '../../../shared/lib/dates.ts';

/** `3.11.26`, `03.11.2026`, `03112026`, `2026-11-03` as a calendar day; null where it is none. */
export function parseDay(typed: string): string | null {
  const text = typed.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const german = /^(\d{1,2})[./ ](\d{1,2})[./ ](\d{4}|\d{2})$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(text);
  const [year, month, day] = iso
    ? [iso[1], iso[2], iso[3]]
    : german
      ? [german[3], german[2], german[1]]
      : [undefined, undefined, undefined];
  if (year === undefined || month === undefined || day === undefined) return null;
  const full = year.length === 2 ? `20${year}` : year;
  const date = `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(date) ? date : null;
}

interface DayInputProps {
  readonly label: string;
  readonly description?: ReactNode;
  readonly placeholder?: string;
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly error?: ReactNode;
  readonly required?: boolean;
}

/** A calendar day, typed or picked; `YYYY-MM-DD` or null. */
export function DayInput({ onChange, ...rest }: DayInputProps) {
  return (
    <DateInput
      {...rest}
      clearable={rest.required !== true}
      valueFormat="DD.MM.YYYY"
      dateParser={parseDay}
      onChange={(value) => onChange(value === null ? null : value.slice(0, 10))}
    />
  );
}
