import { metaKeys, metaNumber, metaText } from '../db/meta.ts';
import type { MetaStore } from '../service/context.ts';

/** Decides whether a round pulls as well, or only pushes what was written. */
export interface Pacing {
  /** Somebody wrote at this desk. */
  readonly wrote: () => void;
  /** Somebody asked for a whole round. */
  readonly ask: () => void;
  /** The viewer hinted at its head; answers whether this desk does not hold all of it. */
  readonly hint: (position: { readonly epoch: string; readonly head: number }) => boolean;
  /** The viewer answered a push with this head. */
  readonly answered: (head: number) => void;
  /** Whether the viewer has more than this desk holds and pushed itself. */
  readonly hasOthers: () => boolean;
  /** Whether somebody wrote since the round began. */
  readonly isBusy: () => boolean;
  /** Begins a round: whether it is a whole one. */
  readonly begin: () => boolean;
}

/** After a push only the desk's own changes are there to pull, and others pull them at that very moment (milliseconds). */
export const echo = 50;
/**
 * While deeds come faster than pushes, they are gathered so long (milliseconds): a push of one costs as much as one of
 * fifty.
 */
export const gather = 20;
/** Who writes without a pause pulls so often all the same (milliseconds). */
const pullAtLeast = 1_000;

/**
 * A deed is pushed alone; the pull behind it waits a moment, so that it does not stand in the way of the desks that are
 * about to see the deed, and so that a deed right after it does not wait for the pull.
 */
export function createPacing({ meta, now }: { readonly meta: MetaStore; readonly now: () => number }): Pacing {
  let deed = false;
  let asked = false;
  let pulledAt = 0;
  let head = 0;
  let hinted = { epoch: '', head: 0 };
  const isBeyond = (known: number): boolean => hinted.epoch !== metaText(meta, metaKeys.epoch) || hinted.head > known;
  const cursor = (): number => metaNumber(meta, metaKeys.cursor, 0);
  const hasOthers = (): boolean => isBeyond(Math.max(head, cursor()));
  return {
    wrote: () => {
      deed = true;
    },
    ask: () => {
      asked = true;
    },
    hint: (position) => {
      hinted = position;
      return isBeyond(cursor());
    },
    answered: (next) => {
      head = next;
    },
    hasOthers,
    isBusy: () => deed,
    begin: () => {
      const whole = asked || !deed || hasOthers() || Math.abs(now() - pulledAt) > pullAtLeast;
      asked = false;
      deed = false;
      if (whole) pulledAt = now();
      return whole;
    },
  };
}
