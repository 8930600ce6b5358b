import { expect, it } from 'vitest';
import { createGate } from './gate.ts';

/** Work that ends when the test says so. */
function held() {
  let end = (): void => undefined;
  const until = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { work: () => until, end: () => end() };
}

it('lets two work, six wait, and sends the next away with the time to come again', async () => {
  const gate = createGate();
  const works = Array.from({ length: 8 }, held);
  let started = 0;
  const passing = works.map(({ work }) =>
    gate.pass('a', () => {
      started += 1;
      return work();
    }),
  );
  await Promise.resolve();
  expect(started).toBe(2);
  const away = { code: 'too-many-requests', details: { seconds: 1 } };
  await expect(gate.pass('a', () => Promise.resolve())).rejects.toMatchObject(away);
  // Another company waits for nobody.
  await expect(gate.pass('b', () => Promise.resolve('through'))).resolves.toBe('through');
  for (const { end } of works) end();
  await Promise.all(passing);
  expect(started).toBe(8);
  await expect(gate.pass('a', () => Promise.resolve('through'))).resolves.toBe('through');
});

it('gives the place of whoever failed to the next', async () => {
  const gate = createGate();
  const failing = Array.from({ length: 3 }, () => gate.pass('a', () => Promise.reject(new Error('no'))));
  for (const one of failing) await expect(one).rejects.toThrow('no');
  await expect(gate.pass('a', () => Promise.resolve('through'))).resolves.toBe('through');
});
