import { expect, test } from 'vitest';
import { createRounds, type Rounds } from './rounds.ts';

/** Rounds whose end the test decides. */
function openRounds() {
  const open: ((well: boolean) => void)[] = [];
  const errors: unknown[] = [];
  let begun = 0;
  const rounds: Rounds = createRounds(
    () =>
      new Promise((resolve) => {
        begun += 1;
        open.push(resolve);
      }),
    (error) => errors.push(error),
  );
  return {
    rounds,
    errors,
    begun: () => begun,
    end: async (well = true) => {
      open.shift()?.(well);
      await turn();
    },
  };
}

/** Lets everything run that runs without a clock. */
const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

test('the first wish begins at once, those during a round are one round after it', async () => {
  const { rounds, begun, end } = openRounds();
  rounds.soon();
  expect(begun()).toBe(0);
  await turn();
  expect(begun()).toBe(1);
  rounds.soon();
  rounds.soon();
  await turn();
  expect(begun()).toBe(1);
  await end();
  expect(begun()).toBe(2);
  await end();
  expect(begun()).toBe(2);
});

test('a deed written during a round is not left to the clock that the round sets', async () => {
  const { rounds, begun, end } = openRounds();
  rounds.soon();
  await turn();
  rounds.soon();
  rounds.after(3_600_000);
  await end();
  expect(begun()).toBe(2);
  await end();
  rounds.pause();
});

test('after a failure what was wished meanwhile waits for the next round by the clock', async () => {
  const { rounds, begun, end } = openRounds();
  rounds.soon();
  await turn();
  rounds.soon();
  await end(false);
  expect(begun()).toBe(1);
});

test('whoever asks for a round now gets one, even after one that failed', async () => {
  const { rounds, begun, end } = openRounds();
  rounds.soon();
  await turn();
  let ended = false;
  const asked = rounds.run().then(() => {
    ended = true;
  });
  await end(false);
  expect(begun()).toBe(2);
  expect(ended).toBe(false);
  await end();
  await asked;
  expect(ended).toBe(true);
});

test('a round by the clock comes by itself, and one before it takes its place', async () => {
  const { rounds, begun, end } = openRounds();
  rounds.after(0);
  rounds.soon();
  await turn();
  await end();
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(begun()).toBe(1);
  rounds.after(0);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(begun()).toBe(2);
  await end();
});

test('a stop waits for the round under way and lets none begin', async () => {
  const { rounds, begun, end } = openRounds();
  rounds.soon();
  await turn();
  rounds.soon();
  const stopped = rounds.stop();
  await end();
  await stopped;
  rounds.soon();
  rounds.after(0);
  await rounds.run();
  await turn();
  expect(begun()).toBe(1);
});

test('a round that throws is reported and does not end the rounds', async () => {
  const errors: unknown[] = [];
  let begun = 0;
  const rounds = createRounds(
    async () => {
      begun += 1;
      if (begun === 1) throw new Error('unexpected');
      return true;
    },
    (error) => errors.push(error),
  );
  rounds.soon();
  await turn();
  rounds.soon();
  await turn();
  expect(errors).toHaveLength(1);
  expect(begun).toBe(2);
});

test('a wish that was done for before its round begins leaves the next wishes their rounds', async () => {
  const { rounds, begun, end } = openRounds();
  rounds.soon(() => false);
  await turn();
  expect(begun()).toBe(0);
  const asked = rounds.run();
  expect(begun()).toBe(1);
  await end();
  await asked;
});
