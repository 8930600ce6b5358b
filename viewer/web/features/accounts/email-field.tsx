import { TextInput } from '@mantine/core';
import { useTexts } from '../../../../shared/ui/texts.ts';
import { accountTexts } from './texts.ts';

interface EmailFieldProps {
  /** `E-Mail-Adresse` unless told. */
  readonly label?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | null;
}

/** The e-mail address one signs in with, or shall sign in with. */
export function EmailField({ label, value, onChange, error }: EmailFieldProps) {
  const t = useTexts(accountTexts);
  return (
    <TextInput
      label={label ?? t('email')}
      type="email"
      autoComplete={label === undefined ? 'username' : 'email'}
      autoCapitalize="none"
      spellCheck={false}
      maxLength={254}
      required
      withAsterisk={false}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
