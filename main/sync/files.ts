import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type Database from 'better-sqlite3';
import type { SyncState } from '../../shared/features/sync/contract.ts';
import { OperationError } from '../../shared/lib/errors.ts';
import type { EntityName } from '../../shared/sync/entities.ts';
import { isDiskFull } from '../db/disk-full.ts';
import { metaNumber } from '../db/meta.ts';
import type { FileStore } from '../features/files/store.ts';
import type { MetaStore } from '../service/context.ts';
import { abortableSleep, createBandwidth } from './bandwidth.ts';
import { downloadFile } from './download.ts';
import { fileKeys, openKeepOffline } from './keep-offline.ts';
import { type FileTarget, holds, type Lane } from './line.ts';
import { createSpeed, type Speed } from './speed.ts';
import { type UploadRow, uploadFile } from './upload.ts';

type Transfer = SyncState['uploads'][number];

/** Entities that say which files there are and what they belong to. */
export const filesDependOn: ReadonlySet<string> = new Set<EntityName>([
  'attachment',
  'blob',
  'document',
  'notice',
  'entry',
  'activity',
  'property',
  'organisation',
  'staff',
]);

export interface FileLanes {
  readonly state: () => Pick<SyncState, 'uploads' | 'downloads' | 'pendingUploads' | 'pendingUploadBytes'>;
  /** The file that waits longest, past those; undefined when none waits. */
  readonly nextUpload: (past: ReadonlySet<string>) => string | undefined;
  /**
   * Uploads a file, going on where it stopped. It counts as done when the viewer says that it holds it, and only then.
   * @throws OperationError `file-missing`, `file-content-mismatch`, `device-revoked`, `viewer-unreachable`
   */
  readonly upload: (viewer: FileTarget, sha256: string) => Promise<void>;
  /** The file that this desk wants to keep and misses most, past those; each is named once until `stale`. */
  readonly nextDownload: (past: ReadonlySet<string>) => string | undefined;
  /**
   * Fetches one file by hash, going on where it stopped; who asks for one that is on its way waits for the same.
   * @throws OperationError `not-found`, `viewer-unreachable`, `disk-full`, `file-content-mismatch`
   */
  readonly fetch: (viewer: FileTarget, sha256: string, progress?: Progress) => Promise<void>;
  /** Offers every file once more: the viewer was restored and may have lost it. */
  readonly offerAgain: () => void;
  /** Rows or settings changed: what to keep is thought over. */
  readonly stale: () => void;
  /** A file was opened: what makes room first may be another one. */
  readonly used: () => void;
  /** Removes what does not fit into the limit any more, the least used first. */
  readonly makeRoom: () => void;
}

/** Bytes that are here, and of the whole. */
type Progress = (done: number, total: number) => void;

