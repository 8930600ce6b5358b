import { expect, test } from 'vitest';
import { OperationError } from '../../../../shared/lib/errors.ts';
import { checkPassword } from './password.ts';

const owner = { email: 'anna.bauer@example.de', name: 'Dr. Anna Bauer' };

function reasonOf(password: string): string | null {
  try {
    checkPassword(password, owner);
    return null;
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    expect(error.code).toBe('password-too-weak');
    expect(error.details.minLength).toBe(10);
    return String(error.details.reason);
  }
}

test.each([
  ['', 'short'],
  ['Xk9!fQ2$z', 'short'],
  ['x'.repeat(201), 'long'],
  ['aaaaaaaaaaaaaaaa', 'guessable'],
  ['abababababab', 'guessable'],
  ['1234567890', 'guessable'],
  ['0987654321', 'guessable'],
  ['qwertzuiop', 'guessable'],
  ['Qwertz123456!', 'guessable'],
  ['Passwort123!', 'guessable'],
  ['P4$$w0rt2024', 'guessable'],
  ['HalloHallo1', 'guessable'],
  ['Sommer2026!', 'guessable'],
  ['Treppenhaus1', 'guessable'],
  ['passwort passwort passwort passwort', 'guessable'],
  ['hallo-hallo-hallo-hallo', 'guessable'],
  ['Anna-Bauer-80', 'personal'],
  ['example.bauer', 'personal'],
  ['anna bauer anna bauer', 'personal'],
])('%s is refused as %s', (password, reason) => {
  expect(reasonOf(password)).toBe(reason);
});

test.each([
  'korrekt Pferd Batterie',
  'dreizehn grüne Fahrräder',
  'Xk9!fQ2$zT',
  'mein7ter Balkon blüht',
  'ÄÖÜ-ßuppe-löffel',
])('%s is accepted', (password) => {
  expect(reasonOf(password)).toBeNull();
});

test('details of the refusal never hold the password', () => {
  try {
    checkPassword('Passwort123!', owner);
  } catch (error) {
    expect(JSON.stringify((error as OperationError).details)).not.toContain('Passwort123');
  }
});
