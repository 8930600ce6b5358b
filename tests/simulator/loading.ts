import type Database from 'better-sqlite3';
import type { DeskDatabase, OpenOptions } from '../../main/db/database.ts';
import type { MetaStore } from '../../main/service/context.ts';
import { replaceDatabase } from '../../main/service/replace.ts';
import { type BootstrapPoint, createBootstrap, type Replacement } from '../../main/sync/bootstrap.ts';
import type { BootstrapReason } from '../../shared/features/sync/bootstrap-contract.ts';
import { Killed, type KillPlan } from './crash.ts';
import { type Connection, connected, viewerUrl } from './network.ts';

/** Where the process of a desk may end while it loads rows. */
export const loadingPoints = [
  'begun',
  'loaded',
  'indexed',
  'caught-up',
  'taken-over',
  'swapped',
] as const satisfies readonly BootstrapPoint[];

/** A desk that gets its rows by a snapshot of the viewer, as the product does around its rounds. */
export interface Loading {
  readonly want: (reason: BootstrapReason) => void;
  readonly holdsPull: () => boolean;
  /**
   * One try, where rows are wanted; a fault ends it and the next one goes on.
   * @param killAt where the process ends on the way; null for nowhere
   * @returns whether the desk's database was closed, and another one may lie in its place
   */
  readonly run: (over: Connection, killAt: BootstrapPoint | null) => Promise<boolean>;
}

interface Options {
  readonly sqlite: Database.Database;
  readonly database: DeskDatabase;
  readonly meta: MetaStore;
  readonly place: OpenOptions;
  readonly life: KillPlan;
  readonly now: () => number;
}

export function openLoading({ sqlite, database, meta, place, life, now }: Options): Loading {
  let ready: Replacement | null = null;
  let end: BootstrapPoint | null = null;
  let violated: (text: string) => void = () => undefined;
  const nothing = () => undefined;
  const log = {
    info: nothing,
    warn: nothing,
    error: (facts: unknown, text?: string) => {
      const { err } = facts as { readonly err?: unknown };
      // A process that has ended says nothing. A spoilt name of a table is noticed when rows are counted: they come again.
      if (/\d rows of /.test(String(err))) return;
      if (!life.isDead() && !(err instanceof Killed)) violated(`bootstrap: ${text ?? ''}: ${String(err)}`);
    },
  };
  const open = () =>
    createBootstrap({
      sqlite,
      meta,
      place,
      now,
      log,
      told: nothing,
      target: () => ({ url: viewerUrl, token: 'simulator' }),
      replace: (replacement) => {
        ready = replacement;
      },
      givenUp: nothing,
      problem: null,
      reached: (point) => {
        if (point !== end) return;
        life.end();
        throw new Killed();
      },
    });
  const idle = open();
  return {
    want: idle.want,
    holdsPull: idle.holdsPull,
    run: async (over, killAt) => {
      if (idle.state() === null) return false;
      // One that has had a problem would not wait for its next try.
      const bootstrap = open();
      end = killAt;
      violated = over.violated;
      await connected(over, async () => {
        bootstrap.run();
        await bootstrap.settled();
        // The product tries again after a while; here the next round does.
        await bootstrap.stop();
      });
      const replacement = ready as Replacement | null;
      ready = null;
      if (replacement === null) return false;
      if (life.isDead()) {
        replacement.discard();
        return false;
      }
      replaceDatabase(database, replacement, log);
      if (!life.isDead()) over.note('rows loaded');
      return true;
    },
  };
}
