import { z } from 'zod';
import { metaKeys, metaNumber, metaText } from '../db/meta.ts';
import type { MetaStore } from '../service/context.ts';

/**
 * How many of this desk's own changes lie in the viewer's log after its cursor: it holds them already, so nobody who
 * counts what it lacks may count them.
 */
export interface OwnLead {
  /** The viewer accepted so many; takes part in the transaction that settles them. */
  readonly accepted: (changes: number, epoch: string) => void;
  /** Never more than there are, so that what others wrote is never taken for its own. */
  readonly count: () => number;
}

const kept = z.object({ epoch: z.string(), cursor: z.number(), changes: z.number() });

export function openOwnLead(meta: MetaStore): OwnLead {
  const cursor = (): number => metaNumber(meta, metaKeys.cursor, 0);
  const inEpoch = (epoch: string | null): number => {
    const known = kept.safeParse(meta.get(metaKeys.ownLead));
    if (!known.success || known.data.epoch !== epoch || cursor() < known.data.cursor) return 0;
    // Every change that the cursor has passed since may have been one of them.
    return Math.max(0, known.data.changes - (cursor() - known.data.cursor));
  };
  return {
    accepted: (changes, epoch) =>
      meta.set(metaKeys.ownLead, { epoch, cursor: cursor(), changes: inEpoch(epoch) + changes }),
    count: () => inEpoch(metaText(meta, metaKeys.epoch)),
  };
}
