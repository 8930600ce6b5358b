import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineTheme,
  type MantineThemeOverride,
  rem,
} from '@mantine/core';
import { accentFrom, over, type Shades } from './colours.ts';
import { componentDefaults } from './component-defaults.ts';
import type { Language } from './texts.ts';
import {
  type Density,
  type DensityTokens,
  darkTokens,
  densities,
  lightTokens,
  night,
  palette,
  type SchemeTokens,
  stone,
} from './tokens.ts';

declare module '@mantine/core' {
  interface MantineThemeOther {
    density: Density;
  }
}

/** Names whose tints and text colours follow the house rules in both schemes; the usual Mantine names are aliases. */
const hues = {
  moss: palette.moss,
  green: palette.moss,
  teal: palette.moss,
  amber: palette.amber,
  yellow: palette.amber,
  orange: palette.amber,
  alarm: palette.alarm,
  red: palette.alarm,
  info: palette.info,
  blue: palette.info,
} as const;

const fontFamily = "'Inter Variable', 'Segoe UI', system-ui, sans-serif";

function sizes<Key extends string>(values: Readonly<Record<Key, number>>): Record<Key, string> {
  return Object.fromEntries(Object.entries<number>(values).map(([key, value]) => [key, rem(value)])) as Record<
    Key,
    string
  >;
}

function headings(tokens: DensityTokens) {
  const size = ([fontSize, line]: readonly [number, number]) => ({
    fontSize: rem(fontSize),
    lineHeight: String(line / fontSize),
  });
  return {
    h1: size(tokens.headings.h1),
    h2: size(tokens.headings.h2),
    h3: size(tokens.headings.h3),
    h4: size(tokens.headings.h4),
    h5: size(tokens.headings.h5),
    h6: size(tokens.headings.h6),
  };
}

const tuple = (shades: Shades) => shades as unknown as MantineColorsTuple;

/**
 * The theme of one face. `accent` is a company's own colour (`#rrggbb`); it is darkened where white text on it would not
 * be readable, and ignored where it is no colour.
 */
export function themeFor(density: Density, accent?: string | null, language: Language = 'de'): MantineThemeOverride {
  const tokens = densities[density];
  const own = accent ? accentFrom(accent) : null;
  const colors = Object.fromEntries(Object.entries(hues).map(([name, shades]) => [name, tuple(shades)]));
  return createTheme({
    other: { density },
    white: '#ffffff',
    black: lightTokens.ink,
    colors: { ...colors, accent: tuple(own?.shades ?? palette.moss), gray: tuple(stone), dark: tuple(night) },
    primaryColor: 'accent',
    primaryShade: { light: 6, dark: 5 },
    fontFamily,
    fontSizes: sizes(tokens.fontSizes),
    lineHeights: { xs: '1.4', sm: '1.45', md: density === 'desk' ? '1.5385' : '1.5', lg: '1.45', xl: '1.35' },
    fontWeights: { medium: '500', bold: '600' },
    headings: { fontFamily, fontWeight: '600', textWrap: 'pretty', sizes: headings(tokens) },
    spacing: sizes(tokens.spacing),
    radius: sizes({ xs: 3, sm: 4, md: 6, lg: 8, xl: 12 }),
    defaultRadius: 'md',
    shadows: {
      xs: 'none',
      sm: '0 1px 2px rgba(30, 42, 50, 0.06), 0 4px 12px rgba(30, 42, 50, 0.08)',
      md: '0 1px 2px rgba(30, 42, 50, 0.07), 0 6px 20px rgba(30, 42, 50, 0.12)',
      lg: '0 2px 4px rgba(30, 42, 50, 0.08), 0 12px 32px rgba(30, 42, 50, 0.16)',
      xl: '0 2px 6px rgba(30, 42, 50, 0.1), 0 20px 48px rgba(30, 42, 50, 0.2)',
    },
    respectReducedMotion: true,
    cursorType: 'pointer',
    activeClassName: '',
    components: componentDefaults(tokens, language),
  });
}

export const deskTheme: MantineThemeOverride = themeFor('desk');
export const portalTheme: MantineThemeOverride = themeFor('portal');

function schemeVariables(tokens: SchemeTokens): Record<`--${string}`, string> {
  return {
    '--mantine-color-body': tokens.paper,
    '--mantine-color-text': tokens.ink,
    '--mantine-color-bright': tokens.ink,
    '--mantine-color-dimmed': tokens.inkSoft,
    '--mantine-color-placeholder': tokens.placeholder,
    '--mantine-color-default': tokens.raised,
    '--mantine-color-default-hover': tokens.hover,
    '--mantine-color-default-color': tokens.ink,
    '--mantine-color-default-border': tokens.lineStrong,
    '--mantine-color-disabled': tokens.disabled,
    '--mantine-color-disabled-color': tokens.disabledInk,
    '--mantine-color-disabled-border': tokens.line,
    '--tp-paper': tokens.paper,
    '--tp-raised': tokens.raised,
    '--tp-sunken': tokens.sunken,
    '--tp-hover': tokens.hover,
    '--tp-line': tokens.line,
    '--tp-line-strong': tokens.lineStrong,
    '--tp-control-line': tokens.controlLine,
    '--tp-ink': tokens.ink,
    '--tp-ink-soft': tokens.inkSoft,
    '--tp-note': tokens.note,
    '--tp-note-rule': tokens.noteRule,
    '--tp-note-edge': tokens.noteEdge,
    '--tp-note-ink': tokens.noteInk,
  };
}

