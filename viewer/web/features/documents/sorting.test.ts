import { expect, it } from 'vitest';
import { byCategory, categoriesOf, matches } from './sorting.ts';

const file = {
  id: '00000000-0000-4000-8000-000000000001',
  fileName: 'BK-2025_Bauer.pdf',
  mediaType: 'application/pdf',
  size: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  url: '/x',
};
const statement = {
  id: '00000000-0000-4000-8000-000000000002',
  title: 'Betriebskostenabrechnung für Müßig',
  periodFrom: '2025-01-01',
  periodTo: '2025-12-31',
  publishedAt: null,
  category: 'Abrechnungen',
  file,
  isNew: false,
};

it('keeps the order of the categories and puts those without one last', () => {
  const documents = [{ category: null }, { category: 'B' }, { category: 'A' }, { category: 'B' }];
  expect(byCategory(documents).map(([category, rows]) => [category, rows.length])).toEqual([
    ['B', 2],
    ['A', 1],
    [null, 1],
  ]);
  expect(categoriesOf([])).toEqual([]);
});

it.each([
  ['', true],
  ['betriebskosten 2025', true],
  ['MUSSIG', true],
  ['muessig', false],
  ['bauer abrechnungen', true],
  ['2024', false],
])('finds by every word: %j %s', (query, found) => {
  expect(matches(statement, query)).toBe(found);
});
