import type { EventName, EventPayload } from '../../shared/contract/events.ts';
import type { DeskOperationName, Feature, FeatureHandlers } from '../../shared/contract/registry.ts';
import type { SelfCheckState } from '../../shared/features/sync/bootstrap-contract.ts';
import type { SyncState } from '../../shared/features/sync/contract.ts';
import type { JsonValue } from '../../shared/sync/changes.ts';
import type { Edit } from '../../shared/sync/edit.ts';
import type { EntityName } from '../../shared/sync/entities.ts';
import type { ReadDatabase } from '../db/database.ts';
import type { FileStore } from '../features/files/store.ts';
import type { DeviceControl } from '../sync/devices.ts';
import type { FileRules } from '../sync/file-rules.ts';
import type { SyncHistory } from '../sync/history.ts';

/** Who works at this desk. */
export interface Identity {
  readonly organisationId: string;
  readonly staffId: string;
  readonly deviceId: string;
}

/** What only the system can do; Electron's main answers in the product, the browser host does what a server can. */
export interface ShellPort {
  readonly host: 'electron' | 'browser';
  readonly keyProtection: 'system' | 'file';
  /** Shows a notification of the system. */
  readonly notify: (title: string, body: string) => void;
  /** Deletes the database's key for ever, wherever it is kept; resolves when it is gone. */
  readonly destroyKey: () => Promise<void>;
  /** Opens an https or mailto address outside. */
  readonly openExternal: (url: string) => void;
}

/** The sync engine as handlers see it. */
export interface SyncControl {
  readonly state: () => SyncState;
  /** Wakes the engine: after a local write, on network changes. */
  readonly poke: () => void;
  /** One full round now; resolves when it has ended, well or not. */
  readonly now: () => Promise<SyncState>;
  readonly setOffline: (offline: boolean) => SyncState;
  readonly connect: (input: {
    readonly url: string;
    readonly code: string;
    readonly deviceName: string;
  }) => Promise<{ readonly organisationName: string }>;
  readonly devices: DeviceControl;
  /** Erases rows for good, at the viewer and by it everywhere. @throws OperationError `offline`, `rejected-role` */
  readonly erase: (rows: readonly { readonly entity: string; readonly id: string }[]) => Promise<void>;
  /** When this desk synced, newest first. */
  readonly history: SyncHistory['list'];
  /** Settles refused changesets: they are kept, and count no longer. */
  readonly dismissRefused: (changesetIds: readonly string[]) => void;
  readonly recallRefused: (changesetIds: readonly string[]) => void;
  /** Loads all rows anew. Throws `not-possible-now`, `offline`. */
  readonly bootstrap: () => void;
  /** Throws `not-possible-now` where nothing is under way. */
  readonly cancelBootstrap: () => void;
  /** Compares the rows with the viewer's. */
  readonly check: () => Promise<SelfCheckState>;
  /** Fetches a file that is not on this desk (`progress` in bytes); throws `offline`, `viewer-unreachable` or `not-found`. */
  readonly fetchFile: (sha256: string, progress?: (done: number, total: number) => void) => Promise<void>;
  /** What this desk keeps of its files. */
  readonly files: FileRules;
}

export interface DeskLog {
  readonly info: (facts: Readonly<Record<string, unknown>>, message: string) => void;
  readonly warn: (facts: Readonly<Record<string, unknown>>, message: string) => void;
  readonly error: (facts: Readonly<Record<string, unknown>>, message: string) => void;
}

/** What every desk handler works with. */
export interface DeskContext {
  readonly db: ReadDatabase;
  /**
   * Writes the edits of one user action: one durable transaction, one changeset in the queue (an import: as many as
   * it takes, under one `importId`), `changed` after the commit. Reading inside `read` sees the rows before the edits.
   */
  readonly write: (edits: readonly Edit[], options?: { readonly importId?: string }) => void;
  /** Who works here; throws `not-possible-now` before the first run is done. */
  readonly identity: () => Identity;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The next clock reading: for fields that keep a clock (entry stamps). */
  readonly clock: () => string;
  readonly newId: () => string;
  /** The same id on every desk for the same words (UUIDv5 in the organisation). */
  readonly naturalId: (entity: EntityName, ...key: readonly string[]) => string;
  readonly meta: MetaStore;
  readonly files: FileStore;
  readonly sync: SyncControl;
  readonly shell: ShellPort;
  /** When key and data of this desk were deleted on the company's order; null once somebody has begun anew. */
  readonly wipedAt: () => string | null;
  /** Version of this program, as package.json says. */
  readonly version: string;
  readonly emit: <E extends EventName>(event: E, payload: EventPayload<E>) => void;
  readonly log: DeskLog;
}

/** Small facts of this desk, in the database. */
export interface MetaStore {
  readonly get: (key: string) => JsonValue | undefined;
  readonly set: (key: string, value: JsonValue) => void;
}

/** The desk's handlers of one feature. */
export type DeskHandlers<F extends Feature> = FeatureHandlers<DeskOperationName, F, DeskContext>;
