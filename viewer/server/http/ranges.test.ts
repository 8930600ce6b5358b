import { expect, test } from 'vitest';
import { partOf } from './ranges.ts';

test.each([
  [undefined, null],
  ['bytes=0-', { start: 0, end: 9 }],
  ['bytes=4-6', { start: 4, end: 6 }],
  ['bytes=4-99', { start: 4, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-30', { start: 0, end: 9 }],
  ['bytes=10-', 'none'],
  ['bytes=-0', 'none'],
  ['bytes=6-4', null],
  ['bytes=-', null],
  ['bytes=0-1,4-5', null],
  ['lines=1-2', null],
  ['bytes=a-b', null],
])('%s of ten bytes', (header, part) => {
  expect(partOf(header, 10)).toEqual(part);
});
