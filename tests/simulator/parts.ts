import { openDatabase } from '../../main/db/database.ts';
import { entityTables } from '../../main/db/entity-tables.ts';
import { metaKeys, metaText, openMeta } from '../../main/db/meta.ts';
import { openRows } from '../../main/db/rows.ts';
import { createWriter } from '../../main/db/write.ts';
import { buildingPath } from '../../main/sync/bootstrap-store.ts';
import { createForking } from '../../main/sync/fork.ts';
import { openQueue } from '../../main/sync/queue.ts';
import { createRound, type RoundDeps } from '../../main/sync/round.ts';
import { entityNames } from '../../shared/sync/entities.ts';
import { copyDatabase, makeMortal } from './crash.ts';
import type { DeskOptions, Version } from './desk.ts';
import { openFiling } from './filing.ts';
import { openLoading } from './loading.ts';
import { applyKnown } from './old-desk.ts';
import { canonicalState } from './viewer.ts';

export const deskKey = Buffer.alloc(32, 7);

/** What a desk's process is made of, on the database that it opened. */
export type Parts = ReturnType<typeof openParts>;

/** Starts the process. @param next where the database goes when the process ends, as the disk holds it then */
export function openParts({ mistake, chance, now, files }: DeskOptions, path: string, version: Version, next: string) {
  const db = openDatabase({ path, key: deskKey });
  // What a killed process leaves behind is in the files either way; to wait for the disk would prove nothing here.
  db.sqlite.pragma('synchronous = OFF');
  const life = makeMortal(db.sqlite, () => {
    copyDatabase(path, next);
    copyDatabase(buildingPath(path), buildingPath(next));
  });
  const { sqlite } = db;
  const meta = openMeta(sqlite);
  const rows = openRows(sqlite);
  const queue = openQueue(sqlite, rows);
  const nothing = () => undefined;
  const identity = () => ({
    organisationId: metaText(meta, metaKeys.organisationId) ?? '',
    staffId: metaText(meta, metaKeys.staffId) ?? '',
    deviceId: metaText(meta, metaKeys.deviceId) ?? '',
  });
  const newId = () => chance.uuid(now());
  const writer = createWriter({ sqlite, rows, meta, identity, now, newId, committed: nothing });
  const loading =
    version === 'old' ? null : openLoading({ sqlite, database: db, meta, place: { path, key: deskKey }, life, now });
  const filing = files === null ? null : openFiling({ sqlite, meta, life, now, newId, folder: files });
  const deps: RoundDeps = {
    sqlite,
    rows,
    meta,
    queue,
    now,
    changed: () => void filing?.stale(),
    restored: () => void filing?.restored(),
    progressed: nothing,
    holdsPull: () => loading?.holdsPull() === true,
  };
  const seams = { ...deps, ...mistake?.round?.(deps) };
  const round = createRound(version === 'old' ? { ...seams, apply: applyKnown(seams) } : seams);
  const forking = createForking({ sqlite, meta, now });
  return { sqlite, db, life, meta, rows, queue, writer, round, forking, loading, filing };
}

/** Every row in canonical words. */
export function rowsOf(parts: Pick<Parts, 'db' | 'rows'>): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const entity of entityNames) {
    const table = entityTables[entity];
    for (const { id } of parts.db.read.select({ id: table.id }).from(table).all()) {
      const state = parts.rows.read(entity, id);
      if (state !== null) all.set(`${entity} ${id}`, canonicalState(state));
    }
  }
  return all;
}
