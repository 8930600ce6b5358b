import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from './random.ts';

/** Somebody at work: a round of a desk, a resident who writes. Exactly one of a run runs at a time. */
export interface Actor {
  readonly name: string;
  state: 'running' | 'parked' | 'done';
  /** Where it waits. */
  gate: string;
  /** PostgreSQL's processes of the transactions it is in, the innermost last. */
  readonly processes: number[];
  /** Was seen waiting for somebody's lock, and has not come to a gate since. */
  blocked: boolean;
}

/**
 * Interleaves work on a real database so that a seed decides the order: everybody stops at gates, and whoever is let
 * on runs until the next gate, the end, or a lock that somebody who is parked holds.
 */
export interface Scheduler {
  /** Starts somebody and resolves when they are parked, blocked or done. */
  readonly start: (name: string, work: (actor: Actor) => Promise<void>) => Promise<void>;
  /** How many have begun and not ended. */
  readonly size: () => number;
  /** Those who wait at a gate. */
  readonly parked: () => readonly Actor[];
  /** Lets one on; resolves when everybody is parked, blocked or done. */
  readonly advance: (actor: Actor) => Promise<void>;
  /** A gate: chance decides whether one stops there, unless one must because others are about to go on as well. */
  readonly pass: (actor: Actor, gate: string, chance: Chance, must: boolean) => Promise<void>;
  /**
   * Lets those on who hold locks until nobody waits for one. Two who waited for different locks of the same transaction
   * would go on together at its end, and the machine would decide who comes first.
   */
  readonly relieve: () => Promise<void>;
  /** Whether somebody waits for a lock: whoever gives it back has to stop, or two would run at once. */
  readonly contended: () => boolean;
  /** Everybody to their end, one after the other. @throws the first error of somebody's work */
  readonly finish: () => Promise<void>;
  /** Lets everybody go at once, so that no transaction stays open: only for a run that has failed. */
  readonly abandon: () => void;
}

/** PostgreSQL's processes that wait for a lock, each with those that are ahead of it. */
export type Waits = () => Promise<readonly (readonly [number, readonly number[]])[]>;

/** Between two looks at the locks (milliseconds); decides how soon a standstill is noticed, never what it is. */
const look = 1;

/** After this long without a move the run is stuck, which is a mistake of somebody (milliseconds). */
const patience = 15_000;

export function createScheduler(waits: Waits, parking: number): Scheduler {
  const actors = new Set<Actor>();
  const resume = new Map<Actor, () => void>();
  let abandoned = false;
  let moved = turn();
  let failure: { readonly error: unknown } | null = null;

  const settle = (actor: Actor, state: 'parked' | 'done'): void => {
    actor.state = state;
    actor.blocked = false;
    if (state === 'done') actors.delete(actor);
    const before = moved;
    moved = turn();
    before.resolve();
  };
  const running = () => [...actors].filter((actor) => actor.state === 'running');
  const waiting = () => [...actors].filter((actor) => actor.state === 'parked');
  const holders = () => [...actors].flatMap((a) => (a.state === 'parked' ? a.processes : []));

  /**
   * Whether all who run wait for a lock of somebody who is parked, directly or behind others who do. Nobody of another
   * run can wait for one of this run's locks, so the number of those who wait says it.
   */
  const standstill = async (): Promise<boolean> => {
    const held = new Set(holders());
    if (held.size === 0) return false;
    const count = running().length;
    const open = new Map(await waits());
    let blocked = 0;
    for (let grown = true; grown; ) {
      grown = false;
      for (const [process, ahead] of open) {
        if (!ahead.every((other) => held.has(other))) continue;
        held.add(process);
        open.delete(process);
        blocked += 1;
        grown = true;
      }
    }
    return blocked === count;
  };
  const markBlocked = (): void => {
    for (const actor of running()) actor.blocked = true;
  };

  const quiet = async (): Promise<void> => {
    const began = performance.now();
    while (running().length > 0) {
      const came = await Promise.race([moved.promise.then(() => true), pause(look, false)]);
      const before = moved;
      if (came) continue;
      if ((await standstill()) && before === moved) return markBlocked();
      if (performance.now() - began > patience)
        throw new Error(`Nobody moves: ${whereabouts()}; locks: ${JSON.stringify(await waits())}`);
    }
  };
  const whereabouts = (): string =>
    [...actors]
      .map(({ name, state, gate, processes }) => `${name} ${state} ${gate} [${processes.join(' ')}]`)
      .join(', ');

  const advance = async (actor: Actor): Promise<void> => {
    const go = resume.get(actor);
    if (go === undefined) throw new Error(`${actor.name} does not wait`);
    resume.delete(actor);
    actor.state = 'running';
    go();
    await quiet();
  };

  const relieve = async (): Promise<void> => {
    while ([...actors].some((actor) => actor.blocked)) {
      const holder = waiting().find((actor) => actor.processes.length > 0);
      if (holder === undefined) return;
      await advance(holder);
    }
  };

  return {
    start: async (name, work) => {
      const actor: Actor = { name, state: 'running', gate: '', processes: [], blocked: false };
      actors.add(actor);
      work(actor).then(
        () => settle(actor, 'done'),
        (error: unknown) => {
          failure ??= { error };
          settle(actor, 'done');
        },
      );
      await quiet();
    },
    size: () => actors.size,
    parked: waiting,
    advance,
    relieve,
    contended: () => [...actors].some((actor) => actor.blocked),
    pass: (actor, gate, chance, must) => {
      const stops = chance.once(parking) || must || actor.blocked;
      if (!stops || abandoned) return Promise.resolve();
      return new Promise((resolve) => {
        actor.gate = gate;
        resume.set(actor, resolve);
        settle(actor, 'parked');
      });
    },
    abandon: () => {
      abandoned = true;
      for (const go of resume.values()) go();
    },
    finish: async () => {
      // In turn: somebody may wait for what another one has.
      for (let turn = waiting(); turn.length > 0; turn = waiting())
        for (const actor of turn) {
          if (actor.state === 'parked') await advance(actor);
          await relieve();
        }
      if (failure !== null) throw failure.error;
    },
  };
}

/** A promise and what resolves it. */
function turn(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
