import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { rowText, tableSum } from './checksum.ts';
import type { RowState } from './merge.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const fields = ['id', 'name', 'tags', 'deleted', 'clock'];
const stamp = (change: string) => ({ hlc: '001763906700123-0000', change, by: 'server' });
const row = (name: string, change = 'c'): RowState => ({
  fields: { name, tags: { b: 1, a: [2] }, deleted: false },
  clock: { row: stamp(change), groups: {} },
});

test('puts the same row into the same words, whatever the order of its keys', () => {
  const other = {
    clock: { groups: {}, row: { by: 'server', change: 'c', hlc: '001763906700123-0000' } },
    fields: { deleted: false, tags: { a: [2], b: 1 }, name: 'x' },
  };
  expect(rowText(fields, '1', row('x'))).toBe(rowText(fields, '1', other));
  expect(rowText(fields, '1', row('x'))).not.toBe(rowText(fields, '2', row('x')));
  expect(rowText(fields, '1', row('x'))).not.toBe(rowText(fields, '1', row('x', 'd')));
});

test('adds rows in any order to the same sum, and tells every difference', () => {
  const sumOf = (...texts: string[]) => {
    const sum = tableSum('person', sha256);
    for (const text of texts) sum.add(text);
    return sum.result();
  };
  expect(sumOf('a', 'b', 'c')).toEqual(sumOf('c', 'a', 'b'));
  expect(sumOf('a', 'b')).not.toEqual(sumOf('a', 'c'));
  expect(sumOf('a', 'a')).not.toEqual(sumOf('a'));
  expect(sumOf()).toEqual({ entity: 'person', rows: 0, sum: '0'.repeat(64) });
  expect(sumOf('a', 'b').sum).toMatch(/^[0-9a-f]{64}$/);
});
