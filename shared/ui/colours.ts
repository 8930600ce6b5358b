/** Colour arithmetic for the theme: WCAG 2.2 contrast and OKLCH (Ottosson 2020), where equal steps look equal. */

interface Oklch {
  /** Lightness 0–1. */
  readonly l: number;
  /** Chroma, about 0–0.4. */
  readonly c: number;
  /** Hue in radians. */
  readonly h: number;
}

/** Ten shades, palest first. */
export type Shades = readonly [string, string, string, string, string, string, string, string, string, string];

const hexPattern = /^#[0-9a-f]{6}$/i;

function channels(hex: string): readonly [number, number, number] {
  if (!hexPattern.test(hex)) throw new Error(`Not a colour: ${hex}`);
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

function toLinear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function fromLinear(channel: number): number {
  return channel <= 0.0031308 ? channel * 12.92 : 1.055 * channel ** (1 / 2.4) - 0.055;
}

/** Relative luminance of `#rrggbb`, 0 (black) to 1 (white). */
function luminance(hex: string): number {
  const [r, g, b] = channels(hex).map(toLinear) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2). AA asks 4.5 for text and 3 for the edges of controls. */
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** The colour `top` laid over `below` with the given opacity (0–1), as a solid colour. */
export function over(top: string, opacity: number, below: string): string {
  const [a, b] = [channels(top), channels(below)];
  return toHex(a.map((channel, index) => channel * opacity + (b[index] ?? 0) * (1 - opacity)));
}

function toHex(rgb: readonly number[]): string {
  const part = (channel: number) =>
    Math.round(Math.min(1, Math.max(0, channel)) * 255)
      .toString(16)
      .padStart(2, '0');
  return `#${rgb.map(part).join('')}`;
}

function toOklch(hex: string): Oklch {
  const [r, g, b] = channels(hex).map(toLinear) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(a, bb),
    h: Math.atan2(bb, a),
  };
}

function linearRgb({ l, c, h }: Oklch): readonly [number, number, number] {
  const [a, b] = [c * Math.cos(h), c * Math.sin(h)];
  const x = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const y = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const z = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ];
}

/** Gives up chroma, never lightness, until the colour exists in sRGB: contrast depends on lightness. */
function fromOklch(colour: Oklch): string {
  let c = colour.c;
  for (;;) {
    const rgb = linearRgb({ ...colour, c });
    if (c <= 0 || rgb.every((channel) => channel >= -0.0005 && channel <= 1.0005)) return toHex(rgb.map(fromLinear));
    c = Math.max(0, c - 0.004);
  }
}

const white = '#ffffff';
const lightLadder = [0.976, 0.946, 0.895, 0.83, 0.755] as const;
const chromaOf = [0.12, 0.24, 0.42, 0.62, 0.85, 1, 1, 0.96, 0.9, 0.82] as const;

/** The lightest colour of this hue and chroma, at most as light as `from`, on which white text reaches `ratio`. */
function darkenFor(colour: Oklch, ratio: number): Oklch {
  let l = colour.l;
  while (l > 0 && contrast(fromOklch({ ...colour, l }), white) < ratio) l -= 0.002;
  return { ...colour, l: Math.max(0, l) };
}

/**
 * Ten shades around a colour: 6 carries white text, and is text itself, in the light scheme (the colour as given where it is dark enough),
 * 5 in the dark scheme (as bright as white text allows), 0–4 are tints, 7–9 are for text on tints.
 */
export function shadesOf(hex: string): Shades {
  const wanted = toOklch(hex);
  const base = darkenFor(wanted, 4.75);
  const six = base.l === wanted.l ? hex.toLowerCase() : fromOklch(base);
  const five = fromOklch(darkenFor({ ...base, l: 0.66 }, 4.7));
  const floor = Math.min(base.l, 0.27);
  const shade = (index: number, l: number) => fromOklch({ ...base, l, c: base.c * (chromaOf[index] ?? 1) });
  const dark = (index: number) => shade(index, base.l + ((floor - base.l) * (index - 6)) / 3);
  const [l0, l1, l2, l3, l4] = lightLadder;
  return [shade(0, l0), shade(1, l1), shade(2, l2), shade(3, l3), shade(4, l4), five, six, dark(7), dark(8), dark(9)];
}

/** What became of a company's own colour. */
export interface Accent {
  readonly shades: Shades;
  /** True where the colour was too light for white text and a darker one of the same hue is used. */
  readonly adjusted: boolean;
}

/**
 * The shades of a company's own accent colour, dark enough for white text in both schemes. Returns null where the text
 * is not `#rrggbb`; the caller then keeps moss green.
 */
export function accentFrom(hex: string): Accent | null {
  if (!hexPattern.test(hex)) return null;
  const shades = shadesOf(hex);
  return { shades, adjusted: shades[6] !== hex.toLowerCase() };
}
