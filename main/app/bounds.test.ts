import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepPlace, placeOnScreens, readPlace, type WindowPlace } from './bounds.ts';

const place: WindowPlace = { x: 2000, y: 80, width: 1400, height: 900, maximized: false };
const left = { x: 0, y: 0, width: 1920, height: 1080 };
const right = { x: 1920, y: 0, width: 2560, height: 1440 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'treppenhaus-window-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the place is remembered', () => {
  const file = join(folder, 'window.json');
  expect(readPlace(file)).toBeNull();
  keepPlace(file, place);
  expect(readPlace(file)).toEqual(place);
});

test.each(['', '{', '[]', '{"x":1}', '{"x":1,"y":1,"width":1,"height":1,"maximized":false}'])(
  'a file with %j does not keep the window from opening',
  (text) => {
    const file = join(folder, 'window.json');
    writeFileSync(file, text);
    expect(readPlace(file)).toBeNull();
  },
);

test('a window whose screen is gone opens where it can be seen', () => {
  expect(placeOnScreens(place, [left, right])).toEqual(place);
  expect(placeOnScreens(place, [left])).toBeNull();
  expect(placeOnScreens({ ...place, x: 1850 }, [left])).toBeNull();
  expect(placeOnScreens({ ...place, x: 100, y: -40 }, [left])).toBeNull();
  expect(placeOnScreens(null, [left])).toBeNull();
});
