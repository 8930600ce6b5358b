import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Change } from './changes.ts';
import { formatHlc } from './clock.ts';
import { defineEntity } from './entity.ts';
import { canonicalJson, mergeChange, type RowState, restamp, sameValue, stampOf, touchedGroups } from './merge.ts';

const entity = defineEntity(
  'thing',
  { name: z.string(), street: z.string(), city: z.string(), body: z.string(), number: z.number().nullable() },
  { groups: { address: ['street', 'city'] }, immutable: ['body'], serverOnly: ['number'] },
);

const row = '00000000-0000-4000-8000-000000000000';
const changeId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

interface Sent {
  readonly change: Change;
  readonly by: string;
}

const sets = [
  { name: 'a' },
  { name: 'b' },
  { street: 'x', city: 'y' },
  { street: 'u', city: 'v' },
  { deleted: true },
  { deleted: false },
  { body: 'first', name: 'c' },
  { body: 'second' },
  { number: 1 },
  { number: null },
  { name: 'n', street: 's', city: 't', body: 'w', number: null, deleted: false },
];

/** Any changes of one row: ids are unique, clocks may be equal or years apart. */
const history = fc
  .array(
    fc.record({
      set: fc.constantFrom(...sets),
      millis: fc.constantFrom(1, 2, 3, 1_700_000_000_000, 4_000_000_000_000),
      counter: fc.nat(2),
      by: fc.constantFrom('staff:1', 'staff:2', 'account:3', 'server'),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((items) =>
    items.map(({ set, millis, counter, by }, index): Sent => {
      const change: Change = {
        id: changeId(index),
        entity: 'thing',
        entityId: row,
        set: set as Change['set'],
        base: {},
        hlc: formatHlc(millis, counter),
      };
      return { change, by };
    }),
  );

function replay(sent: readonly Sent[]): RowState | null {
  return sent.reduce<RowState | null>((state, { change, by }) => mergeChange(entity, state, change, by).state, null);
}

const bytes = (state: RowState | null) => canonicalJson(state as unknown as Change['set']);

describe('mergeChange', () => {
  it('makes the same row of the same changes in any order', () => {
    const shuffled = history.chain((sent) =>
      fc.tuple(fc.constant(sent), fc.shuffledSubarray([...sent], { minLength: sent.length, maxLength: sent.length })),
    );
    fc.assert(
      fc.property(shuffled, ([a, b]) => bytes(replay(a)) === bytes(replay(b))),
      { numRuns: 2000 },
    );
  });

  it('makes the same row however often a change arrives', () => {
    const doubled = history.chain((sent) => fc.tuple(fc.constant(sent), fc.shuffledSubarray([...sent, ...sent])));
    fc.assert(
      fc.property(doubled, ([sent, again]) => bytes(replay(sent)) === bytes(replay([...sent, ...again]))),
      { numRuns: 2000 },
    );
  });

  it('keeps the fields of a merge group together', () => {
    fc.assert(
      fc.property(history, (sent) => {
        const fields = replay(sent)?.fields ?? {};
        const pair = `${String(fields.street)}/${String(fields.city)}`;
        return ['x/y', 'u/v', 's/t', 'undefined/undefined'].includes(pair);
      }),
    );
  });

  it('accounts for every version: it stands, lost to the same value, or is told', () => {
    fc.assert(
      fc.property(history, (sent) => {
        let state: RowState | null = null;
        const lost = new Set<string>();
        for (const { change, by } of sent) {
          const merged = mergeChange(entity, state, change, by);
          state = merged.state;
          for (const outcome of merged.outcomes) {
            if (outcome.lost === null || outcome.kind !== 'overwritten') continue;
            const harmless = sameValue(outcome.lost.value, outcome.kept.value) || entity.serverOnly.has(outcome.group);
            expect(outcome.unseen || harmless).toBe(true);
            lost.add(`${outcome.lost.stamp.change} ${outcome.group}`);
          }
        }
        const { clock } = replay(sent) ?? { clock: { row: null, groups: {} } };
        return sent.every(({ change }) =>
          touchedGroups(entity, change).every(
            (group) => stampOf(clock, group)?.change === change.id || lost.has(`${change.id} ${group}`),
          ),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('tells an overwritten value only to those who had not seen it', () => {
    const first = mergeChange(
      entity,
      null,
      { id: changeId(1), entity: 'thing', entityId: row, set: { name: 'a' }, base: {}, hlc: formatHlc(1) },
      'staff:1',
    );
    const second = (base: Change['base']) =>
      mergeChange(
        entity,
        first.state,
        { id: changeId(2), entity: 'thing', entityId: row, set: { name: 'b' }, base, hlc: formatHlc(2) },
        'staff:2',
      );
    expect(second({ name: changeId(1) }).outcomes.map((outcome) => outcome.unseen)).toEqual([false]);
    expect(second({}).outcomes.map((outcome) => outcome.unseen)).toEqual([true]);
  });

  it('lets nothing a desk wrote beat the server in a group of the server’s own', () => {
    const numbered = mergeChange(
      entity,
      null,
      { id: changeId(1), entity: 'thing', entityId: row, set: { number: 7 }, base: {}, hlc: formatHlc(1) },
      'server',
    );
    const later = mergeChange(
      entity,
      numbered.state,
      { id: changeId(2), entity: 'thing', entityId: row, set: { number: null }, base: {}, hlc: formatHlc(9) },
      'staff:1',
    );
    expect(later.state.fields.number).toBe(7);
  });

  it('tells an edit of a deleted row, and a deletion of an edited one', () => {
    const whole = { name: 'n', street: 's', city: 't', body: 'w', number: null, deleted: false };
    const made = mergeChange(
      entity,
      null,
      { id: changeId(1), entity: 'thing', entityId: row, set: whole, base: {}, hlc: formatHlc(1) },
      'staff:1',
    );
    const seen = Object.fromEntries(Object.keys(entity.fieldsOf).map((group) => [group, changeId(1)]));
    const removal: Change = {
      id: changeId(2),
      entity: 'thing',
      entityId: row,
      set: { deleted: true },
      base: seen,
      hlc: formatHlc(3),
    };
    const edit: Change = {
      id: changeId(3),
      entity: 'thing',
      entityId: row,
      set: { name: 'z' },
      base: { name: changeId(1), deleted: changeId(1) },
      hlc: formatHlc(2),
    };
    const kinds = (changes: readonly Sent[]) => {
      let state: RowState | null = made.state;
      return changes.flatMap(({ change, by }) => {
        const merged = mergeChange(entity, state, change, by);
        state = merged.state;
        return merged.outcomes.filter((outcome) => outcome.unseen).map((outcome) => outcome.kind);
      });
    };
    expect(
      kinds([
        { change: removal, by: 'staff:1' },
        { change: edit, by: 'staff:2' },
      ]),
    ).toEqual(['edited-and-deleted']);
    expect(
      kinds([
        { change: edit, by: 'staff:2' },
        { change: removal, by: 'staff:1' },
      ]),
    ).toEqual(['edited-and-deleted']);
  });

  it('takes over the clock the server clamped', () => {
    const made = mergeChange(
      entity,
      null,
      { id: changeId(1), entity: 'thing', entityId: row, set: { name: 'a' }, base: {}, hlc: formatHlc(9) },
      'staff:1',
    );
    const clock = restamp(made.state.clock, changeId(1), formatHlc(5));
    expect(stampOf(clock, 'name')?.hlc).toBe(formatHlc(5));
  });
});
