import { DEFAULT_THEME, mergeMantineTheme } from '@mantine/core';
import { describe, expect, test } from 'vitest';
import { accentFrom, contrast, over, type Shades, shadesOf } from './colours.ts';
import { cssVariablesResolver, darkRoles, deskTheme, lightRoles, portalTheme, themeFor } from './theme.ts';
import { darkTokens, lightTokens, palette, stone } from './tokens.ts';

const text = 4.5;
const edge = 3;

test('contrast and opacity are what WCAG says', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  expect(over('#000000', 0.5, '#ffffff')).toBe('#808080');
  expect(() => contrast('red', '#ffffff')).toThrow('Not a colour');
});

describe.each([
  ['light', lightTokens],
  ['dark', darkTokens],
] as const)('surfaces in %s', (_, tokens) => {
  test.each(['paper', 'raised', 'sunken', 'hover', 'note', 'noteRule'] as const)(
    '%s carries ink and soft ink',
    (surface) => {
      expect(contrast(tokens.ink, tokens[surface])).toBeGreaterThanOrEqual(7);
      expect(contrast(tokens.inkSoft, tokens[surface])).toBeGreaterThanOrEqual(text);
    },
  );

  test('inputs are readable and their edges are seen', () => {
    for (const surface of [tokens.raised, tokens.paper]) {
      expect(contrast(tokens.placeholder, surface)).toBeGreaterThanOrEqual(text);
      expect(contrast(tokens.controlLine, surface)).toBeGreaterThanOrEqual(edge);
    }
    expect(contrast(tokens.noteInk, tokens.note)).toBeGreaterThanOrEqual(text);
    expect(contrast(tokens.noteInk, tokens.noteRule)).toBeGreaterThanOrEqual(text);
    expect(contrast(tokens.noteEdge, tokens.note)).toBeGreaterThanOrEqual(edge);
  });
});

function expectReadable(shades: Shades): void {
  for (const [tokens, roles] of [
    [lightTokens, lightRoles(shades)],
    [darkTokens, darkRoles(shades)],
  ] as const) {
    expect(contrast('#ffffff', roles.filled)).toBeGreaterThanOrEqual(text);
    expect(contrast('#ffffff', roles.filledHover)).toBeGreaterThanOrEqual(text);
    expect(contrast(roles.onTint, roles.tint)).toBeGreaterThanOrEqual(text);
    expect(contrast(roles.onTint, roles.tintHover)).toBeGreaterThanOrEqual(text);
    for (const surface of [tokens.paper, tokens.raised, tokens.sunken, tokens.hover, tokens.note]) {
      expect(contrast(roles.text, surface)).toBeGreaterThanOrEqual(text);
      expect(contrast(roles.onTint, surface)).toBeGreaterThanOrEqual(text);
    }
    expect(contrast(roles.filled, tokens.paper)).toBeGreaterThanOrEqual(edge);
    expect(contrast(roles.filled, tokens.raised)).toBeGreaterThanOrEqual(edge);
  }
}

test.each(Object.entries(palette))('%s is readable in every role', (_, shades) => expectReadable(shades));

test('the accent is the moss green of the house', () => {
  expect(palette.moss[6]).toBe('#2f6b4f');
  expect(palette.alarm[6]).toBe('#b3372f');
  expect(palette.info[6]).toBe('#2b6cb0');
  expect(contrast('#ffffff', stone[6])).toBeGreaterThanOrEqual(text);
});

describe("a company's own colour", () => {
  const colours = [
    '#ffd400',
    '#000000',
    '#ffffff',
    '#e6007e',
    '#00aaff',
    '#808080',
    '#1a237e',
    '#ff5722',
    '#39ff14',
    '#7b1fa2',
  ];

  test.each(colours)('%s is readable in every role', (colour) =>
    expectReadable(accentFrom(colour)?.shades ?? palette.moss),
  );

  test('is kept when it can be, darkened when it cannot, and refused when it is none', () => {
    expect(accentFrom('#1A237E')).toMatchObject({ adjusted: false });
    expect(accentFrom('#1A237E')?.shades[6]).toBe('#1a237e');
    expect(accentFrom('#ffd400')).toMatchObject({ adjusted: true });
    for (const nonsense of ['', 'red', '#12345', 'url(x)', '#1234567']) expect(accentFrom(nonsense)).toBeNull();
  });

  test('random colours too', () => {
    for (let seed = 1; seed < 400; seed += 1) {
      const value = (seed * 2654435761) % 0x1000000;
      expectReadable(shadesOf(`#${value.toString(16).padStart(6, '0')}`));
    }
  });

  test('replaces the accent, never the colours that mean something', () => {
    const theme = mergeMantineTheme(DEFAULT_THEME, themeFor('portal', '#7b1fa2'));
    expect(theme.colors.accent?.[6]).toBe('#7b1fa2');
    expect(theme.colors.moss?.[6]).toBe(palette.moss[6]);
    expect(mergeMantineTheme(DEFAULT_THEME, themeFor('desk', 'nonsense')).colors.accent?.[6]).toBe(palette.moss[6]);
  });
});

test('each face has its density', () => {
  const variables = (theme: typeof deskTheme) =>
    cssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme)).variables;
  expect(deskTheme.fontSizes?.md).toContain('0.8125rem');
  expect(portalTheme.fontSizes?.md).toContain('1rem');
  expect(variables(deskTheme)['--tp-row']).toContain('2rem');
  // 44 px, the smallest target a thumb hits.
  expect(variables(portalTheme)['--tp-control-md']).toContain('2.75rem');
});
