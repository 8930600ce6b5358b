import { PasswordInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTexts } from '../../../../shared/ui/texts.ts';
import { accountTexts } from './texts.ts';

interface PasswordFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What password managers make of it. */
  readonly purpose: 'current-password' | 'new-password';
  readonly error?: string | null;
  readonly description?: ReactNode;
}

/** A password that one can look at while typing. */
export function PasswordField({ label, value, onChange, purpose, error, description }: PasswordFieldProps) {
  const t = useTexts(accountTexts);
  const [visible, setVisible] = useState(false);
  return (
    <PasswordInput
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete={purpose}
      maxLength={200}
      required
      withAsterisk={false}
      error={error}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      visible={visible}
      onVisibilityChange={setVisible}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{
        'aria-label': visible ? t('hide') : t('show'),
        title: visible ? t('hide') : t('show'),
      }}
      rightSectionWidth={44}
    />
  );
}
