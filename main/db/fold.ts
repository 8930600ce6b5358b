import type Database from 'better-sqlite3';

/** Text as people compare it, not as it is typed: for search, sorting and duplicates. SQLite alone only knows ASCII. */

const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue' };

/** Lower case, base letters (DIN 5007-1: ä sorts as a, ß as ss), white space collapsed. "Ångström  GmbH" → "angstrom gmbh". */
export function fold(text: string): string {
  const plain = isAscii(text) ? text.toLowerCase() : withoutMarks(text);
  return /\s\s|[\t-\r]/.test(plain) ? plain.replace(/\s+/g, ' ').trim() : plain.trim();
}

/** Most texts are: they need no tables of Unicode, and lists fold ten thousand of them for a sort. */
function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0x7e) return false;
  return true;
}

function withoutMarks(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/\p{Mark}+/gu, '')
    .replace(/\s+/g, ' ');
}

/** `fold` with umlauts written out, as people type them without the keys: "Müller" → "mueller". */
function foldWide(text: string): string {
  return fold(
    text
      .normalize('NFC')
      .toLowerCase()
      .replace(/[äöü]/g, (letter) => umlauts[letter] ?? letter),
  );
}

/** What a search looks into: both spellings, so that Müller, Mueller and Muller all find Müller. */
function haystack(text: string): string {
  const short = fold(text);
  return isAscii(text) ? short : `${short}\n${foldWide(text)}`;
}

/** The words of a search; each must occur. A row is found by the written-out spelling or by the base letters. */
function searchWords(query: string): readonly { readonly short: string; readonly wide: string }[] {
  return query
    .split(/\s+/)
    .map((word) => ({ short: fold(word), wide: foldWide(word) }))
    .filter(({ short }) => short !== '');
}

/** Sorts numbers inside text by value: "WE 2" before "WE 10". */
export function naturalKey(text: string): string {
  return fold(text).replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '').padStart(12, '0'));
}

/**
 * Whether every word of the query occurs in the text. The words of the last query are kept: a search asks it for row
 * after row.
 */
function textMatcher(): (query: string, text: string) => boolean {
  let last = '';
  let words: ReturnType<typeof searchWords> = [];
  return (query, text) => {
    if (query !== last) [last, words] = [query, searchWords(query)];
    const hay = haystack(text);
    return words.every(({ short, wide }) => hay.includes(short) || hay.includes(wide));
  };
}

const ofText = (work: (text: string) => string) => (value: unknown) =>
  value === null || value === undefined ? null : work(String(value));

/** Makes `fold`, `natural_key` and `text_matches(query, text)` known to SQL; null stays null, and matches nothing. */
export function registerTextFunctions(sqlite: Database.Database): void {
  const options = { deterministic: true };
  const matches = textMatcher();
  sqlite.function('fold', options, ofText(fold));
  sqlite.function('natural_key', options, ofText(naturalKey));
  sqlite.function('text_matches', options, (query: unknown, text: unknown) =>
    typeof query === 'string' && typeof text === 'string' && matches(query, text) ? 1 : 0,
  );
}
