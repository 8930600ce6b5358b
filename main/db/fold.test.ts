import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { fold, haystack, naturalKey, registerTextFunctions, searchWords } from './fold.ts';

const finds = (query: string, text: string) =>
  searchWords(query).every(({ short, wide }) => haystack(text).includes(short) || haystack(text).includes(wide));

describe('fold', () => {
  it('takes case, umlauts and accents away', () => {
    expect(fold('  Größe  ÅNGSTRÖM é\u0301 ')).toBe('grosse angstrom e');
    expect(fold('STRASSE')).toBe(fold('Straße'));
    expect(fold('ﬁnal № 5')).toBe('final no 5');
  });

  it('reads composed and decomposed letters alike', () => {
    expect(haystack('Mu\u0308ller')).toBe(haystack('Müller'));
  });
});

describe('search', () => {
  it.each([
    ['Müller', 'Müller'],
    ['mueller', 'Müller'],
    ['muller', 'Müller'],
    ['MÜLLER', 'Mueller'],
    ['er', 'Bauer'],
    ['strasse', 'Königstraße'],
    ['koenig dresden', 'Königstraße 5, Dresden'],
  ])('%s finds %s', (query, text) => expect(finds(query, text)).toBe(true));

  it('asks for every word', () => {
    expect(finds('König Köln', 'Königstraße 5, Dresden')).toBe(false);
    expect(searchWords(' \u00a0 ')).toEqual([]);
  });
});

describe('naturalKey', () => {
  it('sorts numbers by value', () => {
    const sorted = ['WE 10', 'we 2', 'WE 02a', 'TG 3', '107', '12', ''].sort((a, b) =>
      naturalKey(a) < naturalKey(b) ? -1 : 1,
    );
    expect(sorted).toEqual(['', '12', '107', 'TG 3', 'we 2', 'WE 02a', 'WE 10']);
  });
});

describe('registerTextFunctions', () => {
  it('serves SQL and keeps null', () => {
    const sqlite = new Database(':memory:');
    registerTextFunctions(sqlite);
    const row = sqlite.prepare("select fold('Ä') a, haystack('Ä') h, natural_key('A7') n, fold(null) x").get();
    expect(row).toEqual({ a: 'a', h: 'a\nae', n: 'a000000000007', x: null });
    sqlite.close();
  });
});
