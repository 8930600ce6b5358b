import { asLanguage, type Language, setLanguage } from '../../shared/ui/texts.ts';

const languageKey = 'treppenhaus.language';

/** The language chosen at this desk by this user of the computer; German where nobody chose. */
export function rememberedLanguage(): Language {
  return asLanguage(localStorage.getItem(languageKey));
}

/** Switches the language of every text at once and remembers it. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(languageKey, language);
  await setLanguage(language);
}
