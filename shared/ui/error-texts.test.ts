import { describe, expect, test } from 'vitest';
import { type ErrorDetails, errorCodes } from '../lib/errors.ts';
import { errorText } from './error-texts.ts';
import { languages } from './texts.ts';

describe.each(languages)('error texts in %s', (language) => {
  test.each(errorCodes)('%s says something whole, with and without details', (code) => {
    const known: ErrorDetails = { name: 'Müll.exe', limit: 1024, seconds: 90, minLength: 10, paths: ['a.b'] };
    for (const details of [{}, known]) {
      const { title, sentence } = errorText(language, code, details);
      expect(title).not.toBe(code);
      expect(title.length).toBeGreaterThan(3);
      expect(sentence).toMatch(/^[A-ZÄÖÜ„“].*\.$/u);
      expect(sentence + title).not.toMatch(/\{\{|\}\}|undefined|!|\bnull\b/);
    }
  });
});

test('limits and names are said, in the words of the person', () => {
  expect(errorText('de', 'file-too-large', { name: 'Hausordnung.pdf', limit: 50 * 1024 * 1024 }).sentence).toBe(
    'Die Datei „Hausordnung.pdf“ ist größer als 50\u00a0MB und wurde nicht übernommen. Alle anderen Eingaben sind noch da. Bitte verkleinern oder teilen Sie die Datei.',
  );
  expect(errorText('en', 'file-too-large', { limit: 50 * 1024 * 1024 }).sentence).toMatch(
    /^The file is larger than 50\u00a0MB and was not added/,
  );
  expect(errorText('de', 'too-many-requests', { seconds: 61 }).sentence).toContain('in 2 Minuten erneut');
  expect(errorText('de', 'too-many-requests', { seconds: 23 * 3600 }).sentence).toContain('in 23 Stunden erneut');
});

test('nobody is asked to make room on a disk that is not theirs', () => {
  const { sentence } = errorText('de', 'disk-full', { name: 'foto.jpg', at: 'viewer' });
  expect(sentence).toContain('„foto.jpg“');
  expect(sentence).not.toContain('schaffen Sie Platz');
  expect(errorText('de', 'disk-full').sentence).toContain('schaffen Sie Platz');
});

test('data of a newer version ask for an update of this program, not of the service', () => {
  const { title, sentence } = errorText('de', 'protocol-too-new', { reason: 'database' });
  expect(title).toBe('Aktualisierung nötig');
  expect(sentence).toContain('Bitte aktualisieren Sie Treppenhaus auf diesem Computer');
  expect(errorText('de', 'protocol-too-new').sentence).toContain('Dienst ist älter');
});

test('a refused password says why', () => {
  const details = { minLength: 10, maxLength: 200 };
  expect(errorText('de', 'password-too-weak', { ...details, reason: 'guessable' }).sentence).toMatch(
    /^Das Passwort ist zu leicht/,
  );
  expect(errorText('de', 'password-too-weak', { ...details, reason: 'personal' }).sentence).toContain('Ihrem Namen');
  const long = errorText('de', 'password-too-weak', { ...details, reason: 'long' });
  expect(long.title).toBe('Passwort zu lang');
  expect(long.sentence).toContain('höchstens 200 Zeichen');
  expect(errorText('en', 'password-too-weak', { ...details, reason: 'long' }).sentence).toContain(
    'at most 200 characters',
  );
});

test('what people typed stays text', () => {
  expect(errorText('de', 'file-empty', { name: '{{limit}}<b>$t(x)' }).sentence).toContain('„{{limit}}<b>$t(x)“');
});

test('a locked device says what became of its data', () => {
  expect(errorText('de', 'device-revoked').sentence).toContain('bleibt erhalten');
  expect(errorText('de', 'device-revoked', { destroyKey: true }).sentence).toContain('sind gelöscht');
  expect(errorText('en', 'device-revoked', { destroyKey: true }).sentence).toContain('are deleted');
  expect(errorText('de', 'device-revoked', { reason: 'staff-inactive' }).title).toBe('Kein Zugang mehr');
});
