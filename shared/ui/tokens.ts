import { type Shades, shadesOf } from './colours.ts';

/** The colours of look.md. Everything on a screen comes from here or from a company's own accent. */

const brass = shadesOf('#b7791f');

/** Well-kept stairwell: moss for what one can do, brass amber for attention, alarm for what is wrong, blue to inform. */
export const palette = {
  moss: shadesOf('#2f6b4f'),
  // Tints of its own: computed ones turn pink, and beside the tints of alarm one would not know which is which.
  amber: ['#fefaef', '#fcf0d3', '#f8e3b0', '#eecf82', '#dfb252', brass[5], brass[6], brass[7], brass[8], brass[9]],
  alarm: shadesOf('#b3372f'),
  info: shadesOf('#2b6cb0'),
} as const satisfies Record<string, Shades>;

/** Warm greys of plaster and paper; 9 is ink. */
export const stone: Shades = [
  '#f6f4ef',
  '#f1eee8',
  '#eae7df',
  '#e4e0d8',
  '#cfcac0',
  '#8c8980',
  '#676d72',
  '#4d555b',
  '#34404a',
  '#1e2a32',
];

/** Mantine's scale for the dark scheme, lightest first: 0 text, 2 secondary text, 4 edges, 6 raised, 7 paper. */
export const night: Shades = [
  '#e8e6e0',
  '#cfd1cf',
  '#a9b1b5',
  '#939ca1',
  '#39434a',
  '#2a333a',
  '#1e252a',
  '#161b1f',
  '#11161a',
  '#0c1013',
];

/** Roles of surfaces and text in one scheme. */
export interface SchemeTokens {
  readonly paper: string;
  readonly raised: string;
  readonly sunken: string;
  readonly hover: string;
  readonly line: string;
  readonly lineStrong: string;
  /** Edges of inputs and checkboxes: 3:1 against the surfaces they lie on. */
  readonly controlLine: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly placeholder: string;
  readonly disabled: string;
  readonly disabledInk: string;
  /** Internal notes: amber ruled paper. */
  readonly note: string;
  readonly noteRule: string;
  readonly noteEdge: string;
  readonly noteInk: string;
}

export const lightTokens: SchemeTokens = {
  paper: '#fbfaf7',
  raised: '#ffffff',
  sunken: '#f4f2ec',
  hover: '#f1eee8',
  line: '#e4e0d8',
  lineStrong: '#cfcac0',
  controlLine: '#8c8980',
  ink: '#1e2a32',
  inkSoft: '#586169',
  placeholder: '#676d72',
  disabled: '#f1eee8',
  disabledInk: '#767b7f',
  note: '#fdf3dc',
  noteRule: '#f5e4bd',
  noteEdge: '#b7791f',
  noteInk: '#5f3d07',
};

export const darkTokens: SchemeTokens = {
  paper: '#161b1f',
  raised: '#1e252a',
  sunken: '#11161a',
  hover: '#2a333a',
  line: '#2d363d',
  lineStrong: '#414c54',
  controlLine: '#7a858c',
  ink: '#e8e6e0',
  inkSoft: '#a9b1b5',
  placeholder: '#939ca1',
  disabled: '#242c32',
  disabledInk: '#7f898f',
  note: '#2b2416',
  noteRule: '#42361f',
  noteEdge: '#c98f33',
  noteInk: '#efd5a2',
};

/** The desk is dense for eight hours a day, the portal roomy for two minutes a month. */
export type Density = 'desk' | 'portal';

/** Sizes in px on the 4 px grid. */
export interface DensityTokens {
  readonly fontSizes: Readonly<Record<'xs' | 'sm' | 'md' | 'lg' | 'xl', number>>;
  readonly spacing: Readonly<Record<'xs' | 'sm' | 'md' | 'lg' | 'xl', number>>;
  readonly headings: Readonly<Record<'h1' | 'h2' | 'h3' | 'h4' | 'h5' | 'h6', readonly [size: number, line: number]>>;
  readonly control: Readonly<Record<'xs' | 'sm' | 'md' | 'lg' | 'xl', number>>;
  readonly compact: number;
  readonly icon: Readonly<Record<'xs' | 'sm' | 'md' | 'lg' | 'xl', number>>;
  readonly row: number;
  readonly rowCompact: number;
  /** An option of a menu or a list of choices. */
  readonly option: number;
  readonly defaultSize: 'sm' | 'md';
  readonly check: 'xs' | 'md';
  /** Above and below the label of a checkbox, radio or switch, so that a thumb hits it. */
  readonly checkPad: number;
}

export const densities: Readonly<Record<Density, DensityTokens>> = {
  desk: {
    fontSizes: { xs: 12, sm: 13, md: 13, lg: 15, xl: 18 },
    spacing: { xs: 4, sm: 8, md: 12, lg: 16, xl: 24 },
    headings: { h1: [20, 28], h2: [16, 24], h3: [14, 20], h4: [13, 20], h5: [13, 20], h6: [12, 16] },
    control: { xs: 28, sm: 32, md: 36, lg: 40, xl: 44 },
    compact: 24,
    icon: { xs: 20, sm: 24, md: 28, lg: 32, xl: 40 },
    row: 32,
    rowCompact: 28,
    option: 28,
    defaultSize: 'sm',
    check: 'xs',
    checkPad: 2,
  },
  portal: {
    fontSizes: { xs: 13, sm: 14, md: 16, lg: 18, xl: 22 },
    spacing: { xs: 8, sm: 12, md: 16, lg: 24, xl: 32 },
    headings: { h1: [28, 36], h2: [22, 28], h3: [18, 24], h4: [16, 24], h5: [16, 24], h6: [14, 20] },
    control: { xs: 36, sm: 44, md: 44, lg: 52, xl: 56 },
    compact: 36,
    icon: { xs: 28, sm: 36, md: 44, lg: 44, xl: 52 },
    row: 48,
    rowCompact: 44,
    option: 44,
    defaultSize: 'md',
    check: 'md',
    checkPad: 10,
  },
};
