import { describe, expect, it } from 'vitest';
import { strengthOf } from './strength.ts';

describe('strengthOf', () => {
  it.each([
    ['', 'empty'],
    ['kurz', 'weak'],
    ['1234567890123', 'weak'],
    ['aaaaaaaaaaaaaaaa', 'weak'],
    ['abcdefghijklmnop', 'weak'],
    ['qwertzuiopasdf', 'weak'],
    ['abababababababab', 'weak'],
    ['Sommer2026', 'fair'],
    ['Kaffee-Tasse9', 'fair'],
    ['Lampe Regen Fahrrad Zimt', 'good'],
    ['vT9#xK2!mQ7zLp', 'good'],
  ])('calls %j %s', (password, expected) => {
    expect(strengthOf(password)).toBe(expected);
  });

  it('counts characters, not UTF-16 units', () => {
    expect(strengthOf('🔑🚪🏠🪴')).toBe('weak');
  });
});
