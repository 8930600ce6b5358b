import pg from 'pg';
import type { ViewerLog } from '../context.ts';
import { connectionConfig } from '../db/pool.ts';
import { deviceEndsChannel } from '../sync/devices.ts';

/** Where a company's log stands. */
export interface Head {
  readonly organisationId: string;
  readonly epoch: string;
  readonly head: number;
}

/** Pokes from every viewer process on the same database, by LISTEN/NOTIFY. A hint: who listens also polls. */
export interface Heads {
  /** This process has committed: its listeners are told at once, and not again by what PostgreSQL says of it. */
  readonly tell: (head: Head) => void;
  readonly subscribe: (organisationId: string, listener: (head: Head) => void) => () => void;
  /** Called when a device was revoked or suspended, by whichever process; answers the function that ends the wait. */
  readonly onDeviceEnd: (deviceId: string, listener: () => void) => () => void;
  readonly stop: () => Promise<void>;
}

/** Waits before listening again (milliseconds). */
const retryAfter = 2_000;

export async function listenToHeads(url: string, log: ViewerLog): Promise<Heads> {
  const listeners = new Map<string, Set<(head: Head) => void>>();
  const devices = new Map<string, Set<() => void>>();
  const told = new Map<string, string>();
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  const tell = (head: Head): void => {
    const { organisationId } = head;
    const own = listeners.get(organisationId);
    const position = `${head.epoch} ${head.head}`;
    if (own === undefined) told.delete(organisationId);
    if (own === undefined || told.get(organisationId) === position) return;
    told.set(organisationId, position);
    for (const listener of [...own]) listener(head);
  };

  const connect = async (): Promise<void> => {
    const next = new pg.Client(connectionConfig(url, 'treppenhaus-heads'));
    next.on('error', (error) => {
      log.warn({ err: error }, 'the connection that hears of new changes broke');
      client = null;
      again();
    });
    next.on('notification', ({ channel, payload }) => {
      if (channel === deviceEndsChannel) {
        for (const listener of [...(devices.get(payload ?? '') ?? [])]) listener();
        return;
      }
      const head = JSON.parse(payload ?? 'null') as Head | null;
      if (head !== null) tell(head);
    });
    await next.connect();
    await next.query(`LISTEN treppenhaus_head; LISTEN ${deviceEndsChannel}`);
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
    tell,
    subscribe: (organisationId, listener) => listen(listeners, organisationId, listener),
    onDeviceEnd: (deviceId, listener) => listen(devices, deviceId, listener),
    stop: async () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await client?.end();
    },
  };
}

function listen<L>(all: Map<string, Set<L>>, key: string, listener: L): () => void {
  const set = all.get(key) ?? new Set();
  all.set(key, set.add(listener));
  return () => {
    set.delete(listener);
    if (set.size === 0 && all.get(key) === set) all.delete(key);
  };
}
