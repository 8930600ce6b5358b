import type Database from 'better-sqlite3';
import { metaNumber } from '../db/meta.ts';
import type { MetaStore } from '../service/context.ts';

/** Settings of this desk alone, in its own facts. */
export const fileKeys = {
  /** Bytes that fetched files may take. */
  limit: 'fileLimit',
  /** Bytes per second; 0 for no limit. */
  uploadLimit: 'uploadLimit',
  downloadLimit: 'downloadLimit',
} as const;

export const defaultFileLimit = 5_000_000_000;

export function readFileLimit(meta: MetaStore): number {
  return metaNumber(meta, fileKeys.limit, defaultFileLimit);
}

/** A file in the order in which files are kept. */
interface Ranked {
  readonly sha256: string;
  readonly size: number;
  readonly here: 0 | 1;
  /** Never makes room: pinned, of no property, on its way up, or not yet held by the viewer. */
  readonly fixed: 0 | 1;
  /** Bytes of this file and of all before it. */
  readonly total: number;
}

export interface KeptFiles {
  /** Files to fetch, those first that matter most. */
  readonly missing: readonly string[];
  /** Files that may make room, the least used first. */
  readonly spare: readonly { readonly sha256: string; readonly size: number }[];
}

/**
 * Every file that a row of this desk refers to or that is here, by worth: what is fixed, then what was used or written
 * last. `only-opened` files count while they are here and are never fetched by themselves.
 */
const ranking = `
  with home (sha256, at, property_id) as (
    select a.sha256, a.created_at, coalesce(d.property_id, n.property_id, ac.property_id)
    from attachment a
    left join document d on a.parent = 'document' and d.id = a.parent_id
    left join notice n on a.parent = 'notice' and n.id = a.parent_id
    left join entry e on a.parent = 'entry' and e.id = a.parent_id
    left join activity ac on ac.id = e.activity_id
    where not a.deleted
    union all select photo, '', null from property where photo is not null and not deleted
    union all select logo, '', null from organisation where logo is not null
    union all select photo, '', null from staff where photo is not null and not deleted
  ),
  wanted as (
    select h.sha256, max(h.at) as at,
      max(coalesce(k.keep, '') = 'all') as pinned,
      max(h.property_id is null) as common,
      min(coalesce(k.keep, '') = 'opened' and h.property_id is not null) as only_opened
    from home h left join property_files k on k.property_id = h.property_id
    group by h.sha256
  ),
  known as (select sha256 from wanted union select sha256 from local_file),
  facts as (
    select f.sha256, coalesce(b.size, l.size) as size, l.sha256 is not null as here,
      coalesce(w.pinned, 0) as pinned, coalesce(w.only_opened, 1) as only_opened,
      coalesce(w.pinned, 0) or coalesce(w.common, 0)
        or (l.sha256 is not null and (b.sha256 is null or coalesce(l.upload, '') = 'waiting')) as fixed,
      max(coalesce(u.used_at, ''), coalesce(w.at, '')) as at
    from known f
    left join wanted w on w.sha256 = f.sha256
    left join local_file l on l.sha256 = f.sha256
    left join blob b on b.sha256 = f.sha256 and not b.deleted
    left join file_use u on u.sha256 = f.sha256
    where l.sha256 is not null or b.sha256 is not null
  )
  select sha256, size, here, fixed,
    sum(size) over (order by pinned desc, fixed desc, at desc, sha256 rows unbounded preceding) as total
  from facts
  where here or fixed or not only_opened
  order by pinned desc, fixed desc, at desc, sha256`;

/** Which files this desk keeps. */
export interface KeepOffline {
  /** As things stand; cheap while nothing changed. */
  readonly plan: () => KeptFiles;
  /** Rows, files or settings changed: the next plan is a new one. */
  readonly stale: () => void;
  /** Bytes of all files here. */
  readonly used: () => number;
  readonly limit: () => number;
}

export function openKeepOffline(sqlite: Database.Database, meta: MetaStore): KeepOffline {
  const ranked = sqlite.prepare<[], Ranked>(ranking);
  const sum = sqlite.prepare<[], { n: number }>('select coalesce(sum(size), 0) as n from local_file');
  let plan: KeptFiles | null = null;
  const read = (): KeptFiles => {
    const limit = readFileLimit(meta);
    const missing: string[] = [];
    const spare: { sha256: string; size: number }[] = [];
    for (const { sha256, size, here, fixed, total } of ranked.iterate()) {
      const fits = fixed === 1 || total <= limit;
      if (here === 0 && fits) missing.push(sha256);
      if (here === 1 && !fits) spare.unshift({ sha256, size });
    }
    return { missing, spare };
  };
  return {
    plan: () => {
      plan ??= read();
      return plan;
    },
    stale: () => {
      plan = null;
    },
    used: () => sum.get()?.n ?? 0,
    limit: () => readFileLimit(meta),
  };
}
