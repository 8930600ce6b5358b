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

export const defaultFileLimit = 5 * 1024 ** 3;

export function readFileLimit(meta: MetaStore): number {
  return metaNumber(meta, fileKeys.limit, defaultFileLimit);
}

export interface KeptFiles {
  /** Files to fetch, those first that matter most. */
  readonly missing: readonly string[];
  /** Files that may make room, the least used first. */
  readonly spare: readonly { readonly sha256: string; readonly size: number }[];
}

/** What is known of a file, gathered from the rows that refer to it. */
interface Known {
  readonly sha256: string;
  /** When it was used or, before that, written last. */
  at: string;
  size: number;
  isHere: boolean;
  /** The viewer says that it holds it. */
  isHeld: boolean;
  /** Of a property whose files are all kept. */
  isPinned: boolean;
  /** Of no property, or on its way up. */
  isNeeded: boolean;
  /** Of a property that does not say that only opened files are kept. */
  isFetched: boolean;
}

type Parent = 'document' | 'notice' | 'entry';

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
  const gather = createGathering(sqlite);
  const sum = sqlite.prepare<[], { n: number }>('select coalesce(sum(size), 0) as n from local_file');
  let plan: KeptFiles | null = null;
  const read = (): KeptFiles => {
    const limit = readFileLimit(meta);
    const missing: string[] = [];
    const spare: { sha256: string; size: number }[] = [];
    let total = 0;
    for (const file of gather().sort(byWorth)) {
      const fixed = isFixed(file);
      if (!file.isHere && !fixed && !file.isFetched) continue;
      total += file.size;
      const fits = fixed || total <= limit;
      if (!file.isHere && fits) missing.push(file.sha256);
      if (file.isHere && !fits) spare.push({ sha256: file.sha256, size: file.size });
    }
    return { missing, spare: spare.reverse() };
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

/** Pinned, of no property, on its way up or not yet held by the viewer: it never makes room. */
function isFixed(file: Known): boolean {
  return file.isPinned || file.isNeeded || (file.isHere && !file.isHeld);
}

/** First what is pinned, then what is fixed, then what was used or written last. */
function byWorth(a: Known, b: Known): number {
  if (a.isPinned !== b.isPinned) return a.isPinned ? -1 : 1;
  const [first, second] = [isFixed(a), isFixed(b)];
  if (first !== second) return first ? -1 : 1;
  if (a.at !== b.at) return a.at > b.at ? -1 : 1;
  return a.sha256 < b.sha256 ? -1 : 1;
}

/** Reads table by table: joined by the database, a hundred thousand files would take ten times as long. */
function createGathering(sqlite: Database.Database): () => Known[] {
  const modes = sqlite.prepare<[], { property_id: string; keep: 'all' | 'opened' }>('select * from property_files');
  const childrenOf = {
    document: sqlite.prepare<[string], { id: string }>('select id from document where property_id = ?'),
    notice: sqlite.prepare<[string], { id: string }>('select id from notice where property_id = ?'),
    entry: sqlite.prepare<[string], { id: string }>(
      'select e.id from activity c join entry e on e.activity_id = c.id where c.property_id = ?',
    ),
  };
  const common = sqlite.prepare<[], { id: string }>(
    'select e.id from activity c join entry e on e.activity_id = c.id where c.property_id is null',
  );
  const attachments = sqlite.prepare<[], { sha256: string; parent: Parent; parent_id: string; created_at: string }>(
    'select sha256, parent, parent_id, created_at from attachment where not deleted',
  );
  const pictures = sqlite.prepare<[], { sha256: string }>(
    `select photo as sha256 from property where photo is not null and not deleted
     union select logo from organisation where logo is not null
     union select photo from staff where photo is not null and not deleted`,
  );
  const local = sqlite.prepare<[], { sha256: string; size: number; upload: string | null }>(
    'select sha256, size, upload from local_file',
  );
  const held = sqlite.prepare<[], { sha256: string; size: number }>('select sha256, size from blob where not deleted');
  const uses = sqlite.prepare<[], { sha256: string; used_at: string }>('select * from file_use');

  return () => {
    const files = new Map<string, Known>();
    const fileOf = (sha256: string): Known => {
      const known = files.get(sha256);
      if (known !== undefined) return known;
      const facts = { at: '', size: 0, isHere: false, isHeld: false };
      const fresh = { sha256, ...facts, isPinned: false, isNeeded: false, isFetched: false };
      files.set(sha256, fresh);
      return fresh;
    };
    const modeOf = new Map<string, 'all' | 'opened'>();
    for (const { property_id, keep } of modes.iterate()) {
      for (const parent of ['document', 'notice', 'entry'] as const) {
        for (const { id } of childrenOf[parent].iterate(property_id)) modeOf.set(id, keep);
      }
    }
    const homeless = new Set(common.all().map(({ id }) => id));
    for (const { sha256, parent_id, created_at } of attachments.iterate()) {
      const file = fileOf(sha256);
      const mode = modeOf.get(parent_id);
      if (created_at > file.at) file.at = created_at;
      if (mode === 'all') file.isPinned = true;
      if (mode !== 'opened') file.isFetched = true;
      if (homeless.has(parent_id)) file.isNeeded = true;
    }
    for (const { sha256 } of pictures.iterate()) fileOf(sha256).isNeeded = true;
    for (const { sha256, size, upload } of local.iterate()) {
      const file = fileOf(sha256);
      file.isHere = true;
      file.size = size;
      if (upload === 'waiting') file.isNeeded = true;
    }
    for (const { sha256, size } of held.iterate()) {
      const file = files.get(sha256);
      if (file === undefined) continue;
      file.isHeld = true;
      file.size = size;
    }
    for (const { sha256, used_at } of uses.iterate()) {
      const file = files.get(sha256);
      if (file !== undefined && used_at > file.at) file.at = used_at;
    }
    return [...files.values()].filter((file) => file.isHere || file.isHeld);
  };
}
