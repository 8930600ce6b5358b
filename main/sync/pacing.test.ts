import { beforeEach, expect, test } from 'vitest';
import type { JsonValue } from '../../shared/sync/changes.ts';
import { metaKeys } from '../db/meta.ts';
import { createPacing, type Pacing } from './pacing.ts';

const epoch = '0193a000-0000-7000-8000-000000000001';
let facts: Map<string, JsonValue>;
let now: number;
let pacing: Pacing;

/** A desk that is up to date: it holds the log up to 10, and the viewer has hinted at 10. */
beforeEach(() => {
  now = 1_000_000;
  facts = new Map<string, JsonValue>([
    [metaKeys.epoch, epoch],
    [metaKeys.cursor, 10],
  ]);
  const meta = {
    get: (key: string) => facts.get(key),
    set: (key: string, value: JsonValue) => void facts.set(key, value),
  };
  pacing = createPacing({ meta, now: () => now });
  pacing.hint({ epoch, head: 10 });
  pacing.begin();
});

test('a deed is pushed alone, and the round behind it is a whole one', () => {
  pacing.wrote();
  expect(pacing.isBusy()).toBe(true);
  expect(pacing.begin()).toBe(false);
  expect(pacing.isBusy()).toBe(false);
  expect(pacing.begin()).toBe(true);
});

test('the hint at the own push is no reason to pull at once', () => {
  pacing.wrote();
  pacing.begin();
  expect(pacing.hint({ epoch, head: 11 })).toBe(true);
  pacing.answered(11);
  expect(pacing.hasOthers()).toBe(false);
  pacing.wrote();
  expect(pacing.begin()).toBe(false);
});

test('what somebody else wrote is pulled at once, with a deed or without', () => {
  pacing.answered(11);
  pacing.hint({ epoch, head: 12 });
  expect(pacing.hasOthers()).toBe(true);
  pacing.wrote();
  expect(pacing.begin()).toBe(true);
  facts.set(metaKeys.cursor, 12);
  expect(pacing.hasOthers()).toBe(false);
});

test('another epoch, somebody who asks, and a second without a pull make the round a whole one', () => {
  pacing.wrote();
  pacing.ask();
  expect(pacing.begin()).toBe(true);
  pacing.wrote();
  now += 1_001;
  expect(pacing.begin()).toBe(true);
  pacing.wrote();
  expect(pacing.hint({ epoch: '0193a000-0000-7000-8000-000000000002', head: 3 })).toBe(true);
  expect(pacing.begin()).toBe(true);
});
