import type Database from 'better-sqlite3';
import { createFileRecorder } from '../../main/db/local-files.ts';
import { type FileStore, openFileStore } from '../../main/features/files/store.ts';
import type { MetaStore } from '../../main/service/context.ts';
import { openFileLanes } from '../../main/sync/files.ts';
import { createTransfers } from '../../main/sync/transfers.ts';
import type { StagedFile } from '../../shared/features/files/contract.ts';
import type { KillPlan } from './crash.ts';
import { type Connection, connected, viewerUrl } from './network.ts';

/** The files of a desk: staged here, and moved both ways by the product's lanes. */
export interface Filing {
  readonly stage: (bytes: Buffer) => Promise<StagedFile>;
  /** One pass over everything that waits; what a fault ends goes on with the next one. */
  readonly move: (over: Connection) => Promise<void>;
  /** How many files have to go up. */
  readonly waiting: () => number;
  readonly has: (sha256: string) => boolean;
}

interface Options {
  readonly sqlite: Database.Database;
  readonly meta: MetaStore;
  readonly life: KillPlan;
  readonly now: () => number;
  readonly newId: () => string;
  readonly folder: string;
}

/** Opens them when they are wanted first, as a start of the process does. */
export function openFiling({ sqlite, meta, life, now, newId, folder }: Options) {
  const record = createFileRecorder(sqlite, now);
  const known = sqlite.prepare<[string], number>('select 1 from local_file where sha256 = ?').pluck();
  let opened: Promise<{ readonly store: FileStore; readonly lanes: ReturnType<typeof openFileLanes> }> | null = null;
  let lanes: ReturnType<typeof openFileLanes> | null = null;
  const open = () => {
    opened ??= openFileStore({ dataDir: folder, newId, recordFile: record }).then((store) => {
      lanes = openFileLanes({ sqlite, files: store, meta, now });
      return { store, lanes };
    });
    return opened;
  };
  const nothing = () => undefined;
  return {
    /** The viewer was restored, and may have lost files. */
    restored: () => lanes?.offerAgain(),
    stale: () => lanes?.stale(),
    open: async (): Promise<Filing> => {
      const { store, lanes: moving } = await open();
      return {
        stage: async (bytes) => {
          const { uploadId } = await store.begin('Anlage.pdf', bytes.length);
          await store.chunk(uploadId, 0, bytes);
          return store.end(uploadId);
        },
        move: async (over) => {
          const signal = new AbortController().signal;
          const log = {
            info: nothing,
            warn: nothing,
            error: (facts: unknown) => {
              // A process that has ended says nothing.
              if (!life.isDead()) over.violated(`files: ${String((facts as { readonly err?: unknown }).err)}`);
            },
          };
          const target = () =>
            life.isDead() ? null : { url: viewerUrl, token: 'simulator', signal, progressed: nothing };
          const transfers = createTransfers({ lanes: moving, log, changed: nothing, told: nothing, target });
          await connected(over, async () => {
            transfers.run();
            // The product tries again after a while; here the next round does.
            await transfers.stop();
          });
        },
        waiting: () => moving.state().pendingUploads,
        has: (sha256) => known.get(sha256) !== undefined && store.has(sha256),
      };
    },
  };
}
