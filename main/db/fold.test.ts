import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { fold, naturalKey, registerTextFunctions } from './fold.ts';

function finds(query: string | null, text: string | null): boolean {
  const sqlite = new Database(':memory:');
  registerTextFunctions(sqlite);
  const found = sqlite.prepare('select text_matches(?, ?)').pluck().get(query, text) === 1;
  sqlite.close();
  return found;
}

describe('fold', () => {
  it('takes case, umlauts and accents away', () => {
    expect(fold('  Größe  ÅNGSTRÖM é\u0301 ')).toBe('grosse angstrom e');
    expect(fold('STRASSE')).toBe(fold('Straße'));
    expect(fold('ﬁnal № 5')).toBe('final no 5');
  });
});

describe('search', () => {
  it.each([
    ['Müller', 'Müller'],
    ['mueller', 'Müller'],
    ['muller', 'Müller'],
    ['Mu\u0308ller', 'Müller'],
    [' \u00a0 ', 'anything'],
    ['100%_', 'Zu 100%_ bezahlt'],
    ['MÜLLER', 'Mueller'],
    ['er', 'Bauer'],
    ['strasse', 'Königstraße'],
    ['koenig dresden', 'Königstraße 5, Dresden'],
  ])('%s finds %s', (query, text) => expect(finds(query, text)).toBe(true));

  it('asks for every word', () => {
    expect(finds('König Köln', 'Königstraße 5, Dresden')).toBe(false);
    expect(finds('100_', '1000')).toBe(false);
    expect(finds('', null)).toBe(false);
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
    const row = sqlite.prepare("select fold('Ä') a, natural_key('A7') n, fold(null) x, natural_key(12) i").get();
    expect(row).toEqual({ a: 'a', n: 'a000000000007', x: null, i: '000000000012' });
    sqlite.close();
  });
});
