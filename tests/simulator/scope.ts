import { AsyncLocalStorage } from 'node:async_hooks';
import type { Chance } from './random.ts';
import type { Actor, Scheduler } from './scheduler.ts';

/** What a run is made of wherever its code happens to be: runs stand side by side in one process. */
export interface RunScope {
  /** The virtual time of the viewer (milliseconds since 1970); only the run moves it. */
  readonly time: { now: number };
  readonly scheduler: Scheduler;
  /** The next transactions of the viewer that fail, and how. */
  readonly troubles: Trouble[];
  readonly note: (fault: string) => void;
  /** Pushes that the viewer works on. */
  pushing: number;
}

/** A transaction that is rolled back at its end, a disk that is full, or an answer that is lost after the commit. */
export type Trouble = 'aborted' | 'disk-full' | 'ended-after-commit';

interface Scope {
  readonly run: RunScope;
  readonly chance: Chance;
  /** Who is working; null for the run itself. */
  readonly actor: Actor | null;
}

const scopes = new AsyncLocalStorage<Scope>();

/** Runs work as a part of a run. */
export function within<T>(scope: Scope, work: () => T): T {
  return scopes.run(scope, work);
}

/** The run this code is a part of; null outside of every run. */
export function scope(): Scope | null {
  return scopes.getStore() ?? null;
}

/** A place where whoever works may be made to wait while others go on. */
export async function gate(name: string, must = false): Promise<void> {
  const here = scope();
  if (here !== null && here.actor !== null) await here.run.scheduler.pass(here.actor, name, here.chance, must);
}
