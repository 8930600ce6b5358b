import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from './random.ts';

/** Somebody at work: a round of a desk, a resident who writes. Exactly one of a run runs at a time. */
export interface Actor {
  readonly name: string;
  state: 'running' | 'parked' | 'done';
  /** Where it waits. */
  gate: string;
  /** PostgreSQL's process of the transaction it is in; null outside of one. */
  process: number | null;
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
  /** Those who wait at a gate. */
  readonly parked: () => readonly Actor[];
  /** Lets one on; resolves when everybody is parked, blocked or done. */
  readonly advance: (actor: Actor) => Promise<void>;
  /** A gate: chance decides whether one stops there, unless one must because others are about to go on as well. */
  readonly pass: (actor: Actor, gate: string, chance: Chance, must: boolean) => Promise<void>;
  /** Whether somebody waits for a lock: whoever gives it back has to stop, or two would run at once. */
  readonly contended: () => boolean;
  /** Everybody to their end, one after the other. @throws the first error of somebody's work */
  readonly finish: () => Promise<void>;
}

/** Answers PostgreSQL's processes that block this one. */
export type Blockers = (process: number) => Promise<readonly number[]>;

/** Between two looks at the locks (milliseconds); decides how soon a standstill is noticed, never what it is. */
const look = 1;

export function createScheduler(blockers: Blockers, parking: number): Scheduler {
  const actors = new Set<Actor>();
  const resume = new Map<Actor, () => void>();
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
  const holders = () => [...actors].flatMap((a) => (a.state === 'parked' && a.process !== null ? [a.process] : []));

  /** Whether all who run wait for a lock of somebody who is parked, directly or behind others who do. */
  const standstill = async (): Promise<boolean> => {
    const held = new Set(holders());
    if (held.size === 0) return false;
    const waiting = running();
    const behind = new Map<Actor, readonly number[]>();
    for (const actor of waiting) behind.set(actor, actor.process === null ? [] : await blockers(actor.process));
    for (let grown = true; grown; ) {
      grown = false;
      for (const [actor, ahead] of behind) {
        if (actor.process === null || held.has(actor.process) || ahead.length === 0) continue;
        if (!ahead.every((process) => held.has(process))) continue;
        held.add(actor.process);
        grown = true;
      }
    }
    return waiting.every((actor) => actor.process !== null && held.has(actor.process));
  };
  const markBlocked = (): void => {
    for (const actor of running()) actor.blocked = true;
  };

  const quiet = async (): Promise<void> => {
    while (running().length > 0) {
      const next = moved.promise;
      if (holders().length === 0) await next;
      else {
        const came = await Promise.race([next.then(() => true), pause(look, false)]);
        const before = moved;
        if (came || !(await standstill()) || before !== moved) continue;
        return markBlocked();
      }
    }
  };

  const advance = async (actor: Actor): Promise<void> => {
    const go = resume.get(actor);
    if (go === undefined) throw new Error(`${actor.name} does not wait`);
    resume.delete(actor);
    actor.state = 'running';
    go();
    await quiet();
  };

  return {
    start: async (name, work) => {
      const actor: Actor = { name, state: 'running', gate: '', process: null, blocked: false };
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
    parked: () => [...actors].filter((actor) => actor.state === 'parked'),
    advance,
    contended: () => [...actors].some((actor) => actor.blocked),
    pass: (actor, gate, chance, must) => {
      const stops = chance.once(parking) || must || actor.blocked;
      if (!stops) return Promise.resolve();
      return new Promise((resolve) => {
        actor.gate = gate;
        resume.set(actor, resolve);
        settle(actor, 'parked');
      });
    },
    finish: async () => {
      for (;;) {
        const [first] = [...actors].filter((actor) => actor.state === 'parked');
        if (first === undefined) break;
        await advance(first);
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
