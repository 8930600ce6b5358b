import { expect, test } from 'vitest';
import { root, runNode } from '../build/lib/run.ts';
import { median, percentile, printer } from './lib/lines.ts';

/** Whatever a line says, it says it as JSON on standard output; the rest is for people, on standard error. */
function lines(output: string): readonly Record<string, unknown>[] {
  return output
    .split('\n')
    .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : []));
}

test('every bench of the sync runs, loses nothing, and prints lines that a program can read', async () => {
  const { code, output } = await runNode(['build/bench.ts', 'sync', '--tiny', '--no-peers', '--no-window'], {
    cwd: root,
  });
  expect(code, output).toBe(0);
  const printed = lines(output);
  for (const line of printed) {
    expect(Object.keys(line)).toEqual(['name', 'value', 'unit', 'floor', 'peer', 'ratioToFloor', 'ratioToPeer']);
    expect(line.value).toBeTypeOf('number');
  }
  const value = (name: string) => printed.find((line) => line.name === name)?.value;
  const benches = new Set(printed.map((line) => String(line.name).split('.')[0]));
  expect([...benches]).toEqual(['bootstrap', 'edits', 'drain', 'companies']);
  for (const name of ['bootstrap.seconds', 'edits.seconds', 'edits.visible.p95', 'drain.seconds']) {
    expect(printed.find((line) => line.name === name)).toMatchObject({ floor: expect.any(Number), peer: null });
  }
  expect(value('drain.lost')).toBe(0);
  for (const scene of ['1 × 3', '2 × 1']) expect(value(`companies.${scene} desks.lost or doubled`)).toBe(0);
}, 300_000);

test('an unknown bench ends with a sentence', async () => {
  const { code, output } = await runNode(['build/bench.ts', 'sync', '--only', 'weather'], { cwd: root });
  expect(code).not.toBe(0);
  expect(output).toContain('No bench weather. There are: bootstrap, edits, drain, companies.');
});

test('ratios say how often the floor fits into the value, and the value into the peer', () => {
  const texts: string[] = [];
  const print = printer((text) => texts.push(text));
  print('time', 3, 's', { floor: 2, peer: 12 });
  print('alone', 5, 'ms');
  expect(texts.map((text) => JSON.parse(text))).toEqual([
    { name: 'time', value: 3, unit: 's', floor: 2, peer: 12, ratioToFloor: 1.5, ratioToPeer: 4 },
    { name: 'alone', value: 5, unit: 'ms', floor: null, peer: null, ratioToFloor: null, ratioToPeer: null },
  ]);
});

test('a percentile is a sample that was measured', () => {
  const samples = [9, 1, 5, 3, 7];
  expect([median(samples), percentile(samples, 0.95), percentile(samples, 0.2), median([4])]).toEqual([5, 9, 1, 4]);
  expect(() => median([])).toThrow('Nothing was measured');
});
