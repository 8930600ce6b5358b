import { afterEach, describe, expect, test } from 'vitest';
import { asLanguage, currentLanguage, defineTexts, setLanguage, textsFor } from './texts.ts';

const texts = defineTexts({
  de: {
    greeting: 'Guten Tag {{name}}',
    files_one: 'Eine Datei',
    files_other: '{{count}} Dateien',
    'list.empty': 'Noch nichts da: <b>leer</b>',
  },
  en: {
    greeting: 'Hello {{name}}',
    files_one: 'One file',
    files_other: '{{count}} files',
    'list.empty': 'Nothing here yet: <b>empty</b>',
  },
});

afterEach(() => setLanguage('de'));

describe('texts', () => {
  test('speak both languages, whatever the language of the screen', () => {
    expect(textsFor('de', texts)('greeting', { name: 'Frau Öztürk' })).toBe('Guten Tag Frau Öztürk');
    expect(textsFor('en', texts)('greeting', { name: 'Frau Öztürk' })).toBe('Hello Frau Öztürk');
  });

  test('do not escape what React escapes, and do not read values as templates', () => {
    expect(textsFor('de', texts)('list.empty')).toBe('Noch nichts da: <b>leer</b>');
    expect(textsFor('de', texts)('greeting', { name: '<i>{{count}}</i> $t(files_one)' })).toBe(
      'Guten Tag <i>{{count}}</i> $t(files_one)',
    );
  });

  test('count', () => {
    const t = textsFor('de', texts);
    expect([t('files', { count: 0 }), t('files', { count: 1 }), t('files', { count: 12 })]).toEqual([
      '0 Dateien',
      'Eine Datei',
      '12 Dateien',
    ]);
  });

  test('two places may use the same key', () => {
    const other = defineTexts({ de: { greeting: 'Moin' }, en: { greeting: 'Hi' } });
    expect(textsFor('de', other)('greeting')).toBe('Moin');
    expect(textsFor('de', texts)('greeting', { name: 'A' })).toBe('Guten Tag A');
  });

  test('the language is German until the person chooses', async () => {
    expect(currentLanguage()).toBe('de');
    await setLanguage('en');
    expect(currentLanguage()).toBe('en');
    expect([asLanguage('en-GB'), asLanguage('de-AT'), asLanguage('fr'), asLanguage(null)]).toEqual([
      'en',
      'de',
      'de',
      'de',
    ]);
  });
});

test('the compiler refuses what does not fit', () => {
  const refused = () => {
    const t = textsFor('de', texts);
    // @ts-expect-error a value is missing
    t('greeting');
    // @ts-expect-error a count is missing
    t('files');
    // @ts-expect-error no such text
    t('nothing');
    // @ts-expect-error a value that the sentence does not have
    t('list.empty', { name: 'x' });
    // @ts-expect-error a key is missing in English
    defineTexts({ de: { a: 'A', b: 'B' }, en: { a: 'A' } });
    // @ts-expect-error a key is too many in English
    defineTexts({ de: { a: 'A' }, en: { a: 'A', c: 'C' } });
    // @ts-expect-error an English placeholder that German does not have
    defineTexts({ de: { a: 'A {{x}}' }, en: { a: 'A {{y}}' } });
  };
  expect(refused).toBeTypeOf('function');
});
