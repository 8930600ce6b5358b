import { expect, test } from 'vitest';
import { formatHlc } from '../../shared/sync/clock.ts';
import { copiedRows, latestReading } from './bootstrap-rows.ts';

test('reads values, nulls and escapes', () => {
  const text = ['a\tb\t\\N', '\tzwei\\nZeilen\\tTab\\\\N\t\\\\N', 'ö\\r\\b\\f\\v\t{"x": "\\\\\\\\ \\\\n"}\t1', ''].join(
    '\n',
  );
  expect([...copiedRows(text)]).toEqual([
    ['a', 'b', null],
    ['', 'zwei\nZeilen\tTab\\N', '\\N'],
    ['ö\r\b\f\v', '{"x": "\\\\ \\n"}', '1'],
  ]);
});

test('refuses a chunk that ends inside a row', () => {
  expect(() => [...copiedRows('a\tb\nc\td')]).toThrow('inside a row');
});

test('finds the latest reading of a clock', () => {
  const [early, late] = [formatHlc(1_763_906_700_123), formatHlc(1_763_906_700_123, 7)];
  const clock = `{"row": {"by": "x", "hlc": "${early}", "change": "y"}, "groups": {"a": {"hlc": "${late}"}}}`;
  expect(latestReading(clock, '')).toBe(late);
  expect(latestReading('{"row": null, "groups": {}}', early)).toBe(early);
});
