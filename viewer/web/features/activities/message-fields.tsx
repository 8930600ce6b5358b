import { Textarea } from '@mantine/core';
import type { ClipboardEvent } from 'react';

/** Longest message (UTF-16 units), as the contract has it. */
const maxBody = 20_000;

interface BodyFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly error: string | null;
  readonly disabled: boolean;
  readonly minRows: number;
  readonly onChange: (body: string) => void;
  /** Files pasted into the text, such as a screenshot. */
  readonly onFiles: (files: readonly File[]) => void;
}

/** The text of a message. */
export function BodyField({ id, label, value, error, disabled, minRows, onChange, onFiles }: BodyFieldProps) {
  const paste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    onFiles(files);
  };
  return (
    <Textarea
      id={id}
      label={label}
      value={value}
      error={error}
      disabled={disabled}
      required
      withAsterisk={false}
      minRows={minRows}
      maxRows={20}
      maxLength={maxBody}
      onPaste={paste}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
