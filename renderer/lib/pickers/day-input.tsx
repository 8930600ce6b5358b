import { DateInput } from '@mantine/dates';
import type { ReactNode } from 'react';
import { parseDay } from './parse-day.ts';

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
