import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Change } from './changes.ts';
import { formatHlc, hlcMillis } from './clock.ts';
import { defineEntity, sinceOf } from './entity.ts';
import { canonicalJson, mergeChange, type RowState, restamp, sameValue, stampOf, touchedGroups } from './merge.ts';
import { checkAgainstRow } from './validate.ts';

const entity = defineEntity(
  'thing',
  {
    name: z.string(),
    street: z.string(),
    city: z.string(),
    body: z.string(),
    at: z.string(),
    stamp: z.string(),
    number: z.number().nullable(),
  },
  {
    groups: { address: ['street', 'city'], content: ['body', 'at', 'stamp'] },
    immutable: ['content'],
    serverOnly: ['number'],
    notAfterClock: ['at', 'stamp'],
  },
);

const future = '2096-10-02T07:06:39.999Z';
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
  { body: 'first', at: future, stamp: formatHlc(3_999_999_999_999), name: 'c' },
  { body: 'second', at: '1970-01-01T00:00:00.002Z', stamp: formatHlc(2, 1) },
  { number: 1 },
  { number: null },
  { name: 'n', street: 's', city: 't', body: 'w', at: future, stamp: formatHlc(0), number: null, deleted: false },
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
    const text = { body: 'w', at: '', stamp: '' };
    const whole = { name: 'n', street: 's', city: 't', ...text, number: null, deleted: false };
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
    const { clock } = restamp(entity, made.state, { id: changeId(1), set: { name: 'a' } }, formatHlc(5));
    expect(stampOf(clock, 'name')?.hlc).toBe(formatHlc(5));
  });
});

describe('instants and clocks of a group', () => {
  const written = (millis: number): Change => ({
    id: changeId(1),
    entity: 'thing',
    entityId: row,
    set: { body: 'w', at: future, stamp: formatHlc(4_000_000_000_000, 3) },
    base: {},
    hlc: formatHlc(millis),
  });
  const clamped = 1_700_000_000_000;

  it('never lie after the clock that the group has', () => {
    const { fields } = mergeChange(entity, null, written(clamped), 'staff:1').state;
    expect(fields).toMatchObject({ at: '2023-11-14T22:13:20.000Z', stamp: formatHlc(clamped) });
  });

  it('stay what they are where the clock is later', () => {
    const { fields } = mergeChange(entity, null, written(4_100_000_000_000), 'staff:1').state;
    expect(fields).toMatchObject({ at: future, stamp: formatHlc(4_000_000_000_000, 3) });
  });

  it('come to be the same on the desk, whose clock is corrected, as at the viewer, which corrected it', () => {
    const desk = mergeChange(entity, null, written(4_100_000_000_000), 'staff:1').state;
    const viewer = mergeChange(entity, null, written(clamped), 'staff:1').state;
    expect(bytes(restamp(entity, desk, written(clamped), formatHlc(clamped)))).toBe(bytes(viewer));
    // Where the answer was lost, the pull brings the corrected clock.
    expect(bytes(mergeChange(entity, desk, written(clamped), 'staff:1').state)).toBe(bytes(viewer));
  });

  it('go with a clock that is corrected to a later one', () => {
    const early = mergeChange(entity, null, written(clamped), 'staff:1').state;
    const later = mergeChange(entity, null, written(clamped + 60_000), 'staff:1').state;
    expect(bytes(restamp(entity, early, written(0), formatHlc(clamped + 60_000)))).toBe(bytes(later));
  });

  it('never lie after their clock, whatever happened', () => {
    fc.assert(
      fc.property(history, (sent) => {
        const state = replay(sent);
        const stamp = state === null ? null : stampOf(state.clock, 'content');
        if (state === null || stamp === null) return true;
        const at = Date.parse(String(state.fields.at));
        return at <= hlcMillis(stamp.hlc) && String(state.fields.stamp) <= stamp.hlc;
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a field that came later', () => {
  const newer = defineEntity(
    'thing',
    { name: z.string(), colour: z.string().nullable() },
    { added: { colour: { since: 2, initial: null } } },
  );
  const change = (id: number, set: Change['set'], at: number): Change => ({
    id: changeId(id),
    entity: 'thing',
    entityId: row,
    set,
    base: {},
    hlc: formatHlc(at),
  });

  it('has its first value in a row of an older program, and loses it to whoever sets it', () => {
    const old = change(1, { name: 'a', deleted: false }, 5);
    const blue = change(2, { colour: 'blue' }, 3);
    expect(checkAgainstRow(newer, null, old)).toBeNull();
    const made = mergeChange(newer, null, old, 'staff:1').state;
    expect(made.fields).toEqual({ name: 'a', colour: null, deleted: false });
    const oneWay = mergeChange(newer, made, blue, 'staff:2').state;
    const otherWay = mergeChange(newer, mergeChange(newer, null, blue, 'staff:2').state, old, 'staff:1').state;
    expect(oneWay.fields.colour).toBe('blue');
    expect(bytes(otherWay)).toBe(bytes(oneWay));
  });

  it('needs the protocol that knows it', () => {
    expect([sinceOf(newer, ['name']), sinceOf(newer, ['name', 'colour'])]).toEqual([1, 2]);
  });
});
