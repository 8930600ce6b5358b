import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change, JsonValue } from './changes.ts';
import { clampHlc, formatHlc, hlcMillis, laterHlc, maxClockLead, nextHlc, parseHlc } from './clock.ts';
import { entities, entityNames } from './entities.ts';
import { deletedField, type EntityDefinition } from './entity.ts';
import { canonicalJson, mergeChange, type RowState } from './merge.ts';

/** Any time a machine may think it is, up to the year 2200 (milliseconds). */
const wall = fc.integer({ min: 0, max: 7_258_118_400_000 });
const reading = fc.record({ millis: wall, counter: fc.integer({ min: 0, max: 0xffff }) });
const hlc = reading.map(({ millis, counter }) => formatHlc(millis, counter));

describe('the clock', () => {
  test('text sorts as readings do, and reads back', () => {
    fc.assert(
      fc.property(reading, reading, (a, b) => {
        const [left, right] = [formatHlc(a.millis, a.counter), formatHlc(b.millis, b.counter)];
        expect(parseHlc(left)).toEqual(a);
        expect(left < right).toBe(a.millis < b.millis || (a.millis === b.millis && a.counter < b.counter));
      }),
    );
  });

  test('the next reading is after the last one and never before the wall', () => {
    fc.assert(
      fc.property(hlc, wall, (last, now) => {
        const next = nextHlc(last, now);
        expect(next > last).toBe(true);
        expect(hlcMillis(next)).toBeGreaterThanOrEqual(now);
      }),
    );
  });

  test('the later of readings does not depend on their order, grouping or repetition', () => {
    fc.assert(
      fc.property(hlc, hlc, hlc, (a, b, c) => {
        expect(laterHlc(a, b)).toBe(laterHlc(b, a));
        expect(laterHlc(laterHlc(a, b), c)).toBe(laterHlc(a, laterHlc(b, c)));
        expect(laterHlc(a, a)).toBe(a);
      }),
    );
  });

  test('clamping is idempotent, keeps the order, and never goes beyond the lead', () => {
    fc.assert(
      fc.property(hlc, hlc, wall, (a, b, now) => {
        const clamped = clampHlc(a, now);
        expect(clampHlc(clamped, now)).toBe(clamped);
        expect(hlcMillis(clamped)).toBeLessThanOrEqual(Math.max(hlcMillis(a), now + maxClockLead));
        expect(clamped <= formatHlc(now + maxClockLead)).toBe(true);
        if (a <= b) expect(clampHlc(a, now) <= clampHlc(b, now)).toBe(true);
      }),
    );
  });
});

interface Write {
  readonly change: Change;
  readonly by: string;
}

const value = fc.constantFrom<JsonValue>(null, true, false, 0, 7, '', 'Weg 1', 'Weg 2');
const authors = ['staff:a', 'staff:b', 'account:c', 'server'] as const;

/** Writes to one row: few values and few clocks, so that they meet. Ids differ, as ids do; groups are whole. */
function writesOf(definition: EntityDefinition): fc.Arbitrary<readonly Write[]> {
  const groups = Object.keys(definition.fieldsOf);
  const write = fc.record({
    groups: fc.subarray(groups, { minLength: 1 }),
    values: fc.array(value, { minLength: 8, maxLength: 8 }),
    millis: fc.integer({ min: 1, max: 5 }),
    deleted: fc.boolean(),
    by: fc.constantFrom(...authors),
    saw: fc.integer({ min: -1, max: 5 }),
  });
  return fc.array(write, { minLength: 1, maxLength: 6 }).map((drafts) =>
    drafts.map(({ groups: touched, values, millis, deleted, by, saw }, index): Write => {
      const set: Record<string, JsonValue> = {};
      for (const group of touched) {
        for (const field of definition.fieldsOf[group] ?? []) {
          set[field] = field === deletedField ? deleted : (values[Object.keys(set).length % values.length] ?? null);
        }
      }
      const base = saw < 0 || saw === index ? {} : Object.fromEntries(touched.map((group) => [group, changeId(saw)]));
      const change: Change = {
        id: changeId(index),
        entity: definition.name,
        entityId: changeId(99),
        set,
        base,
        hlc: formatHlc(millis),
      };
      return { change, by };
    }),
  );
}

function changeId(index: number): string {
  return `01930000-0000-7000-8000-${String(index).padStart(12, '0')}`;
}

function mergeAll(definition: EntityDefinition, writes: readonly Write[]): RowState | null {
  return writes.reduce<RowState | null>(
    (state, { change, by }) => mergeChange(definition, state, change, by).state,
    null,
  );
}

function text(state: RowState | null): string {
  return canonicalJson(JSON.parse(JSON.stringify(state)));
}

describe.each(entityNames)('the merge of %s', (name) => {
  const definition: EntityDefinition = entities[name];
  const shuffled = writesOf(definition).chain((writes) =>
    fc.record({
      writes: fc.constant(writes),
      order: fc.shuffledSubarray([...writes], { minLength: writes.length }),
      again: fc.subarray([...writes]),
    }),
  );

  test('does not depend on the order, and a repetition changes nothing', () => {
    fc.assert(
      fc.property(shuffled, ({ writes, order, again }) => {
        const row = text(mergeAll(definition, writes));
        expect(text(mergeAll(definition, order))).toBe(row);
        expect(text(mergeAll(definition, [...again, ...order, ...again]))).toBe(row);
      }),
      { numRuns: 60 },
    );
  });

  test('does not depend on where a batch ends', () => {
    fc.assert(
      fc.property(writesOf(definition), fc.nat(6), (writes, cut) => {
        // A replica that got the first batch, kept it as text, and got the rest with one overlapping change.
        const kept = mergeAll(definition, writes.slice(0, cut));
        const read = kept === null ? null : (JSON.parse(JSON.stringify(kept)) as RowState);
        const rest = writes.slice(Math.max(0, cut - 1));
        const row = rest.reduce((state, write) => mergeChange(definition, state, write.change, write.by).state, read);
        expect(text(row)).toBe(text(mergeAll(definition, writes)));
      }),
      { numRuns: 60 },
    );
  });

  test('says of every group that a change touched what became of it', () => {
    fc.assert(
      fc.property(writesOf(definition), (writes) => {
        let state: RowState | null = null;
        for (const { change, by } of writes) {
          const merged = mergeChange(definition, state, change, by);
          for (const { group, won, kept, lost } of merged.outcomes) {
            expect(won ? kept.stamp.change : (lost?.stamp.change ?? change.id)).toBe(change.id);
            expect(definition.fieldsOf[group]).toBeDefined();
          }
          state = merged.state;
        }
      }),
      { numRuns: 30 },
    );
  });
});
