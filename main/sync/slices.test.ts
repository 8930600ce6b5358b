import { expect, test } from 'vitest';
import type { LoggedChange } from '../../shared/sync/changes.ts';
import { inSlices } from './slices.ts';

const logged = (seq: number, changesetId: string): LoggedChange => ({
  seq,
  changesetId,
  importId: null,
  author: { kind: 'server' },
  change: { id: `c${seq}`, entity: 'unit', entityId: 'u', set: {}, base: {}, hlc: '001763906700123-0000' },
});

test('slices hold whole changesets, in order, and end where the page ends', () => {
  // Changesets of 1, 140, 400 and 3 changes; the log counts from 11.
  const changes = [1, 140, 400, 3].flatMap((size, set) => Array.from({ length: size }, () => `set-${set}`));
  const page = { changes: changes.map((id, index) => logged(index + 11, id)), cursor: 700 };
  const slices = inSlices(page);
  expect(slices.flatMap((slice) => slice.changes)).toEqual(page.changes);
  expect(slices.map((slice) => slice.changes.length)).toEqual([541, 3]);
  expect(slices.map((slice) => slice.cursor)).toEqual([551, 700]);
});

test('a page of single changes is cut every 150', () => {
  const page = { changes: Array.from({ length: 400 }, (_, index) => logged(index + 1, `set-${index}`)), cursor: 400 };
  expect(inSlices(page).map((slice) => slice.cursor)).toEqual([150, 300, 400]);
});

test('an empty page still moves the cursor', () => {
  expect(inSlices({ changes: [], cursor: 7 })).toEqual([{ changes: [], cursor: 7 }]);
});
