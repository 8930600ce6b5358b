import type Database from 'better-sqlite3';
import { z } from 'zod';
import { metaKeys } from '../db/meta.ts';
import type { MetaStore } from '../service/context.ts';
import type { Dialect } from './dialect.ts';
import type { PulledHistory } from './pulled.ts';
import type { Remote } from './remote.ts';

/** Pages fetched after a round, so that nobody waits long for the next one. */
const pagesPerRound = 5;

/** Of one epoch; loading again before the last one is fetched leaves another. */
const gapsSchema = z.array(
  z.object({
    epoch: z.string(),
    /** The log after this sequence, to that one, came as rows of a snapshot. */
    from: z.number(),
    to: z.number(),
    /** How far it has been fetched. */
    next: z.number(),
    /** Position in the history before its first changeset. */
    base: z.number(),
  }),
);

function gapsOf(meta: MetaStore): z.infer<typeof gapsSchema> {
  const known = gapsSchema.safeParse(meta.get(metaKeys.logGaps));
  return known.success ? known.data : [];
}

/**
 * Remembers what of the log a desk skipped by loading rows, and leaves room for it in the history: what came later has
 * to be brought back later. Takes part in the transaction that takes the loaded rows over.
 */
export function beginLogGap(
  sqlite: Database.Database,
  meta: MetaStore,
  gap: { readonly epoch: string; readonly from: number; readonly to: number },
): void {
  if (gap.to <= gap.from) return;
  const newest = sqlite.prepare<[], number>("select seq from sqlite_sequence where name = 'pulled_changeset'").pluck();
  const base = newest.get() ?? 0;
  sqlite.prepare("delete from sqlite_sequence where name = 'pulled_changeset'").run();
  sqlite
    .prepare("insert into sqlite_sequence (name, seq) values ('pulled_changeset', ?)")
    .run(base + gap.to - gap.from);
  meta.set(metaKeys.logGaps, [...gapsOf(meta), { ...gap, next: gap.from, base }]);
}

/**
 * Fetches the skipped log into the history of what was pulled, some pages at a time: the rows are here, but only changes
 * can be brought back to a viewer that was restored.
 * @throws OperationError of the viewer or `viewer-unreachable`
 */
export function createLogGap(deps: {
  readonly sqlite: Database.Database;
  readonly meta: MetaStore;
  readonly pulled: PulledHistory;
  readonly dialect: Dialect;
}) {
  const { sqlite, meta, pulled, dialect } = deps;
  return async (remote: Remote): Promise<void> => {
    for (let pages = 0; pages < pagesPerRound; pages += 1) {
      const [gap, ...others] = gapsOf(meta);
      if (gap === undefined) return;
      const page = await dialect.speak((protocol) =>
        remote('sync.pull', { protocol, cursor: gap.next, epoch: gap.epoch }),
      );
      // The viewer was restored: the next round starts over, and this log is no more.
      if (page.reset) return;
      sqlite.transaction(() => {
        pulled.keep(
          page.changes.filter((logged) => logged.seq <= gap.to),
          (seq) => gap.base + seq - gap.from,
        );
        const done = !page.more || page.cursor >= gap.to;
        meta.set(metaKeys.logGaps, done ? others : [{ ...gap, next: page.cursor }, ...others]);
      })();
    }
  };
}
