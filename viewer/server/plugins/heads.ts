import pg from 'pg';
import type { ViewerLog } from '../context.ts';
import { connectionConfig } from '../db/pool.ts';

/** Where a company's log stands. */
export interface Head {
  readonly organisationId: string;
  readonly epoch: string;
  readonly head: number;
}

/** Pokes from every viewer process on the same database, by LISTEN/NOTIFY. A hint: who listens also polls. */
export interface Heads {
  readonly subscribe: (organisationId: string, listener: (head: Head) => void) => () => void;
  readonly stop: () => Promise<void>;
}

/** Waits before listening again (milliseconds). */
const retryAfter = 2_000;

export async function listenToHeads(url: string, log: ViewerLog): Promise<Heads> {
  const listeners = new Map<string, Set<(head: Head) => void>>();
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  const connect = async (): Promise<void> => {
    const next = new pg.Client(connectionConfig(url, 'treppenhaus-heads'));
    next.on('error', (error) => {
      log.warn({ err: error }, 'the connection that hears of new changes broke');
      client = null;
      again();
    });
    next.on('notification', ({ payload }) => {
      const head = JSON.parse(payload ?? 'null') as Head | null;
      if (head === null) return;
      for (const listener of listeners.get(head.organisationId) ?? []) listener(head);
    });
    await next.connect();
    await next.query('LISTEN treppenhaus_head');
    client = next;
  };

  const again = (): void => {
    if (stopped || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      connect().catch((error: unknown) => {
        log.warn({ err: error }, 'cannot hear of new changes yet');
        again();
      });
    }, retryAfter);
  };

  await connect();
  return {
    subscribe: (organisationId, listener) => {
      const set = listeners.get(organisationId) ?? new Set();
      listeners.set(organisationId, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(organisationId);
      };
    },
    stop: async () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await client?.end();
    },
  };
}
