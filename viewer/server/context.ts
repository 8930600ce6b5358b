import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Feature, FeatureHandlers, HttpOperationName } from '../../shared/contract/registry.ts';
import type { Author } from '../../shared/sync/changes.ts';
import type { Edit } from '../../shared/sync/edit.ts';

/** A transaction in which row-level security shows one company, or a connection without one for `auth`. */
export type Transaction = Parameters<Parameters<NodePgDatabase['transaction']>[0]>[0];

/** One company inside one transaction: nothing of another company can be read or written through it. */
export interface Company {
  readonly organisationId: string;
  readonly tx: Transaction;
  /** Writes as a push does: same merge, same log, same consequences (numbers, reopening, publication, jobs). */
  readonly write: (author: Author, edits: readonly Edit[]) => Promise<void>;
}

export interface ViewerLog {
  readonly info: (facts: Readonly<Record<string, unknown>>, message: string) => void;
  readonly warn: (facts: Readonly<Record<string, unknown>>, message: string) => void;
  readonly error: (facts: Readonly<Record<string, unknown>>, message: string) => void;
}

/** A part of a file (bytes); `end` is its last byte. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Files kept by hash, per company: immutable, so that the same address never has other bytes. Everything throws
 * `viewer-unreachable` while the storage does not answer.
 */
export interface BlobStore {
  /** Takes a finished file in; the caller has hashed it and removes it afterwards. Throws `disk-full`. */
  readonly adopt: (organisationId: string, sha256: string, temporaryPath: string) => Promise<void>;
  /** Throws `not-found`. */
  readonly open: (organisationId: string, sha256: string, range?: ByteRange) => Promise<NodeJS.ReadableStream>;
  /** Bytes; null where it is not there. */
  readonly size: (organisationId: string, sha256: string) => Promise<number | null>;
  readonly has: (organisationId: string, sha256: string) => Promise<boolean>;
  /** Nothing happens where it is not there. Only `removeUnused` may, under the lock of `keepBlob`. */
  readonly remove: (organisationId: string, sha256: string) => Promise<void>;
  /** All files of all companies, in no order. */
  readonly list: () => AsyncIterable<StoredBlob>;
}

export interface StoredBlob {
  readonly organisationId: string;
  readonly sha256: string;
  /** When it was taken in (milliseconds since 1970). */
  readonly since: number;
}

/** What every part of the viewer works with. */
export interface Viewer {
  /**
   * Runs in one READ COMMITTED transaction with `app.organisation_id` set; rolls back when `work` throws. `reads`: it may
   * only read, and what it answers does not wait for the end of the transaction.
   */
  readonly company: <T>(
    organisationId: string,
    work: (company: Company) => Promise<T>,
    options?: { readonly reads?: boolean },
  ) => Promise<T>;
  /** For the schema `auth`, which is over all companies. */
  readonly global: NodePgDatabase;
  readonly blobs: BlobStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
  readonly log: ViewerLog;
}

/** A paired desk, by its token. */
export interface DeviceCaller {
  readonly kind: 'device';
  readonly organisationId: string;
  readonly deviceId: string;
  readonly staffId: string;
}

/** A signed-in login with the accounts it opens (disabled ones are left out). */
export interface ResidentCaller {
  readonly kind: 'resident';
  readonly loginId: string;
  readonly email: string;
  readonly accounts: readonly {
    readonly organisationId: string;
    readonly accountId: string;
    readonly personId: string;
  }[];
}

/** What a handler knows of its request. The audience is checked before the handler runs. */
export interface RequestContext extends Viewer {
  readonly caller: DeviceCaller | ResidentCaller | { readonly kind: 'anonymous' };
  readonly request: {
    readonly headers: Headers;
    /** Client address, for rate limits. */
    readonly ip: string;
    /** Cookies that the answer sets. */
    readonly setCookie: (value: string) => void;
  };
}

/** The viewer's handlers of one feature. */
export type ViewerHandlers<F extends Feature> = FeatureHandlers<HttpOperationName, F, RequestContext>;
