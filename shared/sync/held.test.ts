import { expect, test } from 'vitest';
import type { Change } from './changes.ts';
import { entities } from './entities.ts';
import { holdsChange } from './held.ts';
import { mergeChange, type RowState } from './merge.ts';

const by = 'staff:0193a000-0000-7000-8000-0000000000aa';
const entityId = '0193a000-0000-7000-8000-000000000001';

function change(id: string, set: Change['set'], hlc: string): Change {
  return { id: `0193a000-0000-7000-8000-0000000001${id}`, entity: 'topic', entityId, set, base: {}, hlc };
}

const made = change('00', { name: 'Heizung', position: 1, deleted: false }, '001763906700123-0000');
const moved = change('01', { position: 2 }, '001763906700124-0000');
const row = (...changes: Change[]): RowState =>
  changes.reduce<RowState | null>(
    (state, next) => mergeChange(entities.topic, state, next, by).state,
    null,
  ) as RowState;

test('a row holds what it was made of', () => {
  expect(holdsChange(entities.topic, row(made, moved), moved)).toBe(true);
  expect(holdsChange(entities.topic, row(made), made)).toBe(true);
});

test('merging what a row holds changes nothing', () => {
  const held = row(made, moved);
  expect(mergeChange(entities.topic, held, moved, by)).toEqual({ state: held, outcomes: [] });
});

test('a change that is not there, was overwritten in part, has another clock or an unknown field is not held', () => {
  expect(holdsChange(entities.topic, null, made)).toBe(false);
  expect(holdsChange(entities.topic, row(made), moved)).toBe(false);
  expect(holdsChange(entities.topic, row(made, moved), made)).toBe(false);
  expect(holdsChange(entities.topic, row(made), { ...made, hlc: '001763906700000-0000' })).toBe(false);
  expect(holdsChange(entities.topic, row(made), { ...made, set: { ...made.set, colour: 'red' } })).toBe(false);
});
