import { copyFileSync, existsSync, rmSync } from 'node:fs';
import type Database from 'better-sqlite3';

/** The process of a desk ended here. */
export class Killed extends Error {}

/** Where a process ends: before a commit, with all of it written but not committed, or right after it. */
export const killPlaces = ['before', 'inside', 'after'] as const;
export type KillPlace = (typeof killPlaces)[number];

/** A plan for the end of a desk's process. */
export interface KillPlan {
  /** Ends at the n-th commit from now, the next one being 0. */
  readonly arm: (commits: number, place: KillPlace) => void;
  readonly disarm: () => void;
  readonly isDead: () => boolean;
  /** Commits so far. */
  readonly commits: () => number;
  /** Ends it at once. */
  readonly end: () => void;
}

/**
 * Lets the process that holds this connection end at a commit: every outermost transaction, and every statement that
 * writes outside of one. `leave` keeps what the disk holds at that moment; afterwards the connection is closed, so that
 * whatever still runs in the dead process finds nothing to write to.
 */
export function makeMortal(sqlite: Database.Database, leave: () => void): KillPlan {
  let plan: { at: number; readonly place: KillPlace } | null = null;
  let commits = 0;
  let dead = false;

  const end = (): void => {
    if (dead) return;
    leave();
    dead = true;
    sqlite.close();
  };
  const die = (): never => {
    end();
    throw new Killed();
  };
  const atCommit = <T>(work: (inside: () => void) => T): T => {
    if (dead) throw new Killed();
    const place = plan !== null && plan.at === commits ? plan.place : null;
    commits += 1;
    if (place === 'before') die();
    const result = work(() => {
      if (place === 'inside') die();
    });
    if (place === 'after') die();
    return result;
  };

  const prepare = sqlite.prepare.bind(sqlite);
  sqlite.prepare = ((source: string) => {
    if (dead) throw new Killed();
    const statement = prepare(source);
    const run = statement.run.bind(statement);
    statement.run = (...values: unknown[]) => {
      if (dead) throw new Killed();
      return sqlite.inTransaction ? run(...values) : atCommit(() => run(...values));
    };
    return statement;
  }) as typeof sqlite.prepare;

  const transaction = sqlite.transaction.bind(sqlite);
  sqlite.transaction = ((work: (...values: unknown[]) => unknown) => {
    let inside: () => void = () => undefined;
    const original = transaction((...values: unknown[]) => {
      const before = inside;
      inside = () => undefined;
      const result = work(...values);
      before();
      return result;
    });
    const wrap =
      (run: (...values: unknown[]) => unknown) =>
      (...values: unknown[]): unknown => {
        if (dead) throw new Killed();
        if (sqlite.inTransaction) return run(...values);
        return atCommit((place) => {
          inside = place;
          return run(...values);
        });
      };
    return Object.assign(wrap(original), {
      default: wrap(original.default),
      deferred: wrap(original.deferred),
      immediate: wrap(original.immediate),
      exclusive: wrap(original.exclusive),
    });
  }) as unknown as typeof sqlite.transaction;

  return {
    arm: (after, place) => {
      plan = { at: commits + after, place };
    },
    disarm: () => {
      plan = null;
    },
    isDead: () => dead,
    commits: () => commits,
    end,
  };
}

/** Copies a database with what its log holds, as a killed process or a copying person leaves it; none becomes none. */
export function copyDatabase(from: string, to: string): void {
  for (const suffix of ['', '-wal', '-journal']) {
    if (existsSync(`${from}${suffix}`)) copyFileSync(`${from}${suffix}`, `${to}${suffix}`);
    else rmSync(`${to}${suffix}`, { force: true });
  }
}
