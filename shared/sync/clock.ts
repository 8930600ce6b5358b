/**
 * The hybrid logical clock (Kulkarni et al. 2014): wall milliseconds and a counter, as text that sorts by time:
 * 15 decimal digits, a dash, 4 hex digits. The change id breaks ties, so the clock carries no node name.
 */

/** A clock reading as text, for example `001763906700123-0000`. */
export type Hlc = string;

const maxCounter = 0xffff;
/** A clock may run ahead of the server by this much before the server clamps it (milliseconds). */
export const maxClockLead = 60_000;

export const hlcPattern = /^\d{15}-[0-9a-f]{4}$/;

interface Reading {
  readonly millis: number;
  readonly counter: number;
}

/** Writes a reading; a counter over 65,535 carries into the milliseconds. */
export function formatHlc(millis: number, counter = 0): Hlc {
  const carried = millis + Math.floor(counter / (maxCounter + 1));
  return `${String(carried).padStart(15, '0')}-${(counter % (maxCounter + 1)).toString(16).padStart(4, '0')}`;
}

/** Reads the text form; throws on anything else, since a clock is validated at the border. */
export function parseHlc(hlc: Hlc): Reading {
  if (!hlcPattern.test(hlc)) throw new Error('Not a hybrid logical clock');
  return { millis: Number(hlc.slice(0, 15)), counter: Number.parseInt(hlc.slice(16), 16) };
}

/** Wall milliseconds of a clock. */
export function hlcMillis(hlc: Hlc): number {
  return parseHlc(hlc).millis;
}

/** The next reading for a local event: never before the wall clock, always after `last`. */
export function nextHlc(last: Hlc | null, wallMillis: number): Hlc {
  if (last === null) return formatHlc(wallMillis);
  const { millis, counter } = parseHlc(last);
  return wallMillis > millis ? formatHlc(wallMillis) : formatHlc(millis, counter + 1);
}

/** The later of two readings: what a replica remembers after it has seen a remote one. */
export function laterHlc(a: Hlc | null, b: Hlc): Hlc {
  return a === null || b > a ? b : a;
}

/** The earlier of two readings. */
export function earlierHlc(a: Hlc, b: Hlc): Hlc {
  if (a < b) return a;
  return b;
}

/** The stamp a server accepts: its own time plus one minute at the most. */
export function clampHlc(hlc: Hlc, serverMillis: number): Hlc {
  const limit = formatHlc(serverMillis + maxClockLead);
  return hlc > limit ? limit : hlc;
}
