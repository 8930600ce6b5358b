import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { askedFolder } from './folder.ts';

test('the argument goes before the environment, and both before the place of the system', () => {
  expect(askedFolder('a', { TREPPENHAUS_DATA: 'b' })).toBe(resolve('a'));
  expect(askedFolder('', { TREPPENHAUS_DATA: 'b' })).toBe(resolve('b'));
  expect(askedFolder('', { TREPPENHAUS_DATA: '' })).toBeNull();
  expect(askedFolder('', {})).toBeNull();
});
