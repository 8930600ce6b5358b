import { expect, it } from 'vitest';
import { organisationEntity } from '../features/settings/model.ts';
import { changeFromEdit } from './edit.ts';
import type { RowState } from './merge.ts';

const id = '0198c1a2-0000-7000-8000-000000000001';
const stamp = { hlc: '001763906700123-0000', change: id, by: 'server' };
const row: RowState = {
  fields: { name: 'A', street: null, postalCode: null, city: 'Köln', phone: null, deleted: false },
  clock: { row: stamp, groups: {} },
};
const change = (set: object) =>
  changeFromEdit(organisationEntity, row, { entity: 'organisation', id, set }, { id, hlc: stamp.hlc });

it('sends a merge group whole, its empty fields too', () => {
  expect(change({ city: 'Bonn' })?.set).toEqual({ street: null, postalCode: null, city: 'Bonn' });
  expect(change({ city: null })?.set).toEqual({ street: null, postalCode: null, city: null });
});

it('sends nothing where nothing differs', () => {
  expect(change({ city: 'Köln', phone: null, name: undefined, deleted: false })).toBeNull();
});

it('gives a new row its register of deletion', () => {
  const made = changeFromEdit(
    organisationEntity,
    null,
    { entity: 'organisation', id, set: { name: 'A', phone: null } },
    { id, hlc: stamp.hlc },
  );
  expect(made?.set).toEqual({ name: 'A', phone: null, deleted: false });
});

it('keeps a text that holds half an emoji, with a sign in its place', () => {
  expect(change({ city: 'Köln \ud83d und \u{1f600}' })?.set.city).toBe('Köln \ufffd und \u{1f600}');
});
