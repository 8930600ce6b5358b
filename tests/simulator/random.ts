/** A seeded source of chance (mulberry32): the same seed makes the same run on every machine. */
export interface Chance {
  /** From 0 to below 1. */
  readonly next: () => number;
  /** Whole number from 0 to below `n`. */
  readonly below: (n: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
  readonly once: (probability: number) => boolean;
  /** An id that the seed determines, shaped as a UUIDv7 of this instant. No two ids of a run are the same. */
  readonly uuid: (now: number) => string;
  /** Another source, for somebody whose draws must not depend on how often others draw; ids stay apart. */
  readonly fork: () => Chance;
}

export function chance(seed: number): Chance {
  return source(seed, seed, { ids: 0 });
}

function source(seed: number, start: number, shared: { ids: number }): Chance {
  let state = start >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    next,
    below,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('Nothing to pick from');
      return item;
    },
    once: (probability) => next() < probability,
    uuid: (now) => {
      shared.ids += 1;
      const time = Math.max(0, Math.floor(now)).toString(16).padStart(12, '0').slice(-12);
      const random = Array.from({ length: 4 }, () => below(16).toString(16)).join('');
      const tail = `${seed.toString(16).padStart(6, '0').slice(-6)}${shared.ids.toString(16).padStart(6, '0').slice(-6)}`;
      return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(1)}-${tail}`;
    },
    fork: () => source(seed, Math.floor(next() * 4294967296), shared),
  };
}
