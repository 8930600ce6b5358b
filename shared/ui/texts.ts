import { createInstance } from 'i18next';
import { useMemo } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';

/** German first, English second; each person chooses. */
export const languages = ['de', 'en'] as const;
export type Language = (typeof languages)[number];

type Sentences = Readonly<Record<string, string>>;

type PlaceholdersIn<Sentence> = Sentence extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | PlaceholdersIn<Rest>
  : never;

/** `files_one` and `files_other` are one text, `files`, that takes a count. */
type BaseOf<Key> = Key extends `${infer Base}_one` ? Base : Key extends `${infer Base}_other` ? Base : Key;

type TextKey<German> = BaseOf<keyof German & string>;

type SentencesOf<German, Key extends string> = Key extends keyof German
  ? German[Key]
  : German[`${Key}_one` & keyof German] | German[`${Key}_other` & keyof German];

type NamesIn<German, Key extends string> =
  | PlaceholdersIn<SentencesOf<German, Key>>
  | (`${Key}_other` extends keyof German ? 'count' : never);

type ValuesOf<German, Key extends string> = [NamesIn<German, Key>] extends [never]
  ? []
  : [values: { readonly [Name in NamesIn<German, Key>]: Name extends 'count' ? number : string | number }];

/** Says a text. Values are required exactly where the German sentence has `{{placeholders}}`. */
export type Say<German> = <Key extends TextKey<German>>(key: Key, ...values: ValuesOf<German, Key>) => string;

/** Texts of a screen or a component, made by `defineTexts`. */
export interface Texts<German> {
  readonly namespace: string;
  /** Only for the compiler: which keys and placeholders there are. Never set. */
  readonly german?: German;
}

/** English has the same keys, and no placeholder that German does not have. */
type Matching<German, English> = {
  readonly [Key in keyof English]: Key extends keyof German
    ? Exclude<PlaceholdersIn<English[Key]>, NamesIn<German, BaseOf<Key & string>>> extends never
      ? string
      : `unknown placeholder: ${Exclude<PlaceholdersIn<English[Key]>, NamesIn<German, BaseOf<Key & string>>>}`
    : never;
};

const instance = createInstance();
void instance.use(initReactI18next).init({
  lng: 'de',
  fallbackLng: false,
  supportedLngs: [...languages],
  resources: {},
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  returnEmptyString: true,
  // React escapes; escaping here as well would show `&amp;`.
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
});

let defined = 0;

/**
 * Declares the texts of one place in German and English. Keys are flat. `x_one` and `x_other` are the plural forms of
 * `x`. A key that is missing or too many in English does not compile.
 */
export function defineTexts<
  const German extends Sentences,
  const English extends { readonly [Key in keyof German]: string },
>(texts: { readonly de: German; readonly en: English & Matching<German, English> }): Texts<German> {
  defined += 1;
  const namespace = `texts-${defined}`;
  instance.addResourceBundle('de', namespace, texts.de);
  instance.addResourceBundle('en', namespace, texts.en);
  return { namespace };
}

/** The texts in a given language, for code outside React: notifications, generated letters, tests. */
export function textsFor<German>(language: Language, texts: Texts<German>): Say<German> {
  // i18next's own key types know nothing of namespaces added at run time; ours are stricter.
  const t = instance.getFixedT(language, texts.namespace) as unknown as (key: string, values: object) => string;
  return (key, ...values) => t(key, values[0] ?? {});
}

/** The texts in the person's language; the component follows when the language changes. */
export function useTexts<German>(texts: Texts<German>): Say<German> {
  const language = useLanguage();
  return useMemo(() => textsFor(language, texts), [language, texts]);
}

/** The language of the person at this screen. */
export function useLanguage(): Language {
  const { i18n } = useTranslation(undefined, { i18n: instance });
  return asLanguage(i18n.language);
}

/** The language of the person at this screen, for code outside React. */
export function currentLanguage(): Language {
  return asLanguage(instance.language);
}

/** Changes the language of every mounted text at once. Where it is remembered is up to the face. */
export async function setLanguage(language: Language): Promise<void> {
  await instance.changeLanguage(language);
}

/** German unless the value is a language we speak; takes browser tags such as `en-GB`. */
export function asLanguage(value: string | null | undefined): Language {
  return value?.toLowerCase().startsWith('en') ? 'en' : 'de';
}