/** Text and tint of one hue in one scheme; the pairs are checked for AA in the tests. */
export interface HueRoles {
  readonly text: string;
  readonly filled: string;
  readonly filledHover: string;
  readonly tint: string;
  readonly tintHover: string;
  readonly onTint: string;
}

/** The roles of ten shades in the light scheme. */
export function lightRoles(shades: Shades): HueRoles {
  return {
    text: shades[7],
    filled: shades[6],
    filledHover: shades[7],
    tint: shades[1],
    tintHover: shades[2],
    onTint: shades[8],
  };
}

/** The roles of ten shades in the dark scheme: tints are the hue laid thinly over raised paper. */
export function darkRoles(shades: Shades): HueRoles {
  return {
    text: shades[3],
    filled: shades[5],
    filledHover: over('#000000', 0.12, shades[5]),
    tint: over(shades[5], 0.28, darkTokens.raised),
    tintHover: over(shades[5], 0.4, darkTokens.raised),
    onTint: shades[2],
  };
}

function hueVariables(name: string, roles: HueRoles): Record<`--${string}`, string> {
  return {
    [`--mantine-color-${name}-text`]: roles.text,
    [`--mantine-color-${name}-filled`]: roles.filled,
    [`--mantine-color-${name}-filled-hover`]: roles.filledHover,
    [`--mantine-color-${name}-light`]: roles.tint,
    [`--mantine-color-${name}-light-hover`]: roles.tintHover,
    [`--mantine-color-${name}-light-color`]: roles.onTint,
    [`--mantine-color-${name}-outline`]: roles.text,
    [`--mantine-color-${name}-outline-hover`]: roles.tint,
  };
}

function greyRoles(tokens: SchemeTokens, filled: string, filledHover: string): HueRoles {
  return {
    text: tokens.inkSoft,
    filled,
    filledHover,
    tint: tokens.hover,
    tintHover: tokens.line,
    onTint: tokens.inkSoft,
  };
}

function shadesIn(theme: MantineTheme, name: string): Shades {
  return theme.colors[name] as unknown as Shades;
}

/** Colours per scheme and sizes per density as CSS variables; `MantineProvider` takes it as `cssVariablesResolver`. */
export const cssVariablesResolver: CSSVariablesResolver = (theme) => {
  const tokens = densities[theme.other.density];
  const light = schemeVariables(lightTokens);
  const dark = schemeVariables(darkTokens);
  for (const name of [...Object.keys(hues), 'accent']) {
    Object.assign(light, hueVariables(name, lightRoles(shadesIn(theme, name))));
    Object.assign(dark, hueVariables(name, darkRoles(shadesIn(theme, name))));
  }
  Object.assign(light, hueVariables('gray', greyRoles(lightTokens, stone[6], stone[7])));
  Object.assign(dark, hueVariables('gray', greyRoles(darkTokens, '#5c676e', '#4d575e')));
  for (const [scheme, roles] of [
    [light, lightRoles],
    [dark, darkRoles],
  ] as const) {
    const accent = roles(shadesIn(theme, 'accent'));
    const alarm = roles(shadesIn(theme, 'alarm'));
    scheme['--mantine-color-anchor'] = accent.text;
    scheme['--mantine-primary-color-contrast'] = theme.white;
    scheme['--mantine-color-error'] = alarm.text;
    scheme['--mantine-color-success'] = roles(shadesIn(theme, 'moss')).text;
    scheme['--tp-accent'] = accent.filled;
    scheme['--tp-accent-text'] = accent.text;
    scheme['--tp-accent-tint'] = accent.tint;
    scheme['--tp-on-accent-tint'] = accent.onTint;
    scheme['--tp-amber'] = roles(shadesIn(theme, 'amber')).text;
    scheme['--tp-alarm'] = alarm.text;
    scheme['--tp-info'] = roles(shadesIn(theme, 'info')).text;
  }
  const variables: Record<`--${string}`, string> = {
    '--tp-row': rem(tokens.row),
    '--tp-row-compact': rem(tokens.rowCompact),
    '--tp-option': rem(tokens.option),
    '--tp-control-compact': rem(tokens.compact),
    '--tp-check-pad': rem(tokens.checkPad),
    '--tp-touch': rem(tokens.control.md),
    '--tp-motion-fast': '120ms',
    '--tp-motion': '160ms',
  };
  for (const [key, value] of Object.entries(tokens.control)) variables[`--tp-control-${key}`] = rem(value);
  for (const [key, value] of Object.entries(tokens.icon)) variables[`--tp-icon-${key}`] = rem(value);
  return { variables, light, dark };
};
