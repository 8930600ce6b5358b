import { asLanguage, type Language } from '../../shared/ui/texts.ts';

const languageKey = 'treppenhaus.language';

/** The language chosen at this desk by this user of the computer; German where nobody chose. */
export function rememberedLanguage(): Language {
  return asLanguage(localStorage.getItem(languageKey));
}

/** Remembers the language that was chosen. */
export function rememberLanguage(language: Language): void {
  localStorage.setItem(languageKey, language);
}
