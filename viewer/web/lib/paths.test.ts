import { expect, it } from 'vitest';
import { signInFor, targetOf } from './paths.ts';

it('comes back to where somebody wanted to go', () => {
  const target = '/objekte/107/brett?a=b#c';
  expect(targetOf(new URL(signInFor(target), 'http://portal').search)).toBe(target);
  expect(signInFor('/')).toBe('/anmelden');
});

it.each([
  ['', '/'],
  ['?ziel=', '/'],
  ['?ziel=https://elsewhere.example', '/'],
  ['?ziel=//elsewhere.example', '/'],
  ['?ziel=/%5Celsewhere.example', '/'],
  ['?ziel=javascript:alert(1)', '/'],
  ['?ziel=/anmelden?ziel=/anmelden', '/'],
  ['?ziel=/objekte/1', '/objekte/1'],
])('never leaves the portal: %s', (search, target) => {
  expect(targetOf(search)).toBe(target);
});
