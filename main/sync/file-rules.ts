import type Database from 'better-sqlite3';
import type { FileSpace, KeepFiles } from '../../shared/features/files/contract.ts';
import { openFileUse } from '../db/local-files.ts';
import { metaNumber } from '../db/meta.ts';
import type { FileStore } from '../features/files/store.ts';
import type { MetaStore } from '../service/context.ts';
import { fileKeys, readFileLimit } from './keep-offline.ts';

/** What this desk keeps of its files, and how fast it moves them: settings of this desk alone. */
export interface FileRules {
  readonly space: () => Promise<FileSpace>;
  readonly saveSpace: (change: Partial<FileSpace['settings']>) => void;
  readonly ofProperty: (propertyId: string) => KeepFiles;
  readonly setProperty: (propertyId: string, keep: KeepFiles['keep']) => void;
  /** A person opened a file. */
  readonly use: (sha256: string) => void;
}

export interface FileRulesDeps {
  readonly sqlite: Database.Database;
  readonly meta: MetaStore;
  readonly files: Pick<FileStore, 'freeBytes'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Another setting counts from now on. */
  readonly changed: () => void;
  /** A file was used: what makes room first may be another one. */
  readonly used: () => void;
}

/** A bandwidth is set in kilobytes, as people say it. */
const kilobyte = 1024;

export function createFileRules({ sqlite, meta, files, now, changed, used }: FileRulesDeps): FileRules {
  const here = sqlite.prepare<[], { n: number; bytes: number }>(
    'select count(*) as n, coalesce(sum(size), 0) as bytes from local_file',
  );
  const away = sqlite.prepare<[], { n: number; bytes: number }>(
    `select count(*) as n, coalesce(sum(b.size), 0) as bytes from blob b
     where not b.deleted and not exists (select 1 from local_file l where l.sha256 = b.sha256)
     and exists (select 1 from attachment a where a.sha256 = b.sha256 and not a.deleted)`,
  );
  const ofProperty = sqlite.prepare<
    [string, string, string],
    { files: number; bytes: number; here: number; hereBytes: number }
  >(
    `with f as (
       select distinct a.sha256, a.size from attachment a
       where not a.deleted and a.parent_id in (
         select id from document where property_id = ? and not deleted
         union all select id from notice where property_id = ? and not deleted
         union all select e.id from entry e join activity c on c.id = e.activity_id
           where c.property_id = ? and not c.deleted and not e.deleted))
     select count(*) as files, coalesce(sum(f.size), 0) as bytes,
       count(l.sha256) as here, coalesce(sum(l.size), 0) as hereBytes
     from f left join local_file l on l.sha256 = f.sha256`,
  );
  const keepOf = sqlite.prepare<[string], { keep: 'all' | 'opened' }>(
    'select keep from property_files where property_id = ?',
  );
  const setKeep = sqlite.prepare(
    `insert into property_files (property_id, keep) values (?, ?)
     on conflict (property_id) do update set keep = excluded.keep`,
  );
  const clearKeep = sqlite.prepare('delete from property_files where property_id = ?');
  const use = openFileUse(sqlite, now);
  const speed = (key: string) => Math.round(metaNumber(meta, key, 0) / kilobyte);

  return {
    space: async () => {
      const [local, remote] = [here.get(), away.get()];
      return {
        here: { files: local?.n ?? 0, bytes: local?.bytes ?? 0 },
        away: { files: remote?.n ?? 0, bytes: remote?.bytes ?? 0 },
        freeBytes: await files.freeBytes(),
        settings: {
          limitBytes: readFileLimit(meta),
          uploadLimit: speed(fileKeys.uploadLimit),
          downloadLimit: speed(fileKeys.downloadLimit),
        },
      };
    },
    saveSpace: ({ limitBytes, uploadLimit, downloadLimit }) => {
      sqlite.transaction(() => {
        if (limitBytes !== undefined) meta.set(fileKeys.limit, limitBytes);
        if (uploadLimit !== undefined) meta.set(fileKeys.uploadLimit, uploadLimit * kilobyte);
        if (downloadLimit !== undefined) meta.set(fileKeys.downloadLimit, downloadLimit * kilobyte);
      })();
      changed();
    },
    ofProperty: (propertyId) => ({
      keep: keepOf.get(propertyId)?.keep ?? 'newest',
      ...(ofProperty.get(propertyId, propertyId, propertyId) ?? { files: 0, bytes: 0, here: 0, hereBytes: 0 }),
    }),
    setProperty: (propertyId, keep) => {
      if (keep === 'newest') clearKeep.run(propertyId);
      else setKeep.run(propertyId, keep);
      changed();
    },
    use: (sha256) => {
      use(sha256);
      used();
    },
  };
}
