import type Database from 'better-sqlite3';
import { v5 } from 'uuid';
import { z } from 'zod';
import { OperationError } from '../../shared/lib/errors.ts';
import { entities } from '../../shared/sync/entities.ts';
import { stampOf } from '../../shared/sync/merge.ts';
import { metaKeys } from '../db/meta.ts';
import type { RowStore } from '../db/rows.ts';
import type { MetaStore } from '../service/context.ts';
import type { Dialect } from './dialect.ts';
import type { OfferedChangeset, PulledHistory } from './pulled.ts';
import type { Remote } from './remote.ts';

/** Since this version a viewer takes back what it lost. */
const firstRecoveringProtocol = 2;
/** Erasures offered at a time. */
const erasuresAtOnce = 500;

const progress = z.object({ epoch: z.string(), after: z.number() });

export interface Recovery {
  /** Remembers that a viewer of this epoch was restored. Takes part in the transaction that starts over. */
  readonly begin: (epoch: string) => void;
  /** Offers what this desk had pulled, from where the last try stopped, before anything is pushed. */
  readonly run: (remote: Remote) => Promise<void>;
}

/**
 * Brings back to a restored viewer what it lost and this desk had pulled: first what was erased, of all times, so that
 * nobody brings that back; then the changes of the last 60 days, in the order in which they came.
 */
export function createRecovery(deps: {
  readonly sqlite: Database.Database;
  readonly rows: RowStore;
  readonly meta: MetaStore;
  readonly pulled: PulledHistory;
  readonly dialect: Dialect;
}): Recovery {
  const { meta, pulled, dialect } = deps;
  const end = (): void => meta.set(metaKeys.recovering, null);
  const offer = async (remote: Remote, epoch: string, changesets: readonly OfferedChangeset[], last: boolean) => {
    const answer = await dialect.speak((protocol) =>
      remote('sync.recover', { protocol, epoch, changesets: [...changesets], last }),
    );
    return answer.open;
  };

  const offerAll = async (remote: Remote, epoch: string, start: number): Promise<void> => {
    if (start === 0) {
      const erasures = erasuresOf(deps);
      for (let first = 0; first < erasures.length; first += erasuresAtOnce) {
        if (!(await offer(remote, epoch, erasures.slice(first, first + erasuresAtOnce), false))) return;
      }
    }
    let after = start;
    for (let batch = pulled.after(after); batch !== null; batch = pulled.after(after)) {
      if (!(await offer(remote, epoch, batch.changesets, false))) return;
      after = batch.position;
      meta.set(metaKeys.recovering, { epoch, after });
    }
    await offer(remote, epoch, [], true);
  };

  return {
    begin: (epoch) => meta.set(metaKeys.recovering, { epoch, after: 0 }),
    run: async (remote) => {
      const wanted = progress.safeParse(meta.get(metaKeys.recovering));
      if (!wanted.success) return;
      try {
        if (dialect.version() >= firstRecoveringProtocol) await offerAll(remote, wanted.data.epoch, wanted.data.after);
      } catch (error) {
        // A viewer that does not take it back, or nothing from whoever this desk was paired for.
        const refused = error instanceof OperationError && ['unknown-operation', 'rejected-role'].includes(error.code);
        if (!refused) throw error;
      }
      end();
    },
  };
}

/** The erasures as the changes that made them: their rows say all of it. */
function erasuresOf({
  sqlite,
  rows,
}: {
  readonly sqlite: Database.Database;
  readonly rows: RowStore;
}): OfferedChangeset[] {
  const ids = sqlite.prepare<[], { id: string }>('select id from erasure order by id').all();
  return ids.flatMap(({ id }): OfferedChangeset[] => {
    const state = rows.read('erasure', id);
    const stamp = state === null ? null : stampOf(state.clock, 'facts');
    if (state === null || stamp === null) return [];
    const set = Object.fromEntries(
      [...Object.keys(entities.erasure.shape), 'deleted'].map((field) => [field, state.fields[field] ?? null]),
    );
    const change = { id: stamp.change, entity: 'erasure', entityId: id, set, base: {}, hlc: stamp.hlc };
    return [{ id: v5(stamp.change, id), importId: null, author: { kind: 'server' }, changes: [change] }];
  });
}
