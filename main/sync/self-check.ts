import type { SelfCheckState } from '../../shared/features/sync/bootstrap-contract.ts';
import { instantText } from '../../shared/lib/dates.ts';
import { OperationError } from '../../shared/lib/errors.ts';
import { entities, entityNames } from '../../shared/sync/entities.ts';
import { protocolVersion } from '../../shared/sync/protocol.ts';
import { snapshotFields } from '../../shared/sync/snapshot.ts';
import type { OpenOptions } from '../db/database.ts';
import { metaKeys, metaNumber } from '../db/meta.ts';
import type { MetaStore } from '../service/context.ts';
import type { Remote } from './remote.ts';
import { openMoment } from './self-check-sums.ts';

export interface SelfCheckDeps {
  readonly meta: MetaStore;
  readonly place: OpenOptions;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** @throws OperationError where the viewer may not be asked */
  readonly remote: () => Remote;
  /** One whole round; resolves when it has ended, well or not. */
  readonly round: () => Promise<void>;
  /** Rows are not the viewer's: they have to be loaded anew. */
  readonly different: () => void;
  readonly told: () => void;
}

export interface SelfCheck {
  readonly state: () => SelfCheckState | null;
  /**
   * Compares now; calls at the same time share one comparison.
   * @throws OperationError `viewer-unreachable`, `offline`, `not-possible-now`, `not-found` from a viewer that cannot compare
   */
  readonly run: () => Promise<SelfCheckState>;
  /** Whether the weekly comparison is due. The first one comes some days after the first question. */
  readonly isDue: () => boolean;
  /** Resolves when nothing reads the database any more; the signal has ended what was under way. */
  readonly stop: () => Promise<void>;
}

const week = 7 * 24 * 3600_000;
/** Somebody wrote all the time: tried again after this (milliseconds). */
const retryUnsettled = 3600_000;
/** Rounds after each other that may end behind the viewer again. */
const tries = 5;

/**
 * Compares the rows of this desk with the viewer's at one sequence, by a checksum per table. Only where nothing waits
 * here and both stand at the same sequence, so that nothing under way looks like a difference.
 */
export function createSelfCheck(deps: SelfCheckDeps): SelfCheck {
  const { meta } = deps;
  let running: Promise<SelfCheckState> | null = null;

  const state = (): SelfCheckState | null => (meta.get(metaKeys.selfCheck) as SelfCheckState | undefined) ?? null;

  const compare = async (): Promise<Omit<SelfCheckState, 'at' | 'repairedAt'> | null> => {
    const tables = entityNames.map((entity) => ({ entity, fields: [...snapshotFields(entities[entity])] }));
    const theirs = await deps.remote()('sync.checksums', { protocol: protocolVersion, tables });
    if (metaNumber(meta, metaKeys.cursor, 0) < theirs.head) await deps.round();
    // What a restored viewer has lost is not back: the difference is known, and the desk's rows are the better ones.
    if ((meta.get(metaKeys.recovering) ?? null) !== null) return null;
    const moment = openMoment(deps.place);
    try {
      if (moment.pending > 0 || moment.cursor !== theirs.head || moment.epoch !== theirs.epoch) return null;
      const different: string[] = [];
      const skipped: string[] = [];
      let rows = 0;
      for (const entity of entityNames) {
        const expected = theirs.tables.find((table) => table.entity === entity);
        if (expected === undefined || moment.parked.has(entity)) {
          skipped.push(entity);
          continue;
        }
        const own = await moment.sum(entity, deps.signal);
        rows += own.rows;
        if (own.rows !== expected.rows || own.sum !== expected.sum) different.push(entity);
      }
      return { outcome: different.length > 0 ? 'different' : 'same', different, skipped, rows };
    } finally {
      moment.close();
    }
  };

  const check = async (): Promise<SelfCheckState> => {
    let found: Awaited<ReturnType<typeof compare>> = null;
    for (let left = tries; left > 0 && found === null; left -= 1) {
      await deps.round();
      found = await compare();
    }
    const at = instantText(deps.now());
    const result: SelfCheckState = {
      ...(found ?? { outcome: 'unsettled', different: [], skipped: [], rows: 0 }),
      at,
      repairedAt: null,
    };
    meta.set(metaKeys.selfCheckDue, deps.now() + (found === null ? retryUnsettled : week));
    // What nobody could settle says nothing against what was found before.
    if (found !== null || state() === null) meta.set(metaKeys.selfCheck, { ...result });
    if (result.outcome === 'different') deps.different();
    deps.told();
    return result;
  };

  return {
    state,
    run: () => {
      running ??= check()
        .catch((error: unknown) => {
          if (deps.signal.aborted) throw new OperationError('cancelled');
          throw error;
        })
        .finally(() => {
          running = null;
        });
      return running;
    },
    isDue: () => {
      const due = metaNumber(meta, metaKeys.selfCheckDue, 0);
      const now = deps.now();
      // Desks that began together do not ask together; and a clock that was ahead once puts it off no longer than this.
      if (due === 0 || due > now + week)
        meta.set(metaKeys.selfCheckDue, Math.round(now + week * (0.5 + Math.random() / 2)));
      return due > 0 && due <= now;
    },
    stop: async () => {
      await running?.catch(() => undefined);
    },
  };
}
