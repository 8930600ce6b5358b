import { TextInput } from '@mantine/core';
import { useTexts } from '../../../../shared/ui/texts.ts';
import { accountTexts } from './texts.ts';

interface EmailFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | null;
}

/** The e-mail address one signs in with. */
export function EmailField({ value, onChange, error }: EmailFieldProps) {
  const t = useTexts(accountTexts);
  return (
    <TextInput
      label={t('email')}
      type="email"
      autoComplete="username"
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
