import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clampHlc, formatHlc, hlcMillis, laterHlc, maxClockLead, nextHlc, parseHlc } from './clock.ts';

const millis = fc.integer({ min: 0, max: 4_102_444_800_000 });

describe('the clock', () => {
  it('sorts as text as it sorts in time', () => {
    fc.assert(
      fc.property(millis, fc.nat(0xffff), millis, fc.nat(0xffff), (a, x, b, y) => {
        const byTime = a - b || x - y;
        const [left, right] = [formatHlc(a, x), formatHlc(b, y)];
        return byTime === 0 ? left === right : byTime < 0 === left < right;
      }),
    );
  });

  it('always moves on, whatever the wall clock does', () => {
    fc.assert(
      fc.property(fc.array(millis, { minLength: 2 }), (walls) => {
        let last: string | null = null;
        return walls.every((wall) => {
          const next = nextHlc(last, wall);
          const later = last === null || next > last;
          last = next;
          return later && hlcMillis(next) >= wall;
        });
      }),
    );
  });

  it('carries a full counter into the milliseconds', () => {
    expect(parseHlc(nextHlc(formatHlc(5, 0xffff), 1))).toEqual({ millis: 6, counter: 0 });
  });

  it('clamps to a minute ahead of the server and leaves the rest alone', () => {
    expect(clampHlc(formatHlc(1_000_000), 1_000)).toBe(formatHlc(1_000 + maxClockLead));
    expect(clampHlc(formatHlc(5), 1_000)).toBe(formatHlc(5));
  });

  it('remembers the later of two', () => {
    expect(laterHlc(null, formatHlc(1))).toBe(formatHlc(1));
    expect(laterHlc(formatHlc(2), formatHlc(1))).toBe(formatHlc(2));
  });
});