export interface FileLanesDeps {
  readonly sqlite: Database.Database;
  readonly files: FileStore;
  readonly meta: MetaStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The lanes of files, beside the rows: tus up, plain HTTP down. Where a transfer stands survives the process. */
export function openFileLanes({ sqlite, files, meta, now }: FileLanesDeps): FileLanes {
  // Only what some row refers to goes up: the files of an import stay here.
  const referred = `l.upload = 'waiting' and (
    exists (select 1 from attachment a where a.sha256 = l.sha256 and not a.deleted)
    or exists (select 1 from property p where p.photo = l.sha256)
    or exists (select 1 from organisation o where o.logo = l.sha256)
    or exists (select 1 from staff s where s.photo = l.sha256))`;
  const waiting = sqlite.prepare<[], { sha256: string }>(
    `select l.sha256 from local_file l where ${referred} order by l.created_at`,
  );
  const rowOf = sqlite.prepare<[string], UploadRow & { sent_bytes: number }>(
    'select * from local_file where sha256 = ?',
  );
  const sums = sqlite.prepare<[], { files: number; bytes: number }>(
    `select count(*) as files, coalesce(sum(size - sent_bytes), 0) as bytes from local_file l where ${referred}`,
  );
  const setUrl = sqlite.prepare('update local_file set tus_url = ? where sha256 = ?');
  const beginAnew = sqlite.prepare('update local_file set tus_url = null, sent_bytes = 0 where sha256 = ?');
  const offerAgain = (which: string) =>
    `update local_file set upload = 'waiting', tus_url = null, sent_bytes = 0
     where (upload is null or upload = 'done') and ${which}`;
  const offerAll = sqlite.prepare(offerAgain('true'));
  // The viewer removed it when nothing referred to it; it may be referred to again.
  const offerRemoved = sqlite.prepare(offerAgain('sha256 in (select sha256 from blob where deleted)'));
  const setSent = sqlite.prepare('update local_file set sent_bytes = ? where sha256 = ?');
  const setDone = sqlite.prepare(
    "update local_file set upload = 'done', tus_url = null, sent_bytes = size where sha256 = ?",
  );
  const factsOf = sqlite.prepare<[string], { file_name: string | null; media_type: string; size: number }>(
    `select a.file_name, b.media_type, b.size from blob b left join attachment a on a.sha256 = b.sha256
     where b.sha256 = ? limit 1`,
  );
  const forget = sqlite.prepare(
    `delete from local_file where sha256 = ? and (upload is null or upload = 'done')
     and exists (select 1 from blob b where b.sha256 = local_file.sha256 and not b.deleted)`,
  );

  const lane = (key: string): Lane & { readonly speed: Speed } => {
    const speed = createSpeed(now);
    const limit = () => Math.max(0, metaNumber(meta, key, 0));
    return { speed, moved: speed.moved, bandwidth: createBandwidth({ limit, now, sleep: abortableSleep }) };
  };
  const up = lane(fileKeys.uploadLimit);
  const down = lane(fileKeys.downloadLimit);
  const keep = openKeepOffline(sqlite, meta);
  const uploads = new Map<string, Omit<Transfer, 'bytesPerSecond'>>();
  const downloads = new Map<string, Omit<Transfer, 'bytesPerSecond'>>();
  const fetching = new Map<string, { readonly done: Promise<void>; readonly listeners: Set<Progress> }>();
  let asked = 0;
  let isStale = true;
  let wasUsed = false;

  const plan = () => {
    if (isStale) {
      keep.stale();
      asked = 0;
      offerRemoved.run();
      isStale = false;
      wasUsed = false;
    }
    return keep.plan();
  };

  /** Answers whether there is room now that was not: an older plan may name what is gone already. */
  const evict = sqlite.transaction((sha256: string): boolean => {
    const isGone = forget.run(sha256).changes === 1;
    if (isGone) files.remove(sha256);
    return isGone;
  });

  const makeRoom = (bytes: number): void => {
    let used = keep.used();
    if (used + bytes <= keep.limit()) return;
    if (wasUsed) isStale = true;
    const { spare } = plan();
    for (const { sha256, size } of spare) {
      if (used + bytes <= keep.limit()) return;
      try {
        if (evict(sha256)) used -= size;
      } catch (error) {
        // Somebody reads it at this moment, and the system keeps it: another time.
        if (!inUse.has((error as NodeJS.ErrnoException).code)) throw error;
      }
    }
  };

  const fetchNew = async (viewer: FileTarget, sha256: string, progress: Progress): Promise<void> => {
    const facts = factsOf.get(sha256);
    if (facts === undefined) throw new OperationError('not-found');
    const { size } = facts;
    const file = { sha256, fileName: facts.file_name ?? sha256, mediaType: facts.media_type, size };
    const path = files.partialPath(sha256);
    const received = (bytes: number) => {
      downloads.set(sha256, { sha256, fileName: file.fileName, sent: bytes, size });
      progress(bytes, size);
      viewer.progressed();
    };
    const attempt = async (): Promise<void> => {
      await downloadFile(sha256, viewer, down, { path, size, received });
      await files.adopt(path, file);
    };
    const goesOn = existsSync(path);
    makeRoom(size);
    received(0);
    try {
      await attempt().catch((error: unknown) => {
        // What an earlier try left may be what is wrong; it is gone now.
        const mismatch = error instanceof OperationError && error.code === 'file-content-mismatch';
        if (!mismatch || !goesOn) throw error;
        return attempt();
      });
    } catch (error) {
      if (!isDiskFull(error) && !(error instanceof OperationError && error.code === 'disk-full')) throw error;
      await rm(path, { force: true });
      throw new OperationError('disk-full');
    } finally {
      downloads.delete(sha256);
      viewer.progressed();
    }
  };

  const withSpeed = (moving: ReadonlyMap<string, Omit<Transfer, 'bytesPerSecond'>>, { speed }: typeof up) =>
    moving.size === 0
      ? []
      : [...moving.values()].map((one) => ({ ...one, bytesPerSecond: Math.round(speed.current() / moving.size) }));

  return {
    state: () => {
      const waits = sums.get();
      return {
        uploads: withSpeed(uploads, up),
        downloads: withSpeed(downloads, down),
        pendingUploads: waits?.files ?? 0,
        pendingUploadBytes: waits?.bytes ?? 0,
      };
    },
    nextUpload: (past) => {
      for (const { sha256 } of waiting.iterate()) if (!past.has(sha256)) return sha256;
      return undefined;
    },
    offerAgain: () => void offerAll.run(),
    stale: () => {
      isStale = true;
    },
    used: () => {
      wasUsed = true;
    },
    makeRoom: () => makeRoom(0),
    upload: async (viewer, sha256) => {
      const row = rowOf.get(sha256);
      if (row === undefined || !files.has(sha256)) throw new OperationError('file-missing');
      // Another desk may have brought it, or the answer to the last byte was lost.
      if (await holds(viewer, sha256)) return void setDone.run(sha256);
      const facts = { sha256, fileName: row.file_name, size: row.size };
      uploads.set(sha256, { ...facts, sent: row.sent_bytes });
      try {
        await uploadFile(row, viewer, up, {
          path: files.path(sha256),
          url: (url) => void setUrl.run(url, sha256),
          sent: (sent) => {
            setSent.run(sent, sha256);
            uploads.set(sha256, { ...facts, sent });
            viewer.progressed();
          },
        });
        // A viewer that ended between the last byte and its check has all bytes and no file.
        if (!(await holds(viewer, sha256))) {
          beginAnew.run(sha256);
          throw new OperationError('viewer-unreachable', { reason: 'not-kept' });
        }
        setDone.run(sha256);
      } finally {
        uploads.delete(sha256);
        viewer.progressed();
      }
    },
    nextDownload: (past) => {
      const { missing } = plan();
      while (asked < missing.length) {
        const sha256 = missing[asked];
        asked += 1;
        if (sha256 !== undefined && !past.has(sha256) && !files.has(sha256)) return sha256;
      }
      return undefined;
    },
    fetch: async (viewer, sha256, progress) => {
      if (files.has(sha256)) return;
      const underWay = fetching.get(sha256);
      if (underWay !== undefined) {
        if (progress !== undefined) underWay.listeners.add(progress);
        return underWay.done;
      }
      const listeners = new Set(progress === undefined ? [] : [progress]);
      const done = fetchNew(viewer, sha256, (bytes, total) => {
        for (const listener of listeners) listener(bytes, total);
      }).finally(() => fetching.delete(sha256));
      fetching.set(sha256, { done, listeners });
      return done;
    },
  };
}

/** What Windows answers for a file that is open. */
const inUse: ReadonlySet<string | undefined> = new Set(['EBUSY', 'EPERM', 'EACCES']);
