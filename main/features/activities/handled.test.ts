import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeStands, isNew } from '../../../shared/features/activities/rules.ts';
import { formatHlc } from '../../../shared/sync/clock.ts';
import { handledByAnswer, handledByHand } from './handled.ts';

const hlc = fc.integer({ min: 1, max: 50 }).map((millis) => formatHlc(millis));
const newestFirst = fc.uniqueArray(hlc, { maxLength: 8 }).map((stamps) => stamps.sort().reverse());
const handled = fc.option(hlc);

describe('Neu', () => {
  it('is empty once somebody says that it is handled', () => {
    fc.assert(
      fc.property(handled, newestFirst, (through, stamps) => {
        expect(isNew(handledByHand(through, stamps, true), stamps[0] ?? null)).toBe(false);
      }),
    );
  });

  it('holds exactly the newest message once that is taken back', () => {
    fc.assert(
      fc.property(handled, newestFirst, (through, stamps) => {
        const next = handledByHand(through, stamps, false);
        expect(isNew(next, stamps[0] ?? null)).toBe(stamps.length > 0);
        expect(stamps.filter((stamp) => next === null || stamp > next).length).toBe(
          stamps.length === 0 ? 0 : stamps.length === 1 || next !== null ? 1 : stamps.length,
        );
      }),
    );
  });

  it('is never brought back by an answer, and empty after one that knew everything', () => {
    fc.assert(
      fc.property(handled, newestFirst, hlc, (through, stamps, answer) => {
        const next = handledByAnswer(through, stamps, answer);
        expect((next ?? '') >= (through ?? '')).toBe(true);
        const newest = stamps[0] ?? null;
        if (newest !== null && newest < answer) expect(isNew(next, newest)).toBe(false);
        // A message that the answer could not know stays new, unless it was handled before.
        if (newest !== null && newest > answer && (through ?? '') < newest) expect(isNew(next, newest)).toBe(true);
      }),
    );
  });

  it('goes with a close that stands', () => {
    fc.assert(
      fc.property(newestFirst, handled, (stamps, through) => {
        const seen = stamps[0] ?? null;
        expect(closeStands(seen, stamps[0] ?? null)).toBe(true);
        expect(isNew(handledByHand(through, stamps, true), stamps[0] ?? null)).toBe(false);
      }),
    );
  });
});
