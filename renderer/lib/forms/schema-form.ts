import { type UseFormInput, type UseFormReturnType, useForm } from '@mantine/form';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { OperationError } from '../../../shared/lib/errors.ts';
import { errorText } from '../../../shared/ui/error-texts.ts';
import { currentLanguage, defineTexts, textsFor, useTexts } from '../../../shared/ui/texts.ts';

const texts = defineTexts({
  de: {
    required: 'Bitte ausfüllen.',
    tooLong: 'Höchstens {{max}} Zeichen.',
    control: 'Dieses Feld enthält Zeichen, die nicht möglich sind.',
    email: 'Bitte geben Sie eine vollständige E-Mail-Adresse ein.',
    url: 'Bitte geben Sie eine vollständige Adresse mit https:// ein.',
    period: 'Das Ende liegt vor dem Beginn.',
    range: 'Bitte prüfen Sie die Zahl.',
    colour: 'Bitte als #rrggbb angeben.',
    invalid: 'Bitte prüfen Sie diese Angabe.',
  },
  en: {
    required: 'Please fill this in.',
    tooLong: 'At most {{max}} characters.',
    control: 'This field contains characters that are not possible.',
    email: 'Please enter a complete e-mail address.',
    url: 'Please enter a complete address with https://.',
    period: 'The end lies before the beginning.',
    range: 'Please check the number.',
    colour: 'Please write it as #rrggbb.',
    invalid: 'Please check this entry.',
  },
});

type Issue = z.core.$ZodIssue;

/** Says zod's issues in the person's language; messages of our own schemas are codes. */
function useIssueWords(): (issue: Issue) => string {
  const t = useTexts(texts);
  return (issue) => {
    if (issue.message === 'required') return t('required');
    if (issue.message === 'control-character') return t('control');
    if (issue.message === 'period') return t('period');
    switch (issue.code) {
      case 'invalid_type':
        return t('required');
      case 'too_big':
        return issue.origin === 'string' ? t('tooLong', { max: Number(issue.maximum) }) : t('range');
      case 'too_small':
        return issue.origin === 'string' ? t('required') : t('range');
      case 'invalid_format':
        if (issue.format === 'email') return t('email');
        return issue.format === 'url' ? t('url') : t('invalid');
      case 'invalid_value':
        return t('required');
      default:
        return t('invalid');
    }
  };
}

/** A form whose entries are checked by a schema, its complaints said in the person's language. */
export function useSchemaForm<Values extends Record<string, unknown>>(
  schema: z.ZodType,
  options: Omit<UseFormInput<Values>, 'validate' | 'mode'>,
): UseFormReturnType<Values> {
  const say = useIssueWords();
  return useForm<Values>({
    ...options,
    mode: 'controlled',
    validateInputOnBlur: false,
    validate: (values) => {
      const parsed = schema.safeParse(values);
      if (parsed.success) return {};
      const errors: Record<string, string> = {};
      for (const issue of parsed.error.issues) errors[issue.path.join('.')] ??= say(issue);
      return errors;
    },
  });
}

interface Field<Value> {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly error: ReactNode;
}

/** What a picker needs of a form's field, with the field's own type. */
export function fieldOf<Values extends Record<string, unknown>, Name extends keyof Values & string>(
  form: UseFormReturnType<Values>,
  name: Name,
): Field<Values[Name]> {
  return {
    value: form.values[name],
    onChange: (value) => {
      form.setFieldValue(name, value as never);
      form.clearFieldError(name);
    },
    error: form.errors[name],
  };
}

/**
 * Says a refusal at the field it names (`details.field`); false where it names none of the form's. For `onError` of
 * `useDeed`.
 */
export function refusedAt<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  error: OperationError,
): boolean {
  const field = error.details.field;
  if (typeof field !== 'string' || !Object.hasOwn(form.values, field)) return false;
  const language = currentLanguage();
  const t = textsFor(language, texts);
  const { title, sentence } = errorText(language, error.code, error.details);
  // Under a narrow field there is room for a few words, and what was entered is in sight.
  const short = { 'already-exists': `${title}.`, 'invalid-input': t('invalid') };
  form.setFieldError(field, short[error.code as keyof typeof short] ?? sentence);
  return true;
}
